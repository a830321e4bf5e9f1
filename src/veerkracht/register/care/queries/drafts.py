"""A draft of a programme: its split, order and conditions with what somebody would change. Nothing is kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from veerkracht.register.errors import Invalid
from veerkracht.rulebook import drafts
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.order import order_on
from veerkracht.rulebook.rounds import split_on
from veerkracht.rulebook.types import Condition, Programme, Split, Text


@dataclass(frozen=True)
class Draft:
    """What is changed of a programme; None or empty: as it is.

    `key`, `strict`, `overflow`, `routes_first`: of the split (a key by group id, together 1). `order`: columns, "-"
    before a name for descending, the last is id. `conditions`: another rule by the id of a condition, "" to drop it.
    """

    key: Mapping[str, float] | None = None
    strict: bool | None = None
    overflow: str | None = None
    routes_first: bool | None = None
    order: Sequence[str] | None = None
    conditions: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return self == Draft()


def drafted(programme: Programme, draft: Draft, on: date) -> Programme:
    """The programme with the draft's changes from a day on; validated like a file. Raises `RuleFault`, `Invalid`."""
    if draft.is_empty:
        raise Invalid(Text(nl="Verander eerst iets.", en="Change something first."), "draft")
    split = {
        "key": None if draft.key is None else dict(draft.key),
        "strict": draft.strict,
        "overflow": draft.overflow,
        "routes_first": draft.routes_first,
    }
    changes: dict[str, object] = {}
    if any(value is not None for value in split.values()):
        changes["splits"] = _with_split(programme, draft_split(programme, on, **split), on)
    if draft.order is not None:
        current = order_on(programme, on)
        new = replace(current, by=tuple(draft.order))
        changes["orders"] = tuple(new if one == current else one for one in programme.orders)
    if draft.conditions:
        changes["conditions"] = _with_conditions(programme, draft.conditions, on)
    return drafts.drafted(programme, **changes)


def draft_split(
    programme: Programme,
    on: date,
    *,
    key: dict[str, float] | None = None,
    strict: bool | None = None,
    overflow: str | None = None,
    routes_first: bool | None = None,
) -> Split:
    """The split that holds on a day with other values; checked as a file is. Raises `RuleFault`."""
    changes = {"key": key, "strict": strict, "overflow": overflow, "routes_first": routes_first}
    given = {name: value for name, value in changes.items() if value is not None}
    if key is not None:
        given["method"] = "key"
    current = split_on(programme, on)
    draft = replace(current, id="draft", **given)
    drafts.drafted(programme, splits=tuple(draft if one == current else one for one in programme.splits))
    return draft


def _with_split(programme: Programme, draft: Split, on: date) -> tuple[Split, ...]:
    return tuple(draft if one.holds(on) else one for one in programme.splits)


def _with_conditions(programme: Programme, rules: Mapping[str, str], on: date) -> tuple[Condition, ...]:
    """Conditions that hold on the day with another rule, or without those whose rule is empty."""
    known = {condition.id for condition in all_on(programme.conditions, on)}
    unknown = sorted(set(rules) - known)
    if unknown:
        raise Invalid(
            Text(
                nl=f"Er is geen voorwaarde “{unknown[0]}”. Er zijn: {', '.join(sorted(known))}.",
                en=f"There is no condition “{unknown[0]}”. There are: {', '.join(sorted(known))}.",
            ),
            "conditions",
        )
    kept = []
    for condition in programme.conditions:
        if condition.id not in rules or not condition.holds(on):
            kept.append(condition)
        elif rules[condition.id].strip():
            kept.append(replace(condition, rule=rules[condition.id]))
    return tuple(kept)
