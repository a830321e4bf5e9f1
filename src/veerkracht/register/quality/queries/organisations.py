"""One organisation: each of its indicators through time, what it did to better them, and what came of that."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from veerkracht.region.quality import Indicator
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality import access
from veerkracht.register.quality.change import Change, change
from veerkracht.register.quality.judged import Judged, judged
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.models import Improvement
from veerkracht.register.quality.queries.comparison import Point, funnel_of, point


@dataclass(frozen=True)
class Moment:
    """A value through time. `version`, `why`: how often it was corrected, and why the last time. `compared`: the value
    of those who are similar, all together; None when they are too few.
    """

    value_id: int
    from_: date
    until: date
    version: int
    why: str
    source: str
    point: Point
    compared: float | None


@dataclass(frozen=True)
class Series:
    """One indicator of one unit (an organisation, or a service of it), oldest first."""

    indicator: Indicator
    unit: str
    moments: tuple[Moment, ...]
    improvements: tuple[Improvement, ...]


@dataclass(frozen=True)
class Outcome:
    """What came of an improvement for one indicator."""

    indicator: Indicator
    change: Change


@dataclass(frozen=True)
class ImprovementView:
    improvement: Improvement
    unit: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class OrganisationView:
    """`is_own`: whether the reader may report for it."""

    organisation: Organisation
    is_own: bool
    series: tuple[Series, ...]
    improvements: tuple[ImprovementView, ...]


def organisation(actor: Actor, id: int) -> OrganisationView:
    """An organisation's indicators. Raises `Refused` when there is no such organisation or one may not read these."""
    found = access.get_organisation(actor, id)
    values = access.list_values(actor)
    own = values.filter(organisation=found)
    # With all others of those indicators: what is left out of one hangs on the others.
    among = judged(actor, values.filter(indicator__in=own.order_by().values("indicator")))
    improvements = list(access.list_improvements(actor).filter(organisation=found))
    series = _series(found, among, improvements)
    views = tuple(_improvement(one, among) for one in improvements)
    return OrganisationView(found, access.is_of(actor, found.pk), series, views)


def _series(
    organisation: Organisation, among: list[Judged], improvements: Sequence[Improvement]
) -> tuple[Series, ...]:
    quality = definitions()
    order = {id: place for place, id in enumerate(quality.indicators)} if quality else {}
    compared: dict[tuple[object, ...], list[Judged]] = defaultdict(list)
    own: dict[tuple[int, str, int | None], list[Judged]] = defaultdict(list)
    for one in among:
        compared[one.row.indicator, one.row.from_date, one.key].append(one)
        if one.row.organisation_id == organisation.pk:
            own[order[one.row.indicator], one.name, one.row.service_id].append(one)
    least = quality.least_similar if quality else 0
    return tuple(
        Series(
            found[0].indicator,
            name,
            tuple(
                _moment(one, compared[one.row.indicator, one.row.from_date, one.key], least) for one in found
            ),
            tuple(one for one in improvements if _is_for(one, found[0])),
        )
        for (_, name, _), found in sorted(own.items(), key=lambda item: item[0][:2])
    )


def _moment(one: Judged, among: list[Judged], least: int) -> Moment:
    around = funnel_of(among, least)
    row = one.row
    target = around.target if around else None
    return Moment(
        row.pk, row.from_date, row.until_date, row.version, row.why, row.source, point(one, around), target
    )


def _is_for(improvement: Improvement, one: Judged) -> bool:
    of_unit = improvement.service_id in (None, one.row.service_id)
    return of_unit and any(aim.indicator == one.row.indicator for aim in improvement.aims.all())


def _improvement(improvement: Improvement, among: list[Judged]) -> ImprovementView:
    """Of the unit that the improvement is of; one of the organisation as a whole is seen in its own figures."""
    quality = definitions()
    known = quality.indicators if quality else {}
    unit = (improvement.organisation_id, improvement.service_id)
    aims = [aim.indicator for aim in improvement.aims.all() if aim.indicator in known]
    outcomes = tuple(
        Outcome(
            known[id],
            change(
                known[id],
                [one for one in among if one.row.indicator == id and one.unit == unit],
                improvement.from_date,
            ),
        )
        for id in aims
    )
    service = improvement.service
    name = improvement.organisation.name
    return ImprovementView(improvement, f"{name} · {service.name}" if service else name, outcomes)
