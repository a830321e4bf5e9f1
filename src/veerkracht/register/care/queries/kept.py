"""Forecasts kept on disk until what they rest on changes."""

import hashlib
import os
import pickle
from collections.abc import Callable
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from threading import Lock, get_ident
from typing import Any, TypeVar

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.queries.freshness import fingerprint, folder, may_keep, tidy
from veerkracht.register.money.models import Account

_KEPT = 60
# One long forecast at a time in a process: a second asker then finds the first one's answer. A short one does not
# wait for a long one: whoever turns a lever sees something within seconds.
_LONG, _SHORT = Lock(), Lock()

Made = TypeVar("Made")


def kept(asked: tuple[Any, ...], make: Callable[[], Made], *, is_short: bool = False) -> Made:
    """What was made before for what is asked of the register as it is, or is made now; never kept in a transaction."""
    if not may_keep():
        return make()
    file = _file(asked)
    # What is kept is read at once, also while another forecast is being made.
    found: Made | None = _read(file)
    if found is None:
        with _SHORT if is_short else _LONG:
            found = _read(file)
            if found is None:
                found = make()
                _write(found, file)
    return found


def is_there(asked: tuple[Any, ...]) -> bool:
    """Whether `kept` has it at once."""
    return may_keep() and _file(asked).exists()


def _file(asked: tuple[Any, ...]) -> Path:
    money = sorted(Account.objects.filter(line=None).values_list("programme", "name", "balance_cents"))
    files = _files_of(region.current().folder)
    rests_on = (fingerprint(), clock.today(), money, files, version("veerkracht"))
    digest = hashlib.sha256(repr((asked, rests_on)).encode()).hexdigest()
    return folder("forecasts") / digest[:40]


@lru_cache(maxsize=4)
def _files_of(place: Path) -> str:
    """What the files of a region hold, as a short text; a region is read once a process."""
    state = hashlib.sha256()
    for file in sorted(place.rglob("*")):
        if file.is_file():
            state.update(file.relative_to(place).as_posix().encode() + b"\0" + file.read_bytes())
    return state.hexdigest()


def _read(file: Path) -> Any:
    try:
        return pickle.loads(file.read_bytes())  # noqa: S301  written by ourselves, read by our own account only  # nosec B301
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError):
        # Not there, or of another version of the engine: computed again.
        return None


def _write(made: object, file: Path) -> None:
    draft = file.with_suffix(f".{os.getpid()}-{get_ident()}")
    draft.write_bytes(pickle.dumps(made))
    draft.replace(file)
    tidy(file.parent, _KEPT)
