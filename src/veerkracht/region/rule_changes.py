"""A programme under a plan: what measures of the kind "rule" change in it, each from its day on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import Field, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any

from veerkracht.region.plans import Measure
from veerkracht.region.reader import one_of, shown
from veerkracht.rulebook.drafts import drafted
from veerkracht.rulebook.errors import RuleFault
from veerkracht.rulebook.types import Dated, Programme, Text

# What a plan may change: the name of a section in a programme file, and the field of the programme that holds it.
SECTIONS = {
    "condition": "conditions",
    "group_rule": "group_rules",
    "priority_date_rule": "priority_date_rules",
    "order": "orders",
    "point_value": "point_values",
    "route": "routes",
    "partial": "partials",
    "split": "splits",
    "parameter": "parameters",
}
_FIXED = {"id", "from_", "until", "source", "assumption"}


class ChangeFault(RuleFault):
    """A change that can't be made; `key`, of the measure, says where."""

    def __init__(
        self, measure: Measure, key: str | tuple[str, ...], message: str, found: object, expected: str
    ):
        name = key if isinstance(key, str) else ".".join(key)
        super().__init__(
            f"measure {measure.id}, {name}: {message} Found {shown(found)}; expected {expected}."
        )
        self.key, self.message, self.found, self.expected = key, message, found, expected


def changed(programme: Programme, measures: Sequence[Measure]) -> Programme:
    """The programme with the changes of those measures that are for it, in their order; validated as a draft.

    What a measure changes holds from its `from_` until its `until`, in every version of the item that holds then.
    Raises `ChangeFault` for what does not exist or can't have such a value, `RuleFault` for a draft with faults.
    """
    changes: dict[str, tuple[Dated, ...]] = {}
    for measure in measures:
        if measure.kind == "rule" and measure.programme == programme.id:
            name = _field_of(measure)
            items = changes.get(name, getattr(programme, name))
            changes[name] = _with_change(items, measure)
    return drafted(programme, **changes) if changes else programme


def _field_of(measure: Measure) -> str:
    if measure.section not in SECTIONS:
        expected = one_of(list(SECTIONS), measure.section)
        raise ChangeFault(measure, "section", "No such section can be changed.", measure.section, expected)
    return SECTIONS[measure.section]


def _with_change(items: tuple[Dated, ...], measure: Measure) -> tuple[Dated, ...]:
    ids = list(dict.fromkeys(str(getattr(item, "id", "")) for item in items))
    wanted = measure.item or (ids[0] if len(ids) == 1 else "")
    if wanted not in ids:
        found, expected = measure.item or "nothing", one_of([id for id in ids if id], measure.item)
        raise ChangeFault(measure, "item", "The programme has no such item.", found, expected)
    here = [item for item in items if getattr(item, "id", "") == wanted]
    if not any(_overlaps(item, measure) for item in here):
        held = ", ".join(
            f"{item.from_} {f'until {item.until}' if item.until else 'or later'}" for item in here
        )
        message, expected = "Nothing of this name holds then.", f"a day on which it holds: {held}"
        raise ChangeFault(measure, "from", message, measure.from_, expected)
    return tuple(
        part for item in items for part in (_versions(item, measure) if item in here else iter((item,)))
    )


def _overlaps(item: Dated, measure: Measure) -> bool:
    ends_before = item.until is not None and item.until <= measure.from_
    begins_after = measure.until is not None and item.from_ >= measure.until
    return not (ends_before or begins_after)


def _versions(item: Dated, measure: Measure) -> Iterator[Dated]:
    """What holds before the change, with it and after it."""
    if not _overlaps(item, measure):
        yield item
        return
    begin, end = max(item.from_, measure.from_), _earlier(item.until, measure.until)
    if item.from_ < begin:
        yield replace(item, until=begin)
    values = {key: _value(item, key, value, measure) for key, value in measure.change.items()}
    said = {"until": end, **values, "source": measure.source, "assumption": measure.assumption}
    yield replace(item, from_=begin, **said)
    if end is not None and end != item.until:
        yield replace(item, from_=end)


def _earlier(one: date | None, other: date | None) -> date | None:
    return min((day for day in (one, other) if day is not None), default=None)


def _value(item: Dated, key: str, value: Any, measure: Measure) -> Any:
    """A value of the plan file as the programme holds it; a changed end is a day after the change begins."""
    if key == "until":
        if isinstance(value, date) and value > measure.from_:
            return value
        expected = f"a date after {measure.from_}, without quotes"
        raise ChangeFault(measure, ("change", key), "The change can't end then.", value, expected)
    known = {field.name: field for field in fields(item) if field.name not in _FIXED}
    if key not in known:
        message, expected = "This can't be changed.", one_of(list(known), key)
        raise ChangeFault(measure, ("change", key), message, key, expected)
    taken, expected = _converted(getattr(item, key), known[key], value)
    if taken is None:
        raise ChangeFault(measure, ("change", key), "This has the wrong type.", value, expected)
    return taken


def _converted(now: Any, field: Field[Any], value: Any) -> tuple[Any, str]:
    """The value in the type that the field has now, or None; and what was expected."""
    if isinstance(now, bool):
        return (value if isinstance(value, bool) else None), "true or false"
    if isinstance(now, Text):
        is_words = isinstance(value, dict) and set(value) == {"nl", "en"}
        return (Text(**value) if is_words else None), 'a text in both languages: { nl = "…", en = "…" }'
    if isinstance(now, dict):
        return (value if isinstance(value, dict) else None), f"a table such as {now}"
    if isinstance(now, tuple):
        return (tuple(value) if isinstance(value, list) else None), f"a list such as {list(now)}"
    if isinstance(now, Decimal):
        return (Decimal(str(value)) if _is_number(value) else None), "a number"
    if isinstance(now, float) or "float" in str(field.type):
        return (float(value) if _is_number(value) else None), "a number"
    if isinstance(now, int) or "int" in str(field.type):
        return (value if _is_number(value) and isinstance(value, int) else None), "a whole number"
    return (value if isinstance(value, str) else None), "a text"


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
