"""Whether the list has changed since something was computed from it, and where such things are kept meanwhile."""

import hashlib
from collections.abc import Callable, Hashable
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection

from veerkracht.register.care.models import Step, TurnRun

Value = TypeVar("Value")


def fingerprint() -> str:
    """Another text as soon as another step or move is recorded, and in another register."""
    # No join: among millions of steps the last one is found in an instant.
    last = Step.objects.order_by("-id").values_list("id", "recorded_at", "request_id", "kind").first()
    register = {key: str(connection.settings_dict[key]) for key in ("NAME", "HOST", "PORT")}
    return hashlib.sha256(repr((last, _made_and_moved(), sorted(register.items()))).encode()).hexdigest()


def last_change() -> datetime | None:
    """When the last step of the register was recorded; None in an empty one."""
    return Step.objects.order_by("-id").values_list("recorded_at", flat=True).first()


def turns_are_fresh(programme_id: str) -> bool:
    """Whether expected turns are kept, and the list has not changed since they were computed."""
    computed_at = TurnRun.objects.filter(programme=programme_id).values_list("computed_at", flat=True).first()
    last = last_change()
    return computed_at is not None and (last is None or last <= computed_at)


def may_keep() -> bool:
    """What stands in an open transaction may still be taken back: nothing that rests on it is kept."""
    return not connection.in_atomic_block


def folder(name: str) -> Path:
    """Where what is computed is kept on disk; only this installation's own account reads it."""
    place = Path(settings.HOME) / "cache" / name
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def tidy(place: Path, keep: int) -> None:
    """Take away all but the latest files."""
    files = sorted(place.iterdir(), key=lambda one: one.stat().st_mtime)
    for old in files[:-keep]:
        old.unlink(missing_ok=True)


class Latest:
    """Keeps the latest answers in memory, each for as long as its key holds."""

    def __init__(self, size: int):
        self._size = size
        self._lock = Lock()
        self._kept: dict[Hashable, Any] = {}

    def get(self, key: Hashable, compute: Callable[[], Value]) -> Value:
        """The answer for a key, computed when it is not kept; never kept inside a transaction."""
        if not may_keep():
            return compute()
        # The key is made before the answer is computed: a step in between makes it old, never wrong.
        key = (key, fingerprint())
        with self._lock:
            if key in self._kept:
                return self._kept[key]
        value = compute()
        with self._lock:
            self._kept[key] = value
            while len(self._kept) > self._size:
                self._kept.pop(next(iter(self._kept)))
        return value


def _made_and_moved() -> object:
    """When this register's tables were made, as another register in the same place is another one; and the last move,
    after which lists are kept by others.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT min(applied), (SELECT max(id) FROM people_move) FROM django_migrations WHERE app = 'care'"
        )
        return cursor.fetchone()
