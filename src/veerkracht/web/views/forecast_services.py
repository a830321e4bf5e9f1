"""The tabs of what is no list with rounds: places and teams, staff, population. They show whatever series there are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from veerkracht.forecast.show import naming
from veerkracht.region import measures
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import charts, words
from veerkracht.web.charts import theme
from veerkracht.web.views import forecast_series as series
from veerkracht.web.views.forecast_headlines import headlines, in_short, last_day, name_of, per_year
from veerkracht.web.views.forecast_parts import POPULATION, STAFF, Content
from veerkracht.web.views.forecast_series import Drawn

_MOST_HEADLINES = 5
# What is told of staff at once; the rest is in the tables.
_OF_STAFF = ("fte", "vacancies")
_SUPPLY = (".recognised", ".open", ".staffed")
_FIRST = ".waiting.persons"
_CHANGES = 3


@dataclass(frozen=True)
class Group:
    """Series that belong together under a heading: `first` large, then `drawn`, and `detailed` behind a fold."""

    title: str
    first: list[charts.Chart]
    drawn: list[charts.Chart]
    detailed: list[charts.Chart]
    per_year: list[Any]

    @property
    def charts(self) -> list[charts.Chart]:
        return [*self.first, *self.drawn, *self.detailed]


def services(answer: Answer, programme: str) -> Content:
    """A programme with places or teams."""
    names = _names(answer, programme)
    main = [name for name in names if not naming.is_detail(name)]
    stocks = [name for name in main if not naming.is_flow(name)]
    lone = [name for name in main if not name.endswith(_SUPPLY)]
    lone = sorted(lone, key=lambda name: not name.endswith(_FIRST))
    changes = [one for name in lone if not naming.is_flow(name) and (one := _changed(answer, name))]
    group = Group(
        "",
        _supply(answer, [name for name in main if name.endswith(_SUPPLY)]),
        [
            *(chart(answer, name) for name in lone[:1]),
            *changes[:_CHANGES],
            *(chart(answer, name) for name in lone[1:]),
        ],
        [chart(answer, name) for name in names if naming.is_detail(name)],
        per_year(answer, stocks),
    )
    told = [name for name in stocks if name not in main[1:3]]
    content = _content(answer, [group], told, programme, names)
    content.context["explains"] = [*of_the_plan(answer, programme), *content.context["explains"]]
    return content


def of_the_plan(answer: Answer, programme: str) -> list[str]:
    """What a reader must know of the plan before a difference, or that there is none, can be read: which of its
    measures for this kind of help, or for its staff, began before the start; or that it has none."""
    if answer.against is None:
        return []
    sector = answer.region.programme(programme).sector
    there = measures(answer.region, answer.against.plan.id)
    own = [
        one
        for one in measures(answer.region, answer.one.plan.id)
        if one not in there and (one.programme == programme or (sector and one.sector == sector))
    ]
    begun = dict.fromkeys(words.said(one.name) for one in own if one.from_ <= answer.one.start)
    said = {"plan": words.said(answer.one.plan.name), "start": words.day(answer.one.start)}
    if not own:
        return [gettext("“%(plan)s” has no measure for this kind of help, nor for its staff.") % said]
    if not begun:
        return []
    return [
        gettext(
            "Of “%(plan)s” this had begun by %(start)s: %(names)s. It is in the start of both plans, so here it makes "
            "no difference any more."
        )
        % {**said, "names": "; ".join(begun)}
    ]


def staff(answer: Answer) -> Content:
    """Full-time equivalents and vacancies, sector by sector; by profession in the table."""
    names = _names(answer, STAFF)
    sectors = dict.fromkeys(name.split(".")[1] for name in names)
    groups = [_sector(answer, one, [name for name in names if name.split(".")[1] == one]) for one in sectors]
    return _content(answer, groups, [], STAFF, names)


def _sector(answer: Answer, sector: str, names: list[str]) -> Group:
    first = [f"{STAFF}.{sector}.{thing}" for thing in _OF_STAFF]
    title = words.said(naming.part_name(answer.region, STAFF, sector))
    drawn = [chart(answer, name) for name in first if name in names]
    return Group(title, [], drawn, [], per_year(answer, names))


def population(answer: Answer) -> Content:
    """How many people there are, and how many of a great age."""
    names = _names(answer, POPULATION)
    group = Group("", [], [chart(answer, name) for name in names], [], per_year(answer, names))
    return _content(answer, [group], names, POPULATION, names)


def _names(answer: Answer, owner: str) -> list[str]:
    return [name for name in answer.one.values if naming.owner_of(name) == owner]


def _content(answer: Answer, groups: list[Group], told: list[str], id: str, names: list[str]) -> Content:
    context = {
        "in_short": in_short(answer, [name for name in told if ".waiting." in name][:1]),
        "last_day": last_day(answer.one),
        "headlines": headlines(answer, told[:_MOST_HEADLINES]),
        "groups": groups,
        "explains": _explains(id, names),
    }
    return Content(
        "web/parts/forecast_services.html", context, [one for group in groups for one in group.charts]
    )


def _supply(answer: Answer, names: list[str]) -> list[charts.Chart]:
    """What is recognised, open and staffed, in one chart: the middle of each, with the plan that is asked."""
    if not names:
        return []
    found = [(name, series.rows(answer.one.series(), _drawn(answer, name))) for name in names]
    drawn = [
        charts.Line(name_of(name), [(row[0], row[3]) for row in rows], colour=place)
        for place, (name, rows) in enumerate(found)
    ]
    observed, sources = series.published(_drawn(answer, names[0]), answer.one.start)
    return [
        charts.lines(
            id="supply",
            title=gettext("What there is, with “%(plan)s”") % {"plan": words.said(answer.one.plan.name)},
            words=" ".join(series.end_in_words(name_of(name), rows) for name, rows in found),
            note=reading(found),
            series=[*observed, *drawn],
            sources=[*sources, series.played(answer, names[0])],
            from_zero=False,
            width=theme.FULL,
        )
    ]


def reading(found: Sequence[tuple[str, list[tuple]]]) -> str:
    """How to read the lines of what there is; one that lies under another can't be seen."""
    note = gettext(
        "The middle of all plays; the ranges are under “Year by year”. The axis does not begin at zero."
    )
    middles = {name.rpartition(".")[2]: [row[3] for row in rows] for name, rows in found}
    if "open" in middles and middles.get("recognised") == middles["open"]:
        return f"{note} {gettext('Recognised places and open places are one line here.')}"
    return note


