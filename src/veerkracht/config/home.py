"""Where things live: the project's own folder, and the home in which a running Veerkracht keeps its data."""

import base64
import hashlib
import os
import secrets
import shutil
from collections.abc import Sequence
from pathlib import Path

from veerkracht.rulebook.errors import Fault

PROJECT = Path(__file__).resolve().parents[3]
PACKAGE = Path(__file__).resolve().parents[1]
# What is found in a file whose functions are compiled, or whose types they take.
_COMPILED = (b"njit", b"forecast.compiling", b"NamedTuple")


def home() -> Path:
    """This installation's data folder: `VEERKRACHT_HOME`, else `var/` in the project; made if missing.

    Raises `Fault` when it can't be made.
    """
    folder = Path(os.environ.get("VEERKRACHT_HOME") or PROJECT / "var").expanduser().resolve()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise Fault(
            f"The folder for the data, {folder}, can't be made: {error.strerror}. "
            "VEERKRACHT_HOME must name a folder that may be written."
        ) from error
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: `VEERKRACHT_SECRET_KEY`, else one made once, for its owner's eyes only."""
    given = os.environ.get("VEERKRACHT_SECRET_KEY")
    if given:
        return given
    kept = folder / "secret-key"
    if not kept.exists():
        _write_once(kept, secrets.token_urlsafe(64))
    return kept.read_text().strip()


def arriving(folder: Path) -> Path:
    """Where an upload lies while it comes in; for its owner's eyes only."""
    kept = folder / "arriving"
    kept.mkdir(mode=0o700, exist_ok=True)
    return kept


def data_keys(folder: Path) -> Path:
    """The file of keys that seal national numbers, newest first; the first is made once, for its owner's eyes only."""
    kept = folder / "data-keys"
    if not kept.exists():
        _write_once(kept, f"{base64.urlsafe_b64encode(secrets.token_bytes(32)).decode()}\n")
    return kept


def replace_data_keys(folder: Path, keys: Sequence[str]) -> None:
    """Write the file of keys anew, whole or not at all."""
    draft = _draft(folder / "data-keys", "".join(f"{key}\n" for key in keys))
    draft.replace(folder / "data-keys")


def numba_cache(folder: Path) -> Path:
    """Where Numba keeps its compiled functions: a folder per state of the code that is compiled.

    Numba looks only at the file of the function it loads, not at the compiled functions that one calls in
    other files; without a folder of its own, a changed rule would go on running as it was. Files in which
    nothing is compiled, nor laid out for what is, don't count: to compile the engine takes most of a minute.
    """
    sources = sorted(file for floor in ("rulebook", "forecast") for file in (PACKAGE / floor).rglob("*.py"))
    state = hashlib.sha256()
    for source in sources:
        text = source.read_bytes()
        if any(mark in text for mark in _COMPILED):
            state.update(text)
    kept = folder / "numba" / state.hexdigest()[:16]
    if not kept.exists():
        shutil.rmtree(kept.parent, ignore_errors=True)
        kept.mkdir(parents=True, exist_ok=True)
    return kept


def metrics(folder: Path) -> Path:
    """Where the processes of a server add up their metrics."""
    place = folder / "metrics"
    place.mkdir(mode=0o700, exist_ok=True)
    return place


def _write_once(file: Path, text: str) -> None:
    """Whole or not at all, and never over another's: two processes may start at the same moment."""
    draft = _draft(file, text)
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _draft(file: Path, text: str) -> Path:
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    return draft
