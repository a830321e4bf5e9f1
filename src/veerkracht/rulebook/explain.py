"""Why a request is where it is: conditions, place, who is before and by which rule, what would change it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import numpy as np
import polars as pl

from veerkracht.rulebook import sentences
from veerkracht.rulebook.conditions import PREFIX, conditions
from veerkracht.rulebook.dated import all_on, value_on_or_none
from veerkracht.rulebook.errors import TableFault
from veerkracht.rulebook.order import key_columns, order_on
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import Pot, pot_of, pots
from veerkracht.rulebook.queues import line_up
from veerkracht.rulebook.sql import columns_of
from veerkracht.rulebook.tables import DERIVED, STANDARD, WAITING
from veerkracht.rulebook.types import Assumption, Condition, Dated, Programme, Route, Source, Text

_FIRST_CLAUSE = re.compile(r"[.:;(]")
Status = Literal["met", "unmet", "unknown"]


@dataclass(frozen=True, slots=True)
class Reason:
    """A condition and how it came out. `text` is true as it stands; `remedy`: what would change it."""

    id: str
    status: Status
    text: Text
    remedy: Text
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class Before:
    """How many requests are before because of one key of the order."""

    key: str
    count: int
    text: Text


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a pot: 1 is first, `of` how many there are. `taking_part` False: where it would be."""

    pot: str
    name: Text
    place: int
    of: int
    before: tuple[Before, ...]
    taking_part: bool


@dataclass(frozen=True, slots=True)
class Basis:
    """A rule that holds on the day, in the programme's own words."""

    kind: str
    text: Text
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """All of it as data. `sentences`: why and where; `changes`: what would change it; `basis`: rules used."""

    id: int
    on: date
    conditions: tuple[Reason, ...]
    eligible: bool
    kept_out: tuple[str, ...]
    place: Place | None
    route: Route | None
    share: float
    sentences: tuple[Text, ...]
    changes: tuple[Text, ...]
    basis: tuple[Basis, ...]


def explain(
    table: pl.DataFrame, programme: Programme, on: date, id: int, place: Place | None = None
) -> Explanation:
    """Explain one request of a table on a date.

    `place`: where it stands, when that is known already; then the table need hold no other request.
    Raises `TableFault` when the table has no such request.
    """
    request = table.filter(pl.col("id") == id)
    if request.is_empty():
        raise TableFault(f"There is no request {id} in the table.")
    reasons = tuple(_reasons(request, programme, on))
    pot = _pot(request, programme, on)
    queue, outside = line_up(table if place is None else request, programme, on)
    kept_out = tuple(_kept_out(outside, id, reasons))
    waits = "state" not in request.columns or request.item(0, "state") == WAITING
    if place is None and waits:
        place = _place(table, queue, request, pot, programme, on)
    part = float(share(request, programme, on).item(0))
    return Explanation(
        id=id,
        on=on,
        conditions=reasons,
        eligible=all(reason.status == "met" for reason in reasons),
        kept_out=kept_out,
        place=place,
        route=pot.route if pot else None,
        share=part,
        sentences=tuple(_sentences(reasons, kept_out, place, pot, part, programme, on)),
        changes=tuple(_changes(reasons, pot, programme, on)),
        basis=tuple(_basis(programme, on)),
    )


def _place(
    table: pl.DataFrame,
    queue: pl.DataFrame,
    request: pl.DataFrame,
    pot: Pot | None,
    programme: Programme,
    on: date,
) -> Place | None:
    id = request.item(0, "id")
    own = queue.filter(pl.col("id") == id)
    if own.is_empty() and pot is None:
        return None
    # A bundle stands in the first pot of its requests, which need not be this one's.
    pot_id = str(own.item(0, "pot")) if own.height else pot.id if pot else ""
    others = queue.filter((pl.col("pot") == pot_id) & (pl.col("id") != id)).select("id")
    rivals = pl.concat([request, table.join(others, on="id", how="semi")])
    counts = _counts_before(key_columns(rivals, programme, on))
    names = order_on(programme, on).by
    before = tuple(
        Before(
            name.removeprefix("-"),
            count,
            sentences.before(name.removeprefix("-"), count, _meaning(programme, name)),
        )
        for name, count in zip(names, counts, strict=True)
        if count
    )
    return Place(
        pot=pot_id,
        name=next(pot.name for pot in pots(programme, on) if pot.id == pot_id),
        place=1 + sum(counts),
        of=others.height + 1,
        before=before,
        taking_part=own.height > 0,
    )


