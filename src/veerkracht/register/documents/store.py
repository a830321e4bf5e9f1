"""Where the bytes of documents lie: in the home, outside everything that is served, under random names.

A file comes first and its row after it; on destroying, the row says so first. So what a crash leaves behind is
only ever a file that no row asks for, which `left_behind` finds and `sweep` takes away.
"""

import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME_BYTES = 20
# Seconds. An upload is done within minutes; a file that waits longer for its row will never get one.
_STILL_COMING = 3600


@dataclass(frozen=True)
class Stored:
    """A file that is kept: its random name, and where it lies."""

    name: str
    path: Path


@contextmanager
def keep(file: BinaryIO) -> Iterator[Stored]:
    """The bytes of `file`, safely on disk under a new name; taken away again when what follows fails."""
    name = secrets.token_hex(_NAME_BYTES)
    path = path_of(name)
    _make(path.parent)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as out:
            file.seek(0)
            shutil.copyfileobj(file, out)
            out.flush()
            os.fsync(out.fileno())
        _sync(path.parent)
        yield Stored(name, path)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def path_of(stored_name: str) -> Path:
    """Where a stored file lies; spread over folders, as a folder with a million files is slow."""
    return folder() / stored_name[:2] / stored_name


def folder() -> Path:
    return Path(settings.DOCUMENT_FOLDER)


def names() -> Iterator[str]:
    """The names of all files that are there."""
    if folder().is_dir():
        yield from (path.name for path in folder().glob("??/*"))


def discard(stored_name: str) -> None:
    """The bytes are gone; it doesn't matter whether they were there."""
    path_of(stored_name).unlink(missing_ok=True)


def left_behind(asked_for: set[str]) -> list[str]:
    """The names of files that no row asks for and that are older than an upload takes.

    By the machine's own clock, as the files are: not by the day on which a demo world stands still.
    """
    before = time.time() - _STILL_COMING
    return sorted(
        name for name in names() if name not in asked_for and path_of(name).stat().st_mtime < before
    )


def _make(place: Path) -> None:
    for one in (folder(), place):
        one.mkdir(mode=0o700, parents=True, exist_ok=True)


def _sync(place: Path) -> None:
    """A new file is only safe when the folder that names it is on disk too."""
    handle = os.open(place, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
