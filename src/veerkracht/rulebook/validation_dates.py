"""What is wrong with the ids and the dates of what a programme says: the part of `validation` about time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.rule_check import ProgrammeFault
from veerkracht.rulebook.types import Dated, Programme

Faults = Iterator[ProgrammeFault]
_WITHOUT_ID = ("order", "point_value", "partial")


def ids(programme: Programme) -> Faults:
    """Ids that two things have on one day."""
    for name, items in _dated(programme).items():
        if name not in _WITHOUT_ID:
            yield from _same_id_at_same_time(name, items)
    yield from _twice("group", "id", [group.id for group in programme.groups])
    yield from _twice("group", "number", [group.number for group in programme.groups])
    yield from _twice("scheme", "id", [scheme.id for scheme in programme.schemes])
    yield from _twice("conversion", "id", [conversion.id for conversion in programme.conversions])
    yield from _twice("care_category", "id", [category.id for category in programme.care_categories])
    if isinstance(programme, NowProgramme):
        yield from _twice("kind", "id", [kind.id for kind in programme.help_kinds])
        yield from _twice("follow", "id", [follow.id for follow in programme.follows])


def _dated(programme: Programme) -> dict[str, Sequence[Dated]]:
    if isinstance(programme, NowProgramme):
        return {"fit": programme.fits, "preference": programme.preferences, "norm": programme.norms}
    return {
        "condition": programme.conditions,
        "group_rule": programme.group_rules,
        "priority_date_rule": programme.priority_date_rules,
        "order": programme.orders,
        "point_value": programme.point_values,
        "route": programme.routes,
        "partial": programme.partials,
        "split": programme.splits,
        "parameter": programme.parameters,
        "retention": programme.retentions,
    }


def _same_id_at_same_time(section: str, items: Sequence[Dated]) -> Faults:
    """An id may come back when what it names changes on a day, not twice on one day."""
    chained = section in ("group_rule", "priority_date_rule", "split", "parameter")
    for index, item in enumerate(items):
        for earlier in items[:index]:
            same = _id(item) == _id(earlier)
            at_once = item.from_ == earlier.from_ if chained else overlap(item, earlier)
            if same and at_once:
                expected = "another id, or dates that don't overlap"
                yield ProgrammeFault((section, index, "id"), "This id is used twice.", _id(item), expected)


def _id(item: Dated) -> str:
    return str(getattr(item, "id", ""))


def overlap(one: Dated, other: Dated) -> bool:
    """Whether both hold on some day."""
    one_end, other_end = one.until or date.max, other.until or date.max
    return one.from_ < other_end and other.from_ < one_end


def _twice(section: str, field: str, values: Sequence[object]) -> Faults:
    for index, value in enumerate(values):
        if value in values[:index]:
            yield ProgrammeFault(
                (section, index, field), f"This {field} is used twice.", value, f"another {field}"
            )


def ends(programme: Programme) -> Faults:
    """What ends before it begins."""
    for section, items in _dated(programme).items():
        for index, item in enumerate(items):
            if item.until is not None and item.until <= item.from_:
                expected = f"a date after {item.from_}"
                yield ProgrammeFault(
                    (section, index, "until"), "This ends before it begins.", item.until, expected
                )


def chains(programme: Programme) -> Faults:
    """What must have one value on every day since the programme began."""
    dated = _dated(programme)
    needed = {
        "order": True,
        "split": programme.handout == "round",
        "point_value": programme.resource == "money",
        "group_rule": False,
        "priority_date_rule": False,
    }
    for section, is_needed in needed.items():
        yield from _chain(section, dated[section], programme.begins, needed=is_needed)


def _chain(section: str, items: Sequence[Dated], begins: date, *, needed: bool) -> Faults:
    if not items:
        if needed:
            yield ProgrammeFault((section,), "This is missing.", "nothing", f"one that holds from {begins}")
        return
    order = sorted(range(len(items)), key=lambda index: items[index].from_)
    first = items[order[0]]
    if first.from_ > begins:
        path = (section, order[0], "from")
        yield ProgrammeFault(
            path, "Dates are missing: the programme began earlier.", first.from_, f"{begins} or before"
        )
    for before, after in pairwise(order):
        yield from _joint(section, after, items[before], items[after])


def _joint(section: str, index: int, before: Dated, after: Dated) -> Faults:
    path = (section, index, "from")
    if before.from_ == after.from_ or (before.until is not None and before.until > after.from_):
        ends = before.until or "open"
        expected = f"a date from {before.until}" if before.from_ != after.from_ else "another date"
        found = f"{after.from_}, while the one from {before.from_} ends {ends}"
        yield ProgrammeFault(path, "Dates overlap: two hold on one day.", found, expected)
    elif before.until is not None and before.until < after.from_:
        found = f"nothing from {before.until} until {after.from_}"
        yield ProgrammeFault(path, "Dates are missing: nothing holds in between.", found, str(before.until))
