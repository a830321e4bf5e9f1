"""A report that stands alone, as a page (HTML) or as a PDF, in Dutch or in English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import polars as pl

from veerkracht.forecast.choices.waterfall import Waterfall
from veerkracht.forecast.hindcast.track import Track
from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.show import html as page
from veerkracht.forecast.show import naming, pdf, words
from veerkracht.forecast.show import report_rests as rests
from veerkracht.forecast.show import report_rounds as rounds
from veerkracht.forecast.show import report_services as services
from veerkracht.forecast.show.blocks import Document, Folded, Section, Table
from veerkracht.forecast.show.told import Told
from veerkracht.forecast.show.writing import Writer
from veerkracht.forecast.whole import RegionForecast
from veerkracht.region import Region, stale

Made = RegionForecast | Forecast


def told(
    made: Made,
    against: Made | None = None,
    language: str = "nl",
    region: Region | None = None,
    track: Track | None = None,
    waterfalls: Sequence[Waterfall] = (),
) -> Told:
    """What a report tells of. `made`, `against`: of a region, or of one programme that hands out in rounds.

    `region`: gives names and published figures; `track`: how forecasts of the past did; `waterfalls`: what each cause
    brought, as far as that is known.
    """
    other = _of_region(against) if against else None
    writer = Writer("nl" if language.startswith("nl") else "en")
    return Told(_of_region(made), other, writer, region, track, waterfalls)


def html(about: Told) -> str:
    """The report as one HTML file without script or network."""
    return page.page(document(about))


def pdf_file(about: Told) -> bytes:
    """The report as a PDF for everyone, also for who listens to it (PDF/UA-1)."""
    return pdf.file(document(about))


def document(about: Told) -> Document:
    """The whole report before it is a page or a PDF."""
    write, made = about.writer, about.made
    lead = [_facts(about)]
    if about.against:
        lead.append(write.say(words.AGAINST, plan=about.against.plan.name))
    if made.plan.summary:
        lead.append(write.say(made.plan.summary))
    return Document(
        write.language,
        write.say(words.TITLE, plan=made.plan.name),
        lead,
        _sections(about),
        write.say(words.TABLE),
        write.say(words.PAGE),
    )


def _facts(about: Told) -> str:
    made, write = about.made, about.writer
    return write.say(
        words.SUBTITLE,
        programmes=", ".join(write.say(one.name) for one in about.programmes),
        region=made.region_name,
        start=write.day(made.start),
        end=write.day(made.end),
        runs=made.runs,
        seed=str(made.seed),
    )


def _sections(about: Told) -> list[Section]:
    cost = rests.cost(about)
    in_rounds = {part.programme.id: part for part in about.made.rounds}
    short = [] if cost is None else [cost[0]]
    parts: list[Section] = []
    for programme in about.programmes:
        part = in_rounds.get(programme.id)
        short += rounds.in_short(about, part) if part else services.in_short(about, programme)
        parts.append(rounds.section(about, part) if part else services.section(about, programme))
    return [
        Section(about.writer.say(words.IN_SHORT), short),
        *([] if cost is None else [cost[1]]),
        *parts,
        *services.shared(about),
        *rests.causes(about),
        *rests.track(about),
        _outcomes(about),
        rests.rests_on(about, stale(about.region, date.today()) if about.region else []),
    ]


def _outcomes(about: Told) -> Section:
    """Every series on every 31 December: folded on a page, and left to the data that goes with a PDF."""
    write = about.writer
    series = about.made.series()
    at_year_end = series.filter((pl.col("date").dt.month() == 12) | (pl.col("date") == about.made.start))
    rows = [
        [
            write.say(naming.full_name(about.names, row["series"])),
            write.day(row["date"]),
            *(write.value(row[name], naming.kind_of(row["series"])) for name in ("p10", "p50", "p90")),
        ]
        for row in at_year_end.iter_rows(named=True)
    ]
    headers = [words.SERIES, words.DATE, words.LOW, words.MIDDLE, words.HIGH]
    table = Table([write.say(header) for header in headers], rows, 2)
    title = write.say(words.SERIES_TABLE)
    return Section(title, [write.say(words.FLOWS), Folded(write.say(words.TABLE), table)])


def _of_region(made: Made) -> RegionForecast:
    if isinstance(made, RegionForecast):
        return made
    return RegionForecast(
        made.region_id,
        made.region_name,
        made.plan,
        made.start,
        made.end,
        made.runs,
        made.seed,
        made.records,
        (made,),
    )
