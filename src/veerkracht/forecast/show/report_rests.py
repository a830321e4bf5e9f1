"""What a report rests on: causes, forecasts of the past, measures, uncertain numbers with their sources."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from veerkracht.forecast.choices.waterfall import Waterfall
from veerkracht.forecast.hindcast import record
from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.known import KNOWN
from veerkracht.forecast.plans.cost import extra
from veerkracht.forecast.show import charts, units, words
from veerkracht.forecast.show.blocks import Block, Cell, Figure, Heading, Section, Table
from veerkracht.forecast.show.told import Told, whole_years
from veerkracht.region import Measure, Stale
from veerkracht.rulebook.types import Assumption, Source


def cost(told: Told) -> tuple[str, Section] | None:
    """A sentence and a table of what the plan costs more, year by year; None where there is nothing to compare."""
    if told.against is None or told.region is None:
        return None
    write, other = told.writer, told.against.plan
    years = whole_years(told.made.start, told.made.end)
    rows = list(
        extra(told.region, told.made.plan.id, other.id, years, since=_begun(told)).iter_rows(named=True)
    )
    sentence = write.say(
        words.COST_THEN,
        plan=other.name,
        first=write.million(rows[0]["amount"]),
        last=write.million(rows[-1]["amount"]),
        from_year=str(rows[0]["year"]),
        to_year=str(rows[-1]["year"]),
    )
    headers = [write.say(words.YEAR), write.say(words.COST_MORE, plan=other.name), *_ends(told)]
    cells = [
        [str(row["year"]), *(write.million(row[name]) for name in ("amount", "low", "high"))] for row in rows
    ]
    note = write.say(words.COST_NOTE, plan=other.name)
    return sentence, Section(write.say(words.COST), [note, Table(headers, cells)])


def _begun(told: Told) -> date:
    """What began up to this day is there already, whatever the plan."""
    return date(told.made.start.year - 1, 12, 31)


def _ends(told: Told) -> list[str]:
    return [told.writer.say(words.LOWEST), told.writer.say(words.HIGHEST)]


def causes(told: Told) -> list[Section]:
    """What each cause brought, for the series of which that is known."""
    blocks = [block for one in told.waterfalls for block in _cause(told, one)]
    return [Section(told.writer.say(words.CAUSES), blocks)] if blocks else []


def _cause(told: Told, found: Waterfall) -> list[Block]:
    write = told.writer
    plan, other = told.made.plan.name, told.against.plan.name if told.against else told.made.plan.name
    ends = [(write.say(other), float(found.begin.mean())), (write.say(plan), float(found.end.mean()))]
    rows = list(found.frame().iter_rows(named=True))
    brought = [(row[f"text_{write.language}"], row["brought"]) for row in rows]
    name, on, runs = told.name(found.series), write.day(found.on), found.end.size
    caption = write.say(words.CAUSES_CAPTION, name=name, date=on, runs=runs, other=other, plan=plan)
    headers = [write.say(text) for text in (words.CAUSE, words.BRINGS, words.LOW, words.HIGH)]
    cells = [
        [name, *(write.number(row[column]) for column in ("brought", "p10", "p90"))]
        for (name, _), row in zip(brought, rows, strict=True)
    ]
    whole = [[name, write.number(value), "", ""] for name, value in ends]
    table = Table(headers, [whole[0], *cells, whole[1]])
    return [Figure(charts.steps(ends[0], brought, ends[1]), caption), table]


def track(told: Told) -> list[Section]:
    """How forecasts of the past did, series by series, in words and in counts."""
    if told.track is None:
        return []
    write, ids = told.writer, {programme.id for programme in told.programmes}
    rows = []
    for row in told.track.summary().filter(pl.col("variant") == KNOWN).iter_rows(named=True):
        if row["series"].split(".")[0] in ids:
            said = " ".join(write.say(text) for text in record.verdict(row))
            covered = record.COVERED.fill(inside=row["inside_80"], points=row["points"])
            rows.append([told.name(row["series"]), said, write.say(covered)])
    if not rows:
        return []
    starts = ", ".join(write.day(day) for day in told.track.starts)
    note = [write.say(words.RECORD_NOTE, starts=starts)]
    note += [write.say(words.RECORD_STALE)] if told.track.stale else []
    headers = [write.say(text) for text in (words.SERIES, words.VERDICT, words.COVERED)]
    return [Section(write.say(words.RECORD), [*note, Table(headers, rows, 2)])]


def rests_on(told: Told, old: Sequence[Stale]) -> Section:
    """How it is played, from what, with which measures and numbers. `old`: numbers checked too long ago."""
    write = told.writer
    texts = [write.say(text) for text in (words.DEFINITION, words.HOW, *told.made.rests_on)]
    headers = [write.say(text) for text in (words.NUMBER, words.VALUE, words.FROM_TO, words.SOURCE)]
    stale = {one.name: one for one in old}
    rows = [_parameter(told, one, stale.get(one.name)) for one in told.made.parameters]
    numbers = Table(headers, rows, len(headers))
    return Section(
        write.say(words.RESTS_ON),
        [
            *texts,
            Heading(write.say(words.MEASURES)),
            _measures(told),
            Heading(write.say(words.ASSUMPTIONS)),
            numbers,
        ],
    )


def _measures(told: Told) -> Block:
    write = told.writer
    if not told.made.measures:
        return write.say(words.NO_MEASURES)
    headers = [words.MEASURE, words.FROM, words.KIND, words.AMOUNT, words.SOURCE]
    seen: set[str] = set()
    rows = [_measure(told, one, seen) for one in told.made.measures]
    return Table([write.say(header) for header in headers], rows, len(headers))


def _measure(told: Told, measure: Measure, seen: set[str]) -> list[Cell | str]:
    """A step of a measure; what it rests on is said once, at its first step."""
    write, written = told.writer, measure.of or measure.id
    origin = "″" if written in seen else _origin(told, measure.source, measure.assumption)
    seen.add(written)
    kind = words.RECURRENT if measure.recurrent else words.ONCE
    return [
        write.say(measure.name),
        write.day(measure.from_),
        write.say(kind) if measure.kind == "money" else "–",
        _amount(told, measure),
        origin,
    ]


def _amount(told: Told, measure: Measure) -> Cell | str:
    write, assumed = told.writer, measure.assumption
    if not measure.known:
        return write.say(words.UNKNOWN)
    value = measure.amount_cents_per_year / 100 if measure.kind == "money" else measure.number
    if value is None:
        return "–"
    amount = f"{write.any(value)} {write.say(units.of_measure(measure.kind))}"
    if assumed is None or assumed.low is None or assumed.high is None or assumed.low == assumed.high:
        return amount
    return Cell(amount, f"({write.any(assumed.low)} – {write.any(assumed.high)})")


def _parameter(told: Told, one: Uncertain, old: Stale | None) -> list[Cell | str]:
    write = told.writer
    name = write.say(one.text) if one.text else one.id
    if not one.given:
        value = write.number(one.value, 1)
        return [name, value, "–", write.say(words.NOT_GIVEN, value=value)]
    checked = f" · {write.say(words.STALE, on=write.day(old.still_valid_on))}" if old else ""
    return [
        Cell(name, f"{one.id}{checked}"),
        Cell(write.any(one.value), write.say(units.name(one.unit))),
        f"{write.any(one.low)} – {write.any(one.high)}",
        _origin(told, one.source, one.assumption),
    ]


def _origin(told: Told, source: Source | None, assumed: Assumption | None) -> Cell | str:
    said = told.writer.say(words.ASSUMPTION, why=assumed.why) if assumed else ""
    if source is None:
        return said or "–"
    return Cell(source.title, said, source.url)