def _counts_before(keys: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> list[int]:
    """How many rows are before the first row, by the key on which they first differ from it."""
    own, others = keys[0], keys[1:]
    undecided = np.ones(len(others), dtype=np.bool_)
    counts = []
    for column in range(keys.shape[1]):
        counts.append(int((undecided & (others[:, column] < own[column])).sum()))
        undecided &= others[:, column] == own[column]
    return counts


def _pot(request: pl.DataFrame, programme: Programme, on: date) -> Pot | None:
    number = pot_of(request, programme, on).item(0)
    return None if number is None else pots(programme, on)[number]


def _reasons(request: pl.DataFrame, programme: Programme, on: date) -> Iterator[Reason]:
    checked = conditions(request, programme, on)
    for condition in all_on(programme.conditions, on):
        met = checked.item(0, PREFIX + condition.id)
        status: Status = "unknown" if met is None else "met" if met else "unmet"
        texts = {"met": condition.reason, "unmet": condition.unmet}
        text = texts.get(status) or _unknown(condition, checked, programme)
        yield Reason(condition.id, status, text, condition.remedy, condition.source, condition.assumption)


def _unknown(condition: Condition, checked: pl.DataFrame, programme: Programme) -> Text:
    missing = sorted(name for name in columns_of(condition.rule) if checked.item(0, name) is None)
    facts = sentences.listed([_meaning(programme, name) for name in missing])
    return sentences.UNKNOWN_CONDITION.fill(reason=condition.reason, facts=facts)


def _meaning(programme: Programme, name: str) -> Text:
    """What a column means, short enough to stand in a sentence."""
    name = name.removeprefix("-")
    known = {**STANDARD, **DERIVED}
    if name in known:
        return known[name][1]
    meaning = next((column.meaning for column in programme.columns if column.name == name), Text(name, name))
    return Text(*(_FIRST_CLAUSE.split(text.strip())[0] for text in (meaning.nl, meaning.en)))


def _kept_out(outside: pl.DataFrame, id: int, reasons: tuple[Reason, ...]) -> Iterator[str]:
    """Why the request takes no part in a round besides its conditions: keys of `sentences.KEPT_OUT`."""
    found = outside.filter(pl.col("id") == id)
    known = {reason.id for reason in reasons}
    for reason in found.item(0, "conditions") if found.height else ():
        if reason not in known:
            yield str(reason)


def _sentences(
    reasons: tuple[Reason, ...],
    kept_out: tuple[str, ...],
    place: Place | None,
    pot: Pot | None,
    part: float,
    programme: Programme,
    on: date,
) -> Iterator[Text]:
    yield from (reason.text for reason in reasons if reason.status != "met")
    yield from (sentences.KEPT_OUT[reason] for reason in kept_out)
    if pot is not None and pot.route is not None:
        yield from _route_sentences(pot.route)
    yield from _place_sentences(place)
    if 0 < part < 1:
        yield sentences.PART.fill(percent=f"{part * 100:g}")
        if any(partial.stays_waiting for partial in all_on(programme.partials, on)):
            yield sentences.PART_STAYS


def _route_sentences(route: Route) -> Iterator[Text]:
    yield sentences.ON_ROUTE.fill(route=route.name)
    if route.months:
        yield sentences.ROUTE_LASTS_MONTHS.fill(count=route.months)
    if route.weeks:
        yield sentences.ROUTE_LASTS_WEEKS.fill(count=route.weeks)


def _place_sentences(place: Place | None) -> Iterator[Text]:
    if place is None:
        yield sentences.NO_PLACE
        return
    template = sentences.PLACE if place.taking_part else sentences.WOULD_BE_PLACE
    yield template.fill(place=place.place, of=place.of, pot=place.name)
    yield from (before.text for before in place.before)
    if not place.before:
        yield sentences.NOBODY_BEFORE


def _changes(reasons: tuple[Reason, ...], pot: Pot | None, programme: Programme, on: date) -> Iterator[Text]:
    yield from (reason.remedy for reason in reasons if reason.status != "met" and reason.remedy)
    if pot is not None and pot.route is not None:
        return
    group_rule = value_on_or_none(programme.group_rules, on)
    if group_rule is not None:
        yield sentences.CHANGED_SITUATION.fill(rule=group_rule.text)
    date_rule = value_on_or_none(programme.priority_date_rules, on)
    if date_rule is not None:
        yield date_rule.text
    routes = all_on(programme.routes, on)
    if routes:
        yield sentences.ROUTES_EXIST.fill(routes=sentences.listed([route.name for route in routes]))


def _basis(programme: Programme, on: date) -> Iterator[Basis]:
    rules: dict[str, tuple[Dated, ...]] = {
        "order": programme.orders,
        "group": programme.group_rules,
        "priority-date": programme.priority_date_rules,
        "split": programme.splits,
        "point-value": programme.point_values,
    }
    for kind, values in rules.items():
        held = value_on_or_none(values, on)
        if held is not None:
            yield Basis(kind, getattr(held, "text", Text()), held.source, held.assumption)
