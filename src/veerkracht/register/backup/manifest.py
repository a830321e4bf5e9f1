"""What is in a backup: which files with which fingerprint, how many rows of what, made by which version."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from veerkracht.rulebook.errors import Fault

NAME = "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """`rows`: per database (`default`, `log`) how many rows each table has. `files`: sha256 by path in the folder.

    `migrations`: per database the last of each app, as "app.name".
    """

    made_at: datetime
    version: str
    engine: str
    engine_version: str
    migrations: dict[str, list[str]]
    rows: dict[str, dict[str, int]]
    files: dict[str, str]
    not_included: list[str]

    def write(self, folder: Path) -> None:
        said = {**asdict(self), "made_at": self.made_at.isoformat()}
        (folder / NAME).write_text(json.dumps(said, indent=2, ensure_ascii=False) + "\n")


def read(folder: Path) -> Manifest:
    """What a backup says of itself. Raises `Fault` when it is no backup, or one of its files is not as it was."""
    try:
        said: dict[str, Any] = json.loads((folder / NAME).read_text())
        manifest = Manifest(**{**said, "made_at": datetime.fromisoformat(said["made_at"])})
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise Fault(f"{folder} is no backup of Veerkracht: its {NAME} can't be read ({error}).") from error
    _check(folder, manifest)
    return manifest


def _check(folder: Path, manifest: Manifest) -> None:
    for name, expected in manifest.files.items():
        file = folder / name
        if not file.is_file():
            raise Fault(f"the backup is not whole: {name} is missing.")
        if fingerprint(file) != expected:
            raise Fault(f"the backup is damaged: {name} is not what was written.")


def fingerprint(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