def chart(answer: Answer, name: str) -> charts.Chart:
    """A series with its ranges, with one plan and with the other."""
    return series.chart(answer, _drawn(answer, name))


def _drawn(answer: Answer, name: str) -> Drawn:
    return Drawn(
        name,
        name.replace(".", "-"),
        title(answer, name),
        kind=naming.kind_of(name),
        flow=naming.is_flow(name),
    )


def title(answer: Answer, name: str) -> str:
    """A series as a person calls it; of staff with the sector before it."""
    said = name_of(name)
    if naming.owner_of(name) != STAFF:
        return said
    return f"{words.said(naming.part_name(answer.region, STAFF, name.split('.')[1]))}: {_small(said)}"


def _changed(answer: Answer, name: str) -> charts.Chart | None:
    if naming.owner_of(name) == POPULATION or answer.difference is None:
        return None
    drawn = Drawn(
        name,
        f"difference-{name.replace('.', '-')}",
        gettext("What the plan changes: %(what)s") % {"what": _small(title(answer, name))},
        kind=naming.kind_of(name),
        flow=naming.is_flow(name),
    )
    return series.changed(answer, drawn, gettext("More or less than without it"))


def _small(said: str) -> str:
    return f"{said[:1].lower()}{said[1:]}"


def _explains(id: str, names: Iterable[str]) -> list[str]:
    """What a reader must know to read these numbers well."""
    things = {name.split(".", 1)[1] for name in names}
    said = []
    if "places.staffed" in things:
        said.append(
            gettext(
                "A recognised place may not be open yet, or be closed because there is not enough staff. Only a place "
                "with enough staff can be taken."
            )
        )
    if "waiting.persons" in things and id != POPULATION:
        said.append(gettext("A person who stands on several lists counts once."))
    if id == STAFF:
        said.append(gettext("Full-time equivalents: two people who work half-time are one."))
    if id == POPULATION:
        said.append(
            gettext(
                "No plan changes how many people there are: births, deaths and moves are the same with each."
            )
        )
    return said
