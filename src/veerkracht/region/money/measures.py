"""Reads measures, their milestones and their grants: their form, each alone."""

from __future__ import annotations

from datetime import date

from veerkracht.region.figures import Figures
from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.money.amounts import Amounts
from veerkracht.region.money.model import (
    MEASURE_KINDS,
    MILESTONE_KINDS,
    NO_TEXT,
    Grant,
    Measure,
    Milestone,
    Realised,
)
from veerkracht.region.money.published import read_series, source_of
from veerkracht.region.money.things import read_flag
from veerkracht.region.reader import Reader


def read_measure(reader: Reader, amounts: Amounts, figures: Figures) -> Measure:
    begins = reader.day("from", required=False)
    measure = Measure(
        id=read_id(reader),
        name=reader.words("name"),
        kind=reader.choice("kind", MEASURE_KINDS),
        envelope=reader.string("envelope"),
        decision=reader.string("decision", required=False),
        sentences=reader.strings("sentences", required=False),
        stated=amounts.stated(reader),
        recurrent=read_flag(reader, "recurrent", "every year (true) or given once (false)"),
        from_date=begins,
        until_date=reader.day("until", required=False),
        programme=reader.string("programme", required=False),
        sector=reader.string("sector", required=False),
        area=reader.string("area", required=False),
        plan_measures=reader.strings("plan_measures", required=False),
        milestones=tuple(_milestone(table, figures, begins) for table in reader.tables("milestone")),
        grants=tuple(_grant(table, amounts) for table in reader.tables("grant")),
        owner=reader.words("owner", required=False),
        note=reader.words("note", required=False),
    )
    _check_dates(measure, reader)
    return measure


def _milestone(reader: Reader, figures: Figures, begins: date | None) -> Milestone:
    says_number = bool({"baseline", "target"} & reader.data.keys())
    rests = says_number or bool({"source", "assumption"} & reader.data.keys())
    source, assumption = reader.origin() if rests else (None, None)
    published = _published(reader, figures)
    baseline_on = reader.day("baseline_on", required=False)
    baseline = reader.number("baseline", required=False)
    if baseline is None:
        baseline = next((one.value for one in published if one.on == baseline_on), None)
    milestone = Milestone(
        id=read_id(reader),
        name=reader.words("name"),
        kind=reader.choice("kind", MILESTONE_KINDS),
        definition=reader.words("definition", required=False),
        unit=reader.words("unit", required=says_number or bool({"realised", "series"} & reader.data.keys())),
        baseline=baseline,
        baseline_on=baseline_on,
        target=reader.number("target", required=False),
        target_on=reader.day("target_on", required=False),
        at_most=reader.flag("at_most", default=False),
        realised=_realised(reader, [one for one in published if begins is None or one.on >= begins]),
        evidence=reader.words("evidence", required=False),
        confirmed_by=reader.words("confirmed_by", required=False),
        source=source,
        note=reader.words("note", required=False),
        why=assumption.why if assumption else NO_TEXT,
    )
    reader.done()
    return milestone


def _published(reader: Reader, figures: Figures) -> list[Realised]:
    """What the published figures of `series` say, up to and including `until`."""
    until = reader.day("until", required=False)
    return [
        Realised(row["date"], row["value"], source_of(row))
        for row in read_series(reader, figures)
        if until is None or row["date"] <= until
    ]


def _realised(reader: Reader, published: list[Realised]) -> tuple[Realised, ...]:
    found = list(published)
    for table in reader.tables("realised"):
        source, _ = table.origin()
        on, value = table.day("on"), table.number("value")
        if on and on > date.today():
            message = "This was reached on a day that is still to come."
            table.fault("on", message, on, "a day up to today; what is meant to come is the target")
        found.append(Realised(on or UNREAD_DATE, value or 0.0, source, table.words("note", required=False)))
        table.done()
    return tuple(sorted(found, key=lambda one: one.on))


def _grant(reader: Reader, amounts: Amounts) -> Grant:
    source, assumption = reader.origin()
    if assumption and not source:
        message = "What was awarded is no assumption: only a source can say it."
        reader.fault("assumption", message, "an assumption alone", "a source")
    grant = Grant(
        recipient=reader.words("name"),
        area=reader.string("area"),
        cents=amounts.known(reader),
        on=reader.day("on") or UNREAD_DATE,
        source=source,
        until=reader.day("until", required=False),
        text=reader.words("text", required=False),
    )
    if grant.until and grant.until <= grant.on:
        reader.fault("until", "This ends before it was decided.", grant.until, f"a date after {grant.on}")
    reader.done()
    return grant


def _check_dates(measure: Measure, reader: Reader) -> None:
    begins = measure.from_date
    if begins and measure.until_date and measure.until_date <= begins:
        expected = f"a date after {begins}"
        reader.fault("until", "This ends before it begins.", measure.until_date, expected)
    if begins is None:
        return
    for index, milestone in enumerate(measure.milestones):
        if milestone.target_on and milestone.target_on < begins:
            message = "This milestone is dated before its measure."
            reader.fault(
                ("milestone", index, "target_on"), message, milestone.target_on, f"{begins} or later"
            )
        early = [one.on for one in milestone.realised if UNREAD_DATE < one.on < begins]
        if early:
            message = "This was reached before the measure began."
            expected = f"{begins} or later; what was there before is the baseline"
            reader.fault(("milestone", index, "realised"), message, early[0], expected)
    for index, grant in enumerate(measure.grants):
        if UNREAD_DATE < grant.on < begins:
            message = "This grant was decided before its measure."
            reader.fault(("grant", index, "on"), message, grant.on, f"{begins} or later")
