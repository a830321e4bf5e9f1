"""The charts of Today: per group, by area, through time."""

from collections import defaultdict

import polars as pl
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.region.hexmap import hexagons
from veerkracht.region.kept import once_for
from veerkracht.register import clock
from veerkracht.register.care.queries.glance import Today
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts, words
from veerkracht.web.addresses import list_with
from veerkracht.web.charts import theme

# A name is written inside the hexagon of a city of this size, to help a reader find the way.
A_CITY = 75_000


def by_group(glance: Today) -> charts.Chart:
    items = [charts.Bar(words.said(group.name), group.requests) for group in glance.groups]
    if glance.without_group:
        items.append(charts.Bar(gettext("Outside the queue"), glance.without_group))
    said = "; ".join(f"{item.name}: {words.number(item.value)}" for item in items)
    return charts.bars(
        id="waiting-by-group",
        title=gettext("Who waits, per group"),
        words=said,
        items=items,
        label=gettext("Group"),
        value_label=gettext("Waiting requests"),
        sources=[register_source()],
    )


def by_area(glance: Today, may_list: bool) -> charts.Chart:
    """One hexagon a municipality; a click leads to the list of who waits there, for who may read it."""
    places = hexagon_places(region.current().areas)
    areas = [
        charts.Hexagon(
            code=area.code,
            name=area.name,
            column=places[area.code][0],
            row=places[area.code][1],
            value=area.per_thousand,
            count=area.requests,
            href=list_with(area.behind) if may_list else "",
            label=area.name[:3] if (area.inhabitants or 0) >= A_CITY else "",
        )
        for area in glance.areas
    ]
    return charts.hexmap(
        id="waiting-by-area",
        title=gettext("Where people wait"),
        words=gettext(
            "Waiting requests per 1,000 inhabitants, one hexagon for each municipality. The table has all."
        ),
        areas=areas,
        value_label=gettext("per 1,000 inhabitants"),
        count_label=gettext("Waiting requests"),
        area_label=gettext("Municipality"),
        note=gettext("Waiting requests per 1,000 inhabitants. Each hexagon is a municipality."),
        width=720,
        sources=[register_source(), *areas_source()],
    )


@once_for
def hexagon_places(areas: pl.DataFrame) -> dict[str, tuple[int, int]]:
    """Column and row of each municipality."""
    return {code: (column, row) for code, column, row in hexagons(areas).iter_rows()}


def by_province(glance: Today) -> charts.Chart:
    waiting: dict[str, int] = defaultdict(int)
    for area in glance.areas:
        waiting[area.province] += area.requests
    items = [charts.Bar(name, waiting[name]) for name in sorted(waiting)]
    return charts.bars(
        id="waiting-by-province",
        title=gettext("By province"),
        words="; ".join(f"{item.name}: {words.number(item.value)}" for item in items),
        items=items,
        label=gettext("Province"),
        value_label=gettext("Waiting requests"),
        sources=[register_source()],
    )


def through_time(programme: Programme, counted: pl.DataFrame) -> charts.Chart:
    """Published figures as dots, what this register says as steps, in one drawing."""
    known = _register_lines(programme, counted)
    published, sources = _published(programme)
    return charts.lines(
        id="waiting-through-time",
        title=gettext("Who waited, through the years"),
        words=_in_words(known),
        series=[*known, *published],
        sources=[register_source(), *sources],
        note=gettext(
            "Waiting requests in groups. Dots are published figures, lines what this register now says about each day."
        ),
        width=theme.FULL,
        height=340,
    )


def _register_lines(programme: Programme, counted: pl.DataFrame) -> list[charts.Line]:
    in_groups = counted.filter(pl.col("group") > 0)
    total = in_groups.group_by("date", maintain_order=True).agg(pl.col("requests").sum())
    lines = [charts.Line(gettext("Together"), list(total.iter_rows()))]
    for place, group in enumerate(programme.groups):
        own = counted.filter(pl.col("group") == group.number).select("date", "requests")
        lines.append(charts.Line(words.said(group.name), list(own.iter_rows()), colour=place % 4))
    return lines


def _published(programme: Programme) -> tuple[list[charts.Line], list[charts.SourceLine]]:
    """What was published by the register's day, in the colours of the lines."""
    wanted = [("total", gettext("Together"), None)]
    wanted += [(group.id, words.said(group.name), place % 4) for place, group in enumerate(programme.groups)]
    lines, sources = [], {}
    for part, name, colour in wanted:
        found = region.current().figures.series(f"{programme.id}.waiting.{part}", until=clock.today())
        points = list(found.select("date", "value").iter_rows())
        label = gettext("%(name)s, published") % {"name": name}
        lines.append(charts.Line(label, points, "points", colour, in_legend=False))
        sources |= dict(found.select("source_title", "source_url").iter_rows())
    return lines, [charts.SourceLine(title, url) for title, url in sources.items()]


def _in_words(lines: list[charts.Line]) -> str:
    """From how many to how many, for who can't see the drawing."""
    said = []
    for line in lines:
        if line.points:
            (first, before), (last, after) = line.points[0], line.points[-1]
            said.append(
                gettext("%(name)s: %(before)s on %(first)s, %(after)s on %(last)s.")
                % {
                    "name": line.name,
                    "before": words.number(before),
                    "first": words.day(first),
                    "after": words.number(after),
                    "last": words.day(last),
                }
            )
    return " ".join(said)


def register_source(fictitious: bool | None = None) -> charts.SourceLine:
    """`fictitious`: whether its people are invented, when that is known already."""
    if clock.demo_day() if fictitious is None else fictitious:
        return charts.SourceLine(gettext("this register (fictitious people)"))
    return charts.SourceLine(gettext("this register, %(day)s") % {"day": words.day(clock.today())})


def areas_source() -> list[charts.SourceLine]:
    source = region.current().areas_source
    return [charts.SourceLine(source.title, source.url)] if source else []
