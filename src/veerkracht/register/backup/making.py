"""Makes a backup: written under another name, and only named as asked when all of it is there and on disk."""

import os
import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from veerkracht.register.backup import databases
from veerkracht.register.backup.manifest import NAME, Manifest, fingerprint
from veerkracht.register.documents import store
from veerkracht.rulebook.errors import Fault

NOT_INCLUDED = [
    "The keys: secret-key and data-keys in the home. Keep them apart from the backup, or whoever finds it can read "
    "what is sealed; without data-keys sealed national numbers stay unreadable.",
    "The region's files: keep them in version control of their own.",
    "Compiled functions, caches and results that are computed again by themselves.",
]
DOCUMENTS = "documents"
Progress = Callable[[str], None]


def back_up(folder: Path, *, progress: Progress = lambda what: None) -> Manifest:
    """Copy both databases and all documents into a new folder, while people work.

    Raises `Fault` when the folder is there already, can't be written, or a database can't be copied; then nothing
    is left behind.
    """
    if folder.exists():
        raise Fault(f"{folder} is there already: a backup never overwrites anything.")
    draft = folder.with_name(f"{folder.name}.part-{os.getpid()}")
    try:
        draft.mkdir(mode=0o700, parents=True)
        manifest = _fill(draft, progress)
        _sync(draft)
        draft.rename(folder)
        _sync_folder(folder.parent)
    except OSError as error:
        raise Fault(f"the backup can't be written to {folder}: {error.strerror or error}.") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return manifest


def _fill(draft: Path, progress: Progress) -> Manifest:
    made_at = timezone.now()
    progress("documents")
    _copy_documents(draft / DOCUMENTS)
    rows = {}
    # The register first: what it tells of, the log has written down by then.
    for alias in databases.ALIASES:
        progress(databases.file_name(alias))
        rows[alias] = databases.copy(alias, draft / databases.file_name(alias))
    progress("documents that came in the meantime")
    _copy_documents(draft / DOCUMENTS)
    manifest = Manifest(
        made_at=made_at,
        version=version("veerkracht"),
        engine=databases.engine(),
        engine_version=databases.server_version(),
        migrations={alias: _migrations(alias) for alias in databases.ALIASES},
        rows=rows,
        files={
            str(file.relative_to(draft)): fingerprint(file)
            for file in sorted(draft.rglob("*"))
            if file.is_file() and file.name != NAME
        },
        not_included=NOT_INCLUDED,
    )
    manifest.write(draft)
    return manifest


def _copy_documents(target: Path) -> None:
    """Those that are not there yet; a document never changes, but it may be destroyed while we copy."""
    for name in store.names():
        copied = target / name[:2] / name
        if copied.exists():
            continue
        copied.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            shutil.copyfile(store.path_of(name), copied)
        except FileNotFoundError:
            copied.unlink(missing_ok=True)


def _migrations(alias: str) -> list[str]:
    applied: dict[str, str] = {}
    for app, name in sorted(MigrationLoader(connections[alias]).applied_migrations):
        applied[app] = name
    return [f"{app}.{name}" for app, name in applied.items()]


def _sync(folder: Path) -> None:
    """On disk, not on its way there: a machine that loses its power now still has the backup."""
    for file in folder.rglob("*"):
        if file.is_dir():
            _sync_folder(file)
            continue
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
    _sync_folder(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
