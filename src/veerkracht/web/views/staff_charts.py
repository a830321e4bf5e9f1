"""The charts of Staff: what is reported through time, why people leave, and what is published."""

from datetime import date

import polars as pl
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register.staff.checks import sectors
from veerkracht.register.staff.queries.overview import Moment, Overview
from veerkracht.web import charts, words
from veerkracht.web.forms.staff import LABELS
from veerkracht.web.views.today_charts import register_source

_FTE, _STUDENTS = "staff.{}.fte", "training.nursing.first-year"


def through_time(moments: tuple[Moment, ...]) -> charts.Chart | None:
    """Reported full-time equivalents by sector; None when nothing was reported."""
    lines = [
        charts.Line(words.said(one.name), points, kind="dots", colour=number)
        for number, one in enumerate(sectors())
        if (
            points := [
                (m.on, m.fte_hundredths / 100)
                for m in moments
                if m.sector == one.id and m.fte_hundredths is not None
            ]
        )
    ]
    if not lines:
        return None
    last = moments[-1].on
    return charts.lines(
        id="reported",
        title=_("Reported full-time equivalents"),
        words=_(
            "What was counted by the end of each quarter. More can also mean that more organisations report."
        )
        + " "
        + "; ".join(
            f"{line.name}, {words.day(last)}: {words.number(line.points[-1][1], 1)}" for line in lines
        ),
        series=lines,
        sources=[register_source()],
    )


def leavers(seen: Overview) -> charts.Chart | None:
    """Why people left in the last year; None when nobody said."""
    items = [
        charts.Bar(str(LABELS[reason]), one.value)
        for reason, one in seen.flows.leavers.items()
        if one.value is not None
    ]
    if not items:
        return None
    return charts.bars(
        id="leavers",
        title=_("Why people left in the last year"),
        words="; ".join(f"{one.name}: {words.number(one.value)}" for one in items),
        items=items,
        label=_("Reason"),
        value_label=_("Persons"),
        sources=[register_source()],
    )


def published(today: date) -> list[charts.Chart]:
    """Full-time equivalents of the sectors and students, as they are published and were known on a day."""
    fte = [
        charts.Line(words.said(one.name), points, kind="dots", colour=number)
        for number, one in enumerate(sectors())
        if (points := _points(_FTE.format(one.id), today))
    ]
    found = []
    if fte:
        names = [_FTE.format(one.id) for one in sectors()]
        title = _("Published full-time equivalents")
        found.append(_published("published", title, fte, names))
    students = _points(_STUDENTS, today)
    if students:
        line = charts.Line(_("First-year students of nursing"), students, kind="dots")
        found.append(_published("students", _("Who begins a training in nursing"), [line], [_STUDENTS]))
    return found


def _published(id: str, title: str, lines: list[charts.Line], series: list[str]) -> charts.Chart:
    said = "; ".join(
        f"{line.name}, {words.day(line.points[-1][0])}: {words.number(line.points[-1][1])}" for line in lines
    )
    return charts.lines(id=id, title=title, words=said, series=lines, sources=_sources(series))


def _points(series: str, today: date) -> list[tuple[date, float]]:
    found = region.current().figures.series(series, until=today, known_on=today)
    return list(found.select("date", "value").iter_rows())


def _sources(series: list[str]) -> list[charts.SourceLine]:
    figures = region.current().figures.frame.filter(pl.col("series").is_in(series))
    pairs = figures.select("source_title", "source_url").unique(maintain_order=True)
    return [charts.SourceLine(title, url or "") for title, url in pairs.iter_rows()]
