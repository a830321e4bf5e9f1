"""Who works in care and welfare, as it is reported: by sector, profession, region, organisation, and through time."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff import access
from veerkracht.register.staff.checks import professions, sectors
from veerkracht.register.staff.queries import tables
from veerkracht.register.staff.queries.tables import Sum
from veerkracht.rulebook.types import Text

SHOWN = 20
_QUARTERS = 12
_YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Asked:
    """Which staff: of a sector, a profession, a province (its name); "" for all."""

    sector: str = ""
    profession: str = ""
    province: str = ""

    def of(self, found: pl.DataFrame) -> pl.DataFrame:
        for name, value in (
            ("sector", self.sector),
            ("profession", self.profession),
            ("province", self.province),
        ):
            if value:
                found = found.filter(pl.col(name) == value)
        return found


@dataclass(frozen=True)
class Group:
    """The staff of a group on a day. `oldest`: the first of the days on which it was counted."""

    id: str
    name: Text
    organisations: int
    persons: Sum
    fte: Sum
    vacancies: Sum
    sick: Sum
    over_50: Sum
    oldest: date | None


@dataclass(frozen=True)
class Flows:
    """Who came and who left in the twelve months before a day, of the periods that ended in them."""

    periods: int
    starters: Sum
    leavers: dict[str, Sum]


@dataclass(frozen=True)
class Moment:
    """The staff of a sector at the end of a quarter, of what was counted by then."""

    on: date
    sector: str
    fte_hundredths: int | None
    organisations: int


@dataclass(frozen=True)
class Overview:
    """`groups`: by sector and profession together; `whole`: all of it."""

    on: date
    whole: Group
    by_sector: tuple[Group, ...]
    by_profession: tuple[Group, ...]
    by_region: tuple[Group, ...]
    ages: tuple[Sum, Sum, Sum]
    flows: Flows
    through_time: tuple[Moment, ...]


def overview(actor: Actor, asked: Asked, on: date | None = None) -> Overview:
    """What is reported of staff, as far as an actor may know of it. Raises `Refused`."""
    on = on or clock.today()
    counts = asked.of(tables.counts(access.list_counts(actor)))
    periods = tables.periods(access.list_flows(actor))
    flows = Asked(asked.sector, asked.profession).of(periods) if not asked.province else periods.clear()
    now = tables.latest(counts, on)
    ages = tables.summed(now, ("under_30", "from_30_to_49", "over_50"))
    return Overview(
        on=on,
        whole=_group("", Text(), now),
        by_sector=tuple(_group(one.id, one.name, _only(now, "sector", one.id)) for one in sectors()),
        by_profession=tuple(
            _group(one.id, one.name, _only(now, "profession", one.id)) for one in professions()
        ),
        by_region=tuple(
            _group(name, Text(name, name), _only(now, "region", name))
            for name in sorted(now["region"].drop_nulls().unique())
        ),
        ages=(ages["under_30"], ages["from_30_to_49"], ages["over_50"]),
        flows=_flows(flows, on),
        through_time=_through_time(counts, on),
    )


@dataclass(frozen=True)
class CountRow:
    """A count that an organisation's staff rests on. `service`: its name; "" for the organisation itself."""

    id: int
    profession: str
    service: str
    on: date


@dataclass(frozen=True)
class OrganisationRow:
    """An organisation with its staff, and the counts that this rests on."""

    id: int
    name: str
    staff: Group
    counts: tuple[CountRow, ...]


@dataclass(frozen=True)
class OrganisationPage:
    """Organisations by name. `after`: what to ask for the next page; "" on the last."""

    rows: tuple[OrganisationRow, ...]
    after: str


def organisations(actor: Actor, asked: Asked, *, after: str = "", size: int = SHOWN) -> OrganisationPage:
    """The organisations of which an actor may know the staff, page by page.

    Raises `Refused` for who may see none, and `Invalid` for a page that isn't there.
    """
    counts = access.list_counts(actor)
    found = Organisation.objects.filter(pk__in=counts.values("organisation")).order_by("name", "id")
    if last := last_seen(found, after):
        found = found.filter(_beyond(last))
    rows = list(found[: size + 1])
    shown = rows[:size]
    of_these = counts.filter(organisation__in=shown)
    names = dict(of_these.exclude(service=None).values_list("service", "service__name").distinct())
    table = tables.latest(asked.of(tables.counts(of_these)), clock.today())
    views = tuple(_organisation(one, _only(table, "organisation", one.pk), names) for one in shown)
    return OrganisationPage(views, str(shown[-1].pk) if len(rows) > size else "")


def _organisation(one: Organisation, own: pl.DataFrame, names: dict[int, str]) -> OrganisationRow:
    rows = own.sort("service", "profession").select("id", "profession", "service", "on").rows()
    counts = tuple(
        CountRow(id, profession, names.get(service, ""), on) for id, profession, service, on in rows
    )
    return OrganisationRow(one.pk, one.name, _group(str(one.pk), Text(one.name, one.name), own), counts)


def _beyond(last: Organisation) -> Q:
    return Q(name__gt=last.name) | Q(name=last.name, pk__gt=last.pk)


def _only(found: pl.DataFrame, name: str, value: object) -> pl.DataFrame:
    return found.filter(pl.col(name) == value)


def _group(id: str, name: Text, found: pl.DataFrame) -> Group:
    sums = tables.summed(found, ("persons", "fte_hundredths", "vacancies", "over_50"))
    oldest = found["on"].min()
    return Group(
        id=id,
        name=name,
        organisations=found["organisation"].n_unique(),
        persons=sums["persons"],
        fte=sums["fte_hundredths"],
        vacancies=sums["vacancies"],
        sick=tables.sick(found),
        over_50=sums["over_50"],
        oldest=oldest if isinstance(oldest, date) else None,
    )


def _flows(found: pl.DataFrame, on: date) -> Flows:
    within = found.filter(pl.col("until_date").is_between(on - _YEAR, on, closed="right"))
    sums = tables.summed(within, tables.FLOWS)
    return Flows(within.height, sums.pop("starters"), sums)


def _through_time(counts: pl.DataFrame, on: date) -> tuple[Moment, ...]:
    first = counts["on"].min()
    moments = []
    for day in _quarter_ends(on):
        if not isinstance(first, date) or day < first:
            continue
        now = tables.latest(counts, day)
        for (sector,), own in now.group_by(["sector"], maintain_order=True):
            fte = tables.summed(own, ("fte_hundredths",))["fte_hundredths"]
            moments.append(Moment(day, str(sector), fte.value, own["organisation"].n_unique()))
    return tuple(moments)


def _quarter_ends(on: date) -> list[date]:
    """The last days of the quarters before a day, and the day itself."""
    first = date(on.year, 3 * ((on.month - 1) // 3) + 1, 1)
    ends = [on]
    for _ in range(_QUARTERS):
        ends.append(first - timedelta(days=1))
        first = date(ends[-1].year, 3 * ((ends[-1].month - 1) // 3) + 1, 1)
    return sorted(set(ends))
