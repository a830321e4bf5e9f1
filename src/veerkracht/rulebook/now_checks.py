"""Whether a programme of help that is given at once can be used: its kinds, its rules over places, its norms."""

from __future__ import annotations

from collections.abc import Sequence

from veerkracht.rulebook.matching import COLUMNS
from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.rule_check import ProgrammeFault, rule_faults
from veerkracht.rulebook.stay_terms import StayNorm
from veerkracht.rulebook.types import Dated
from veerkracht.rulebook.validation_dates import Faults

_MOST_HOURS, _MOST_DAYS = 24 * 366, 366


def now_faults(programme: NowProgramme) -> Faults:
    """What is wrong with its kinds, its rules over places and its norms."""
    if programme.resource == "money":
        expected = "“places” or “cases”"
        yield ProgrammeFault(("resource",), "Money is not given at once.", programme.resource, expected)
    if not programme.help_kinds:
        yield ProgrammeFault(("kind",), "The programme has no kinds of help.", "nothing", "[[kind]]")
    yield from _rules("fit", programme.fits, "boolean")
    yield from _rules("preference", programme.preferences, "number")
    for index, norm in enumerate(programme.norms):
        yield from _named(programme, index, norm)
        yield from _lasting(index, norm)


def _rules(section: str, items: Sequence[Dated], gives: str) -> Faults:
    """Rules name what is known of every place and every search; a programme has no columns of its own for them."""
    columns = {name: kind for name, (kind, _meaning) in COLUMNS.items()}
    for index, item in enumerate(items):
        rule = str(getattr(item, "rule", ""))
        yield from rule_faults((section, index, "rule"), rule, columns, gives)


def _named(programme: NowProgramme, index: int, norm: StayNorm) -> Faults:
    known = {
        "follows": ("follow", norm.follows, [one.id for one in programme.follows]),
        "kinds": ("kind", norm.kinds, [one.id for one in programme.help_kinds]),
    }
    for key, (section, ids, there) in known.items():
        for place, id in enumerate(ids):
            if id not in there:
                expected = f"one of: {', '.join(there)}" if there else f"[[{section}]]"
                yield ProgrammeFault(
                    ("norm", index, key, place), f"There is no such [[{section}]].", id, expected
                )


def _lasting(index: int, norm: StayNorm) -> Faults:
    path = ("norm", index)
    if (norm.days is None) == (norm.hours is None):
        found = "neither" if norm.days is None else "both"
        yield ProgrammeFault(path, "A norm is in days or in hours.", found, "days = 7, or hours = 72")
    for key, value, most in (("days", norm.days, _MOST_DAYS), ("hours", norm.hours, _MOST_HOURS)):
        if value is not None and value > most:
            yield ProgrammeFault((*path, key), "A crisis does not last that long.", value, f"at most {most}")
    lasts = norm.hours if norm.hours is not None else (norm.days or 0) * 24
    if norm.warn_hours >= lasts > 0:
        yield ProgrammeFault(
            (*path, "warn_hours"), "It warns before it begins.", norm.warn_hours, f"less than {lasts}"
        )
    if bool(norm.extend_days) != bool(norm.extensions):
        found = f"{norm.extend_days} days, {norm.extensions} times"
        message = "An extension has days and a number of times."
        yield ProgrammeFault((*path, "extend_days"), message, found, "both, or neither")
