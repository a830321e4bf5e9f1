"""Puts a backup back, in place of what is there."""

import shutil
from collections.abc import Callable
from pathlib import Path

from veerkracht.register.backup import databases
from veerkracht.register.backup.making import DOCUMENTS
from veerkracht.register.backup.manifest import Manifest, read
from veerkracht.register.documents import store
from veerkracht.rulebook.errors import Fault

Progress = Callable[[str], None]


def restore(folder: Path, *, force: bool = False, progress: Progress = lambda what: None) -> Manifest:
    """Put both databases and the documents of a backup in the place of this installation's own.

    Everything is checked before anything is touched. Raises `Fault` for a backup that is damaged, of another kind of
    database, or when there is something here already and `force` was not said. Stopped half-way, it can be done again
    with `force`.
    """
    progress("the manifest")
    manifest = read(folder)
    _check_kind(manifest)
    if not force:
        _check_empty()
    _put_documents(folder / DOCUMENTS)
    for alias in databases.ALIASES:
        progress(databases.file_name(alias))
        databases.put_back(alias, folder / databases.file_name(alias))
    _check_rows(manifest)
    return manifest


def _check_kind(manifest: Manifest) -> None:
    here = databases.engine()
    if manifest.engine != here:
        raise Fault(
            f"this is a backup of {manifest.engine}, and this installation keeps its data in {here}. "
            "Move data between the two with `export` and `import`."
        )


def _check_empty() -> None:
    used = [alias for alias in databases.ALIASES if databases.is_in_use(alias)]
    if used or any(store.names()):
        raise Fault("there are data here already. Restore into an empty installation, or say --force.")


def _put_documents(source: Path) -> None:
    """Replaced as a whole: a document of what was here before belongs to no row any more."""
    target = store.folder()
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(mode=0o700, parents=True)
    if source.is_dir():
        shutil.copytree(source, target, dirs_exist_ok=True)


def _check_rows(manifest: Manifest) -> None:
    for alias, expected in manifest.rows.items():
        found = databases.rows(alias)
        wrong = sorted(table for table in expected | found if expected.get(table) != found.get(table))
        if wrong:
            raise Fault(f"not all rows came back in the database '{alias}': {', '.join(wrong)}.")
