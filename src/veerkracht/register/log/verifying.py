"""Proves that the log is the log that was written: nothing changed, taken out, put in, moved or cut off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from heapq import merge
from typing import Any

from django.db.models import Count, Max, Min, QuerySet

from veerkracht.register.log import chain
from veerkracht.register.log.in_register.models import KeptHead
from veerkracht.register.log.models import LogEntry, PermitRow

_BATCH = 5_000
_READ = (*chain.CONTENT, *chain.CLEARABLE, "salt", "hash")


class Fault(StrEnum):
    """CHANGED: changed, put in or moved. MISSING: taken out before this one. CUT: the log ends before it. REWRITTEN:
    the chain holds, but isn't the one of which a head was kept.
    """

    CHANGED = "changed"
    MISSING = "missing"
    CUT = "cut"
    REWRITTEN = "rewritten"


@dataclass(frozen=True)
class Broken:
    """The first entry that can't be trusted. `day` is None for one that isn't there."""

    entry_id: int
    day: date | None
    fault: Fault


@dataclass(frozen=True)
class Report:
    """`entries` were read, of which `cleared` lost their purpose and detail lawfully; `heads` were compared."""

    entries: int
    cleared: int
    heads: int
    broken: Broken | None


@dataclass(frozen=True)
class Head:
    """How far the log had come at the end of a day: `hash` is that of its last entry, and stands for all before it."""

    day: date
    first_id: int
    last_id: int
    entries: int
    hash: str


def heads(first: date | None = None, last: date | None = None) -> list[Head]:
    """The head of each day with entries, from and up to a day. A day whose entries lie apart counts them all."""
    days = (
        _between(first, last)
        .values("day")
        .annotate(first_id=Min("id"), last_id=Max("id"), entries=Count("id"))
        .order_by("day")
    )
    found = list(days)
    hashes = dict(LogEntry.objects.filter(pk__in=[one["last_id"] for one in found]).values_list("id", "hash"))
    return [Head(hash=hashes[one["last_id"]], **one) for one in found]


def verify(
    first: date | None = None, last: date | None = None, expected: Mapping[int, str] | None = None
) -> Report:
    """Read the entries of these days, and compare the chain with the heads that the register kept of it.

    `expected`: hashes that were kept elsewhere, by the id of their entry. What stands before the first day is
    taken as it is; without a last day the log must reach at least as far as the heads say.
    """
    bounds = _between(first, last).aggregate(low=Min("id"), high=Max("id"))
    low = bounds["low"] or 1
    kept = _kept(low, bounds["high"] if last else None, expected or {})
    return _Walk(low, kept).over(LogEntry.objects.filter(pk__gte=low, pk__lte=bounds["high"] or 0))


def _between(first: date | None, last: date | None) -> QuerySet[LogEntry]:
    entries = LogEntry.objects.all()
    if first:
        entries = entries.filter(day__gte=first)
    return entries.filter(day__lte=last) if last else entries


def _kept(low: int, high: int | None, expected: Mapping[int, str]) -> Iterator[tuple[int, str]]:
    """The hashes that were kept of these entries, by id."""
    ours = KeptHead.objects.filter(entry_id__gte=low)
    if high is not None:
        ours = ours.filter(entry_id__lte=high)
    given = sorted(one for one in expected.items() if one[0] >= low and (high is None or one[0] <= high))
    return merge(ours.order_by("entry_id").values_list("entry_id", "hash").iterator(_BATCH), given)


class _Walk:
    """Reads entry after entry, and stops at the first that is wrong."""

    def __init__(self, low: int, kept: Iterator[tuple[int, str]]) -> None:
        before = LogEntry.objects.filter(pk__lt=low).order_by("-id").values_list("id", "hash").first()
        self.last_id, self.previous = before or (0, chain.ORIGIN)
        self.kept = kept
        self.next_kept = next(kept, None)
        self.entries = self.cleared = self.heads = 0

    def over(self, entries: QuerySet[LogEntry]) -> Report:
        broken = None
        for entry in entries.order_by("id").values(*_READ).iterator(_BATCH):
            broken = self._wrong(entry)
            if broken:
                break
            self.entries += 1
        if broken is None and self.next_kept:
            broken = Broken(self.last_id + 1, None, Fault.CUT)
        return Report(self.entries, self.cleared, self.heads, broken)

    def _wrong(self, entry: dict[str, Any]) -> Broken | None:
        follows = chain.hashed(self.previous, [entry[name] for name in chain.CONTENT])
        if follows != entry["hash"]:
            missing = entry["id"] != self.last_id + 1
            return Broken(entry["id"], entry["day"], Fault.MISSING if missing else Fault.CHANGED)
        if not self._is_sealed(entry):
            return Broken(entry["id"], entry["day"], Fault.CHANGED)
        self.last_id, self.previous = entry["id"], entry["hash"]
        return self._unlike_kept(entry)

    def _is_sealed(self, entry: dict[str, Any]) -> bool:
        if chain.sealed(entry["salt"], entry["purpose"], entry["detail"]) == entry["sealed"]:
            return True
        is_cleared = (entry["salt"], entry["purpose"], entry["detail"]) == ("", "", {})
        self.cleared += is_cleared
        return is_cleared and _was_permitted(entry["id"])

    def _unlike_kept(self, entry: dict[str, Any]) -> Broken | None:
        while self.next_kept and self.next_kept[0] <= entry["id"]:
            id, hash_ = self.next_kept
            if (id, hash_) != (entry["id"], entry["hash"]):
                return Broken(entry["id"], entry["day"], Fault.REWRITTEN)
            self.heads += 1
            self.next_kept = next(self.kept, None)
        return None


def _was_permitted(entry_id: int) -> bool:
    return PermitRow.objects.filter(table_name=LogEntry._meta.db_table, row_id=entry_id).exists()


def rows_of(found: Iterable[Head]) -> list[tuple[str, ...]]:
    """Heads as rows of a file: day, first id, last id, entries, hash."""
    return [
        (one.day.isoformat(), str(one.first_id), str(one.last_id), str(one.entries), one.hash)
        for one in found
    ]
