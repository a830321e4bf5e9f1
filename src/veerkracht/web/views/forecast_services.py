"""The tabs of what is no list with rounds: places and teams, staff, population. They show whatever series there are."""

from collections.abc import Iterable

from django.utils.translation import gettext

from veerkracht.forecast.show import naming
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import charts, words
from veerkracht.web.charts import theme
from veerkracht.web.views import forecast_series as series
from veerkracht.web.views.forecast_headlines import headlines, in_short, last_day, name_of, per_year
from veerkracht.web.views.forecast_parts import POPULATION, STAFF, Content
from veerkracht.web.views.forecast_series import Drawn

_MOST_HEADLINES = 5


def services(answer: Answer, programme: str) -> Content:
    """A programme with places or teams."""
    return _content(answer, _names(answer, programme), programme)


def staff(answer: Answer) -> Content:
    """Full-time equivalents, vacancies and exits, sector by sector."""
    return _content(answer, _names(answer, STAFF), STAFF)


def population(answer: Answer) -> Content:
    """How many people there are, and how many of a great age."""
    return _content(answer, _names(answer, POPULATION), POPULATION)


def _names(answer: Answer, owner: str) -> list[str]:
    return [name for name in answer.one.values if naming.owner_of(name) == owner]


def _content(answer: Answer, names: list[str], id: str) -> Content:
    main = [name for name in names if not naming.is_detail(name)]
    parts = [name for name in names if naming.is_detail(name)]
    drawn = [chart(answer, name, is_first=place == 0) for place, name in enumerate(main)]
    detailed = [chart(answer, name) for name in parts]
    changes = [one for name in main[:2] if (one := _changed(answer, name))]
    context = {
        "in_short": in_short(answer, main[:1]),
        "last_day": last_day(answer.one),
        "headlines": headlines(answer, main[:_MOST_HEADLINES]),
        "per_year": per_year(answer, main),
        "first": drawn[:1],
        "drawn": [*changes, *drawn[1:]],
        "detailed": detailed,
        "explains": _explains(id, names),
    }
    return Content("web/parts/forecast_services.html", context, [*drawn, *detailed, *changes])


def chart(answer: Answer, name: str, *, is_first: bool = False) -> charts.Chart:
    return series.chart(answer, _drawn(answer, name, is_first=is_first))


def _drawn(answer: Answer, name: str, *, is_first: bool = False) -> Drawn:
    return Drawn(
        name,
        name.replace(".", "-"),
        title(answer, name),
        kind=naming.kind_of(name),
        flow=naming.is_flow(name),
        width=theme.FULL if is_first else None,
    )


def title(answer: Answer, name: str) -> str:
    """A series as a person calls it; of staff with the sector before it."""
    said = name_of(name)
    if naming.owner_of(name) != STAFF:
        return said
    sector = words.said(naming.part_name(answer.region, STAFF, name.split(".")[1]))
    return f"{sector}: {said[:1].lower()}{said[1:]}"


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
