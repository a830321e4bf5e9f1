"""Reads `pay.toml`, with every fault in it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from veerkracht.region.holding import read_holds_in_order
from veerkracht.region.ids import UNREAD_DATE, read_by_id, read_id
from veerkracht.region.named_numbers import Limits, read_numbers
from veerkracht.region.pay.model import (
    COUNTS,
    MOST_PERCENT,
    Agreement,
    Evidence,
    Group,
    IndexStep,
    Pay,
    PriceBasis,
    Rise,
    Scale,
    ScalePay,
    ScaleStep,
)
from veerkracht.region.reader import Reader, one_of
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Text

FILE = "pay.toml"
_MOST_INDEX = 20.0
_CENTS = 100
# Of the region: staff of all groups in the total; what an employer pays on top of gross pay, as a share of it; what a
# place in training costs for its whole length, in the money of the region.
_OF_ALL = {"fte.total": Limits(1), "contributions": Limits(0, 1), "training-place": Limits(0)}
# Of each group: full-time equivalents, and what one earns (or costs) in a year.
_OF_GROUP = {"fte": Limits(0), "pay": Limits(1)}


def read_pay(reader: Reader, workforce: Workforce | None) -> Pay | None:
    """The pay that a file describes; None when it has a fault. `workforce`: the staff that it may name."""
    before = len(reader.faults.all)
    sectors = [sector.id for sector in workforce.sectors] if workforce else []
    basis = _basis(reader)
    groups = read_by_id(reader, "group", lambda table: _group(table, sectors))
    agreements = read_by_id(reader, "agreement", _agreement)
    rises = read_by_id(reader, "rise", lambda table: _rise(table, list(groups), list(agreements)))
    pay = Pay(
        basis=basis or PriceBasis(UNREAD_DATE, Text(), None, None),
        groups=groups,
        agreements=agreements,
        rises=tuple(rises.values()),
        index=_index(reader),
        scales=tuple(read_by_id(reader, "scale", lambda table: _scale(table, list(groups))).values()),
        evidence=tuple(read_by_id(reader, "evidence", lambda table: _evidence(table, workforce)).values()),
        parameters=read_numbers(reader, {}, _names(groups)),
    )
    if not groups:
        reader.fault("group", "A file on pay needs at least one.", "nothing", "[[group]]")
    _check_counts(reader, pay)
    reader.done()
    return pay if len(reader.faults.all) == before else None


def _names(groups: Iterable[str]) -> dict[str, Limits]:
    """The numbers a file may give; what it does not give is unknown."""
    of_groups = {f"{what}.{id}": limits for id in groups for what, limits in _OF_GROUP.items()}
    return {**_OF_ALL, **of_groups}


def _basis(reader: Reader) -> PriceBasis | None:
    inner = reader.table("prices", required=True)
    if inner is None:
        return None
    source, assumption = inner.origin()
    basis = PriceBasis(inner.day("on") or UNREAD_DATE, inner.words("text"), assumption, source)
    inner.done()
    return basis


def _group(reader: Reader, sectors: Collection[str]) -> Group:
    group = Group(
        id=read_id(reader),
        name=reader.words("name"),
        about=reader.words("about"),
        sectors=_known(reader, "sectors", sectors, "There is no such sector of staff."),
        count=reader.choice("count", COUNTS, "number"),
        in_total=reader.flag("in_total", default=True),
        gross=reader.flag("gross", default=False),
        unknown=reader.words("unknown", required=False),
    )
    if group.count == "sectors" and not group.sectors:
        reader.fault("count", "There are no sectors to count.", group.count, "sectors of staff, or a number")
    if group.count == "rest" and not group.in_total:
        reader.fault("count", "What is not in the total can't be the rest of it.", group.count, "a number")
    reader.done()
    return group


def _known(reader: Reader, key: str, known: Collection[str], message: str) -> tuple[str, ...]:
    """A list of names that each are one of the known."""
    named = reader.strings(key, required=False)
    for place, name in enumerate(named):
        if name not in known:
            reader.fault((key, place), message, name, one_of(known, name))
    return named


def _agreement(reader: Reader) -> Agreement:
    source, assumption = reader.origin()
    amount = reader.integer("amount", required=False, low=0)
    agreement = Agreement(
        id=read_id(reader),
        name=reader.words("name"),
        on=reader.day("on") or UNREAD_DATE,
        cents=None if amount is None else amount * _CENTS,
        parts=tuple(_part(table) for table in reader.tables("part")),
        least=reader.number("least", required=False, low=0),
        note=reader.words("note", required=False),
        differs=reader.words("differs", required=False),
        source=source,
        assumption=assumption,
    )
    reader.done()
    return agreement


def _part(reader: Reader) -> tuple[Text, int]:
    part = reader.words("name"), (reader.integer("amount", low=0) or 0) * _CENTS
    reader.done()
    return part


def _rise(reader: Reader, groups: Collection[str], agreements: Collection[str]) -> Rise:
    holds = read_holds_in_order(reader)
    percent = _percent(reader, MOST_PERCENT)
    low = reader.number("low", required=holds["source"] is None, low=0)
    high = reader.number("high", required=holds["source"] is None, low=0)
    rise = Rise(
        id=read_id(reader),
        group=_one(reader, "group", groups, "There is no such group."),
        percent=percent,
        low=percent if low is None else low,
        high=percent if high is None else high,
        name=reader.words("name"),
        agreement=_one(reader, "agreement", agreements, "There is no such agreement.", required=False),
        measures=reader.strings("measures", required=False),
        **holds,
    )
    if percent and not rise.low <= percent <= rise.high:
        found, expected = f"{rise.low:g} to {rise.high:g}", f"low and high around {percent:g}"
        reader.fault("low", "The range does not hold the value.", found, expected)
    reader.done()
    return rise


def _percent(reader: Reader, most: float) -> float:
    percent = reader.number("percent")
    if percent is not None and not 0 < percent <= most:
        reader.fault("percent", "This is no possible rise.", f"{percent:g}", f"above 0, at most {most:g}")
    return percent or 0.0


def _one(reader: Reader, key: str, known: Collection[str], message: str, *, required: bool = True) -> str:
    name = reader.string(key, required=required)
    if name and name not in known:
        reader.fault(key, message, name, one_of(known, name))
    return name


def _index(reader: Reader) -> tuple[IndexStep, ...]:
    found: list[IndexStep] = []
    for table in reader.tables("index"):
        source, assumption = table.origin()
        step = IndexStep(table.day("from") or UNREAD_DATE, _percent(table, _MOST_INDEX), source, assumption)
        table.done()
        if found and step.from_ <= found[-1].from_:
            expected = f"a date after {found[-1].from_}"
            table.fault("from", "The steps of the index are not in order.", step.from_, expected)
        found.append(step)
    return tuple(found)


def _scale(reader: Reader, groups: Collection[str]) -> Scale:
    scale = Scale(
        id=read_id(reader),
        name=reader.words("name"),
        groups=_known(reader, "groups", groups, "There is no such group."),
        unknown=reader.words("unknown", required=False),
        steps=tuple(_scale_step(table) for table in reader.tables("step")),
        pays=tuple(_scale_pay(table) for table in reader.tables("pay")),
    )
    reader.done()
    return scale


def _scale_step(reader: Reader) -> ScaleStep:
    source, _ = reader.origin()
    step = ScaleStep(
        who=reader.words("who"),
        share=reader.number("share", low=0) or 0.0,
        from_=reader.day("from") or UNREAD_DATE,
        paid_from=reader.day("paid_from", required=False),
        note=reader.words("note", required=False),
        source=source,
    )
    if step.share > 1:
        reader.fault("share", "This number is not possible here.", step.share, "0 to 1")
    reader.done()
    return step


def _scale_pay(reader: Reader) -> ScalePay:
    source, _ = reader.origin()
    pay = ScalePay(
        who=reader.words("who"),
        cents=(reader.integer("month", low=1) or 0) * _CENTS,
        supplements_cents=(reader.integer("supplements", required=False, low=0) or 0) * _CENTS,
        on=reader.day("on", required=False),
        source=source,
    )
    reader.done()
    return pay


def _evidence(reader: Reader, workforce: Workforce | None) -> Evidence:
    source, _ = reader.origin()
    numbers = dict.fromkeys(parameter.id for parameter in workforce.parameters) if workforce else {}
    evidence = Evidence(
        id=read_id(reader),
        finding=reader.words("finding"),
        place=reader.words("place"),
        data=reader.words("data"),
        sets=_known(reader, "sets", numbers, "There is no such number of staff."),
        used=reader.words("used"),
        source=source,
    )
    reader.done()
    return evidence


def _check_counts(reader: Reader, pay: Pay) -> None:
    """At most one group is what is left of the total, and what is counted can be."""
    given = {parameter.id for parameter in pay.parameters}
    rest = [id for id, group in pay.groups.items() if group.count == "rest" and group.in_total]
    for place, (id, group) in enumerate(pay.groups.items()):
        if f"fte.{id}" in given and group.count != "number":
            message = "A group is counted in one way."
            reader.fault(("group", place, "count"), message, group.count, f"“number”, or no fte.{id}")
    if len(rest) > 1:
        reader.fault("group", "Only one group can be the rest.", ", ".join(rest), "one with count = “rest”")
    if rest and "fte.total" not in given:
        reader.fault(
            "parameter", "There is no total to be the rest of.", "nothing", "a parameter “fte.total”"
        )
