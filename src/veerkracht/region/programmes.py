"""Reads a programme file into a `Programme`: the form here, what it means in `rulebook.validation`."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from veerkracht.region.holding import read_holds
from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.last_checked import read_check
from veerkracht.region.programmes_now import read_now
from veerkracht.region.reader import Reader
from veerkracht.region.retention import read_retention
from veerkracht.region.sections import Sections
from veerkracht.rulebook.now import NOW, NowProgramme
from veerkracht.rulebook.tables import TYPES
from veerkracht.rulebook.types import (
    CareCategory,
    CategoryScheme,
    Column,
    Condition,
    Conversion,
    Group,
    GroupRule,
    Order,
    Parameter,
    Partial,
    PointValue,
    PriorityDateRule,
    Programme,
    RoundPlan,
    Route,
    Split,
    Text,
)
from veerkracht.rulebook.validation import faults as programme_faults


def read_programme(reader: Reader) -> Programme | None:
    """The programme that a file describes; None when too little of it can be read. Notes every fault."""
    before = len(reader.faults.all)
    sections = Sections(reader)
    of_every: dict[str, Any] = {
        "id": read_id(reader),
        "name": reader.words("name"),
        "summary": reader.words("summary", required=False),
        "begins": reader.day("begins") or UNREAD_DATE,
        "resource": reader.choice("resource", ("money", "places", "cases"), "money"),
        "handout": reader.choice("handout", ("round", "vacancy", NOW), "round"),
    }
    programme = (
        NowProgramme(**of_every, **read_now(sections))
        if of_every["handout"] == NOW
        else Programme(**of_every, **_with_list(reader, sections))
    )
    reader.done()
    # Where the form of a field was found wrong, its meaning says nothing new.
    noted = {fault.field for fault in reader.faults.all[before:]}
    for fault in programme_faults(programme):
        path = sections.in_file(fault.path)
        if reader.name_of(path) not in noted:
            reader.fault(path, fault.message, fault.found, fault.expected)
    return programme if programme.id and programme.begins != UNREAD_DATE else None


def _with_list(reader: Reader, sections: Sections) -> dict[str, Any]:
    """What only a programme for which people wait says, by its names in `Programme`."""
    return {
        "counts": reader.choice("counts", ("request", "person"), "request"),
        "kinds": reader.strings("kinds"),
        "kind_names": _kind_names(reader),
        "coexist": tuple(_coexist(item) for item in reader.tables("coexist")),
        "tie_break": reader.words("tie_break", required=False),
        "columns": tuple(_column(name, item) for name, item in reader.keyed_tables("columns")),
        "conditions": sections.read("condition", _condition),
        "groups": sections.read("group", _group),
        "group_rules": sections.read("group_rule", _group_rule),
        "priority_date_rules": sections.read("priority_date_rule", _priority_date_rule),
        "orders": sections.read("order", _order),
        "schemes": sections.read("scheme", _scheme),
        "conversions": sections.read("conversion", _conversion),
        "point_values": sections.read("point_value", _point_value),
        "routes": sections.read("route", _route),
        "partials": sections.read("partial", _partial),
        "splits": sections.read("split", _split),
        "round": _round_plan(reader),
        "parameters": sections.read("parameter", read_parameter),
        "care_categories": sections.read("care_category", _care_category),
        "retentions": sections.read("retention", read_retention),
        "sector": reader.string("sector", required=False),
        "ask_oneself": reader.flag("ask_oneself", default=False),
    }


def _kind_names(reader: Reader) -> dict[str, Text]:
    inner = reader.table("kind_names")
    if inner is None:
        return {}
    names = {key: inner.words(key) for key in inner.data}
    inner.done()
    return names


def _coexist(reader: Reader) -> frozenset[str]:
    kinds = frozenset(reader.strings("kinds"))
    reader.string("note", required=False)
    reader.done()
    return kinds


def _column(name: str, reader: Reader) -> Column:
    column = Column(name, reader.choice("type", TYPES, "text"), reader.words("meaning"))
    if "type" not in reader.data:
        reader.fault("type", "This is missing.", "nothing", f"one of: {', '.join(TYPES)}")
    reader.done()
    return column


def _condition(reader: Reader) -> Condition | None:
    condition = Condition(
        id=read_id(reader),
        rule=reader.string("rule"),
        reason=reader.words("reason"),
        unmet=reader.words("unmet"),
        remedy=reader.words("remedy", required=False),
        **read_holds(reader),
    )
    return condition if condition.id else None


def _group(reader: Reader) -> Group | None:
    number = reader.integer("number", low=1)
    group = Group(number or 0, read_id(reader), reader.words("name"), reader.words("text", required=False))
    return group if number and group.id else None


def _group_rule(reader: Reader) -> GroupRule | None:
    return GroupRule(
        id=read_id(reader),
        rule=reader.string("rule"),
        text=reader.words("text"),
        **read_holds(reader),
    )


def _priority_date_rule(reader: Reader) -> PriorityDateRule | None:
    return PriorityDateRule(
        id=read_id(reader),
        rule=reader.string("rule"),
        text=reader.words("text"),
        **read_holds(reader),
    )


def _order(reader: Reader) -> Order | None:
    return Order(
        by=reader.strings("by"),
        text=reader.words("text"),
        **read_holds(reader),
    )


def _scheme(reader: Reader) -> CategoryScheme | None:
    source, assumption = reader.origin()
    requests_from = reader.day("requests_from")
    scheme = CategoryScheme(
        id=read_id(reader),
        name=reader.words("name", required=False),
        requests_from=requests_from or UNREAD_DATE,
        requests_until=reader.day("requests_until", required=False),
        points=_points(reader),
        source=source,
        assumption=assumption,
    )
    return scheme if scheme.id else None


def _points(reader: Reader) -> dict[str, float]:
    inner = reader.table("points", required=True)
    if inner is None:
        return {}
    read = {category: inner.number(category, low=0) for category in inner.data}
    return {category: points for category, points in read.items() if points is not None}


def _conversion(reader: Reader) -> Conversion | None:
    source, assumption = reader.origin()
    dates = [reader.day(key) for key in ("requests_until", "holds_from", "known_from")]
    until, holds, known = (day or UNREAD_DATE for day in dates)
    return Conversion(
        id=read_id(reader),
        requests_from=reader.day("requests_from", required=False),
        requests_until=until,
        to=reader.string("to"),
        holds_from=holds,
        known_from=known,
        annulled_known_from=reader.day("annulled_known_from", required=False),
        categories=_old_to_new(reader),
        text=reader.words("text", required=False),
        source=source,
        assumption=assumption,
    )


def _old_to_new(reader: Reader) -> dict[str, str]:
    inner = reader.table("categories")
    return {} if inner is None else {old: inner.string(old) for old in inner.data}


def _point_value(reader: Reader) -> PointValue | None:
    source, assumption = reader.origin(number=True)
    from_ = reader.day("from")
    value = reader.number("value", low=0)
    until = reader.day("until", required=False)
    still_valid_on = read_check(reader, from_)
    if from_ is None or value is None:
        return None
    return PointValue(
        value=Decimal(str(value)),
        from_=from_,
        until=until,
        source=source,
        assumption=assumption,
        still_valid_on=still_valid_on,
    )


def _route(reader: Reader) -> Route | None:
    route = Route(
        id=read_id(reader),
        name=reader.words("name"),
        months=reader.integer("months", required=False, low=1),
        weeks=reader.integer("weeks", required=False, low=1),
        definitive=reader.flag("definitive", default=False),
        rule=reader.string("rule", required=False),
        text=reader.words("text"),
        **read_holds(reader),
    )
    return route if route.id else None


def _partial(reader: Reader) -> Partial | None:
    share = reader.number("share", low=0)
    partial = Partial(
        id=read_id(reader, required=False) or "partial",
        group=reader.string("group"),
        share=share or 0.0,
        rule=reader.string("rule", required=False),
        others=reader.choice("others", ("wait", "full"), "full"),  # type: ignore[arg-type]
        stays_waiting=reader.flag("stays_waiting", default=True),
        text=reader.words("text"),
        **read_holds(reader),
    )
    return partial if share is not None else None


def _split(reader: Reader) -> Split | None:
    share = reader.number("programme_share", required=False, low=0)
    split = Split(
        id=read_id(reader),
        programme_share=1.0 if share is None else share,
        routes_first=reader.flag("routes_first", default=True),
        method=reader.choice("method", ("key", "envelopes"), "key"),  # type: ignore[arg-type]
        key=_key(reader),
        overflow=reader.choice("overflow", ("down", "carry"), "down"),  # type: ignore[arg-type]
        strict=reader.flag("strict", default=True),
        text=reader.words("text"),
        **read_holds(reader),
    )
    return split if split.id else None


def _key(reader: Reader) -> dict[str, float]:
    inner = reader.table("key")
    if inner is None:
        return {}
    read = {group: inner.number(group, low=0) for group in inner.data}
    return {group: share for group, share in read.items() if share is not None}


def _round_plan(reader: Reader) -> RoundPlan:
    inner = reader.table("round")
    if inner is None:
        return RoundPlan()
    source, assumption = inner.origin()
    dates = [_month_and_day(inner, index, text) for index, text in enumerate(inner.strings("dates"))]
    plan = RoundPlan(
        dates=tuple(sorted(day for day in dates if day)),
        start_within_months=inner.integer("start_within_months", required=False, low=0),
        decline_within_days=inner.integer("decline_within_days", required=False, low=0),
        text=inner.words("text", required=False),
        source=source,
        assumption=assumption,
    )
    inner.done()
    return plan


def _month_and_day(reader: Reader, index: int, text: str) -> tuple[int, int] | None:
    try:
        day = date.fromisoformat(f"2023-{text}")
    except ValueError:
        reader.fault(
            ("dates", index), "This is not a day of every year.", text, 'month and day, such as "04-01"'
        )
        return None
    return day.month, day.day


def read_parameter(reader: Reader) -> Parameter | None:
    """An uncertain number, wherever it stands."""
    source, assumption = reader.origin()
    from_ = reader.day("from", required=False)
    value = reader.number("value")
    parameter = Parameter(
        id=reader.string("id"),
        value=value or 0.0,
        low=reader.number("low", required=False),
        high=reader.number("high", required=False),
        unit=reader.string("unit"),
        text=reader.words("text"),
        from_=from_ or UNREAD_DATE,
        until=reader.day("until", required=False),
        source=source,
        assumption=assumption,
        still_valid_on=read_check(reader, from_),
    )
    return parameter if parameter.id and value is not None else None


def _care_category(reader: Reader) -> CareCategory | None:
    id, name, heavy = read_id(reader), reader.words("name"), reader.flag("heavy", default=False)
    category = CareCategory(id, name, heavy, reader.string("group", required=False))
    return category if category.id else None
