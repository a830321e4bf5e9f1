"""The growth calendar: what was awarded, what became of it, and how long it took from the period awarded to use."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from django.db.models import Q

from veerkracht import region
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.supply import access
from veerkracht.register.supply.models import Award, AwardStep
from veerkracht.rulebook.types import Assumption, Source, Text

SHOWN = 25
_DAYS_OF_A_QUARTER = 365.25 / 4


@dataclass(frozen=True)
class AwardRow:
    """An award with the steps that it went through. `left`: places still to come."""

    id: int
    version: int
    organisation: str
    service: str
    programme: str
    kind: str
    area: str
    units: int
    lapsed: int
    realised: int
    left: int
    awarded_for: date
    period_from: date
    source: str
    steps: tuple[AwardStep, ...]
    may_decide: bool


@dataclass(frozen=True)
class AwardPage:
    """Awards by the first day of their period, latest first. `after`: what to ask for the next page; "" on the last."""

    rows: tuple[AwardRow, ...]
    after: str


@dataclass(frozen=True)
class Year:
    """The awards whose period, as first awarded, begins in a year. `postponed`: places whose period was moved, each
    once.
    """

    year: int
    awarded: int = 0
    postponed: int = 0
    lapsed: int = 0
    realised: int = 0
    left: int = 0


@dataclass(frozen=True)
class LeadTime:
    """From the first day of the period awarded to use, in quarters of a year, of the places of one year and kind that
    came into use: the lower median, and the shortest and the longest. `places`: how many these are, of so many `of`.
    """

    year: int
    kind: str
    median: float
    shortest: float
    longest: float
    places: int
    of: int


@dataclass(frozen=True)
class Ceiling:
    """What the region's file says may be added in a year, at most."""

    year: int
    units: float
    text: Text
    source: Source | None
    assumption: Assumption | None


def awards(
    actor: Actor, programme: str = "", *, year: int | None = None, after: str = "", size: int = SHOWN
) -> AwardPage:
    """A page of the awards that an actor may know of; three queries. `year`: of the period first awarded.

    Raises `Refused` for who may see none, and `Invalid` for a page that isn't there.
    """
    found = access.list_awards(actor, programme)
    if year is not None:
        found = found.filter(awarded_for__year=year)
    if last := last_seen(found, after):
        found = found.filter(_beyond(last))
    ordered = found.order_by("-period_from", "-id").prefetch_related("steps")
    rows = list(ordered[: size + 1])
    shown = tuple(_row(actor, award) for award in rows[:size])
    return AwardPage(shown, str(shown[-1].id) if len(rows) > size else "")


def years(actor: Actor, programme: str = "") -> list[Year]:
    """What became of all awards, by year of the period first awarded; two queries."""
    by_year: dict[int, list[Award]] = {}
    for award in access.list_awards(actor, programme).prefetch_related("steps"):
        by_year.setdefault(award.awarded_for.year, []).append(award)
    return [_year(year, by_year[year]) for year in sorted(by_year)]


def lead_times(actor: Actor, programme: str = "") -> list[LeadTime]:
    """How long it took, by year of the period first awarded and kind; each place counts. Two queries."""
    groups: dict[tuple[int, str], list[Award]] = {}
    for award in access.list_awards(actor, programme).prefetch_related("steps"):
        groups.setdefault((award.awarded_for.year, award.kind), []).append(award)
    found = (_lead_time(year, kind, ones) for (year, kind), ones in sorted(groups.items()))
    return [one for one in found if one]


def ceilings(programme: str) -> list[Ceiling]:
    """What may be added to a kind of help by year, by the region's file."""
    supply = region.current().supplies.get(programme)
    growth = sorted(supply.growth if supply else (), key=lambda one: one.from_)
    return [Ceiling(one.from_.year, one.units, one.text, one.source, one.assumption) for one in growth]


def _row(actor: Actor, award: Award) -> AwardRow:
    own = ("version", "programme", "kind", "area", "units", "lapsed", "realised", "left", "awarded_for")
    return AwardRow(
        id=award.pk,
        organisation=award.organisation.name,
        service=award.service.name if award.service else "",
        period_from=award.period_from,
        source=award.source,
        steps=tuple(sorted(award.steps.all(), key=lambda step: step.pk)),
        may_decide=award.left > 0 and may("growth.decide", actor, award.programme),
        **{name: getattr(award, name) for name in own},
    )


def _year(year: int, ones: Sequence[Award]) -> Year:
    moved = (one for one in ones if one.period_from > one.awarded_for)
    return Year(
        year=year,
        awarded=sum(one.units for one in ones),
        # Of one postponed twice the places still stand there once.
        postponed=sum(
            max(step.units for step in one.steps.all() if step.kind == "postponed") for one in moved
        ),
        lapsed=sum(one.lapsed for one in ones),
        realised=sum(one.realised for one in ones),
        left=sum(one.left for one in ones),
    )


def _lead_time(year: int, kind: str, ones: Iterable[Award]) -> LeadTime | None:
    ones = list(ones)
    quarters = [
        (step.holds_from - award.awarded_for).days / _DAYS_OF_A_QUARTER
        for award in ones
        for step in award.steps.all()
        if step.kind == "realised"
        for _place in range(step.units)
    ]
    if not quarters:
        return None
    of = sum(one.units for one in ones)
    return LeadTime(year, kind, median_low(quarters), min(quarters), max(quarters), len(quarters), of)


def _beyond(last: Award) -> Q:
    return Q(period_from__lt=last.period_from) | Q(period_from=last.period_from, pk__lt=last.pk)
