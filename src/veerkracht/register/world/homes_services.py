"""The homes themselves in the demo world: whose they are, where, what is recognised, their staff and their price."""

from datetime import date, timedelta
from itertools import cycle

import numpy as np
import polars as pl

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.residence.models import DayPrice, DayPricePart
from veerkracht.register.residence.rules import rules
from veerkracht.register.staff.models import StaffCount
from veerkracht.register.supply.models import Recognition, Service, Staffing
from veerkracht.register.supply.staffing import norms_of
from veerkracht.register.world.calendar import to_date
from veerkracht.register.world.homes_drawn import Luck, Making, apportioned
from veerkracht.register.world.quality import KIND, home_name
from veerkracht.register.world.staff import SOURCE
from veerkracht.register.world.staff import wanted as wanted_staff
from veerkracht.rulebook.dated import value_on_or_none
from veerkracht.rulebook.day_prices import FIRST, INDEX, YEARLY

_CONFIRMED_DAYS = 60
_COUNTED_DAYS = 14
# How much of its norm a home has, from the shortest to the best staffed.
_STAFF = (0.9, 1.25)
# How far apart prices of homes are, as a standard deviation of the logarithm.
_PRICES_APART = 0.12
_INDEXED = 1.02


def add_services(making: Making, size: np.ndarray, luck: Luck) -> list[Service]:
    """Add the homes, each with what is recognised of it; the first is that of the demo's admission officer."""
    lists = cycle(sorted(region.current().homes) or [""])
    days = luck.integers(1, _CONFIRMED_DAYS, len(size)).tolist()
    now = clock.now()
    services = [
        Service(
            organisation=owner,
            programme=making.programme,
            kind=making.published.service_kind,
            name=name,
            area=area,
            rules=next(lists),
            places_confirmed_at=now - timedelta(days=day),
        )
        for (owner, name), area, day in zip(_owners(len(size)), _areas(len(size)), days, strict=True)
    ]
    Service.objects.bulk_create(services)
    extra = apportioned(size.astype(np.float64), making.wanted.extra)
    since = to_date(making.wanted.since)
    Recognition.objects.bulk_create(
        Recognition(
            service=service,
            holds_from=since,
            places=int(places),
            extra_places=int(heavy),
            source=SOURCE,
            by_name=making.by.name,
            recorded_at=now,
        )
        for service, places, heavy in zip(services, size, extra, strict=True)
    )
    return services


def _owners(count: int) -> list[tuple[Organisation, str]]:
    """Whose each home is and what it is called: first those who are there already, then new ones."""
    worker = Membership.objects.filter(role="admission").select_related("organisation").order_by("pk").first()
    there = list(Organisation.objects.filter(kind=KIND).order_by("pk"))
    found = [(worker.organisation, "Woonzorgcentrum De Proef (demo)")] if worker else []
    found += [(one, one.name) for one in there]
    missing = [home_name(number) for number in range(len(there), max(len(there), count))]
    if len(found) < count:
        made = Organisation.objects.bulk_create(Organisation(name=name, kind=KIND) for name in missing)
        found += [(one, one.name) for one in made]
    return found[:count]


def _areas(count: int) -> list[str]:
    """Homes lie where people are: by the inhabitants of each municipality."""
    areas = region.current().areas.select("code", "inhabitants")
    homes = apportioned(areas["inhabitants"].to_numpy().astype(np.float64), count)
    return (
        areas.select(pl.col("code").repeat_by(pl.Series(homes)).explode()).to_series().drop_nulls().to_list()
    )


def add_staff(making: Making, services: list[Service], units: pl.DataFrame, luck: Luck) -> None:
    """Count the care staff of each home, some short of their norm; nothing where there is no norm or no staff file."""
    staff, programme = region.current().staff, making.programme
    norms = norms_of(programme, clock.today())
    if staff is None or not norms:
        return
    on, now = clock.today() - timedelta(days=_COUNTED_DAYS), clock.now()
    sector = next((one.id for one in staff.sectors if one.id == programme), staff.sectors[0].id)
    kinds = dict(units.group_by("service_id").agg("kind").iter_rows())
    counts, kept = [], []
    for service, share in zip(services, luck.uniform(*_STAFF, len(services)).tolist(), strict=True):
        for profession, fte in wanted_staff(staff, norms, kinds[service.pk]).items():
            hundredths = round(float(fte) * share * 100)
            facts = {
                "service": service,
                "profession": profession,
                "fte_hundredths": hundredths,
                "recorded_at": now,
            }
            kept.append(Staffing(holds_from=on, **facts))
            counts.append(
                StaffCount(
                    organisation_id=service.organisation_id,
                    sector=sector,
                    area=service.area,
                    on=on,
                    persons=max(1, -(-hundredths // 75)),
                    source=SOURCE,
                    by_name=making.by.name,
                    fictitious=True,
                    **facts,
                )
            )
    StaffCount.objects.bulk_create(counts)
    Staffing.objects.bulk_create(kept)


def add_prices(making: Making, services: list[Service], luck: Luck) -> None:
    """What a day costs in each home: around the published mean, and once more with the index."""
    known, published = rules(), making.published
    # Of several grounds of a kind the first.
    grounds = {one.kind: id for id, one in reversed(known.grounds.items())}
    if FIRST not in grounds:
        return
    around = np.exp(luck.normal(-(_PRICES_APART**2) / 2, _PRICES_APART, len(services)))
    first = np.round(published.price_cents * around).astype(np.int64).tolist()
    days = [(published.on, grounds[FIRST], 1.0)]
    later = date(clock.today().year - 1, 2, 1)
    rule = value_on_or_none(known.price_rules, later)
    if INDEX in grounds and rule is not None and rule.rhythm == YEARLY and later > published.on:
        days.append((later, grounds[INDEX], _INDEXED))
    prices = [
        DayPrice(
            service=service,
            from_date=on,
            cents=int(cents * more),
            ground=ground,
            by_name=making.by.name,
            recorded_at=clock.now(),
            fictitious=True,
        )
        for on, ground, more in days
        for service, cents in zip(services, first, strict=True)
    ]
    DayPrice.objects.bulk_create(prices)
    ids, weights = list(known.parts), np.array([4.0, *[1.0] * (len(known.parts) - 1)])
    DayPricePart.objects.bulk_create(
        DayPricePart(price=price, part=id, cents=int(cents))
        for price in prices
        for id, cents in zip(ids, apportioned(weights, price.cents), strict=True)
    )
