"""Open, staffed, recognised: the places of the services that somebody may know of, service by service and by area."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

import polars as pl

from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import access
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries.staffing import Staffed, staffing
from veerkracht.register.supply.secrecy import open_only
from veerkracht.rulebook.types import Text

SHOWN = 25
# Of a file with a service a row.
HEADS = (
    "service",
    "organisation",
    "programme",
    "area",
    "recognised",
    "open",
    "staffed",
    "occupied",
    "held",
    "offerable",
    "missing_fte",
    "counted_on",
    "unknown",
)


@dataclass(frozen=True)
class PlacesOf:
    """A service and its places. `region`: the name of the region that its municipality lies in."""

    service: Service
    region: str
    places: Staffed


@dataclass(frozen=True)
class Total:
    """The places of all services of a region together. `staffed`, `offerable`, `missing_hundredths`: of the services of
    which it is known; `unknown` is how many open places those of which it is not known have.
    """

    region: str
    services: int = 0
    recognised: int = 0
    recognised_unknown: int = 0
    open: int = 0
    staffed: int = 0
    offerable: int = 0
    unknown: int = 0
    missing_hundredths: int = 0


@dataclass(frozen=True)
class StaffedPage:
    """Services by name, and what all of them have by region. `after`: what to ask for the next page."""

    rows: tuple[PlacesOf, ...]
    by_region: tuple[Total, ...]
    whole: Total
    after: str


def every(actor: Actor, programme: str = "") -> list[PlacesOf]:
    """All services that an actor may know of, by name. Raises `Refused`."""
    found = access.list_staffed_services(actor)
    services = list(found.filter(programme=programme) if programme else found)
    places, regions = staffing(services), _regions()
    return [PlacesOf(one, regions.get(one.area, one.area), places[one.pk]) for one in services]


def staffed_places(actor: Actor, programme: str = "", *, after: str = "", size: int = SHOWN) -> StaffedPage:
    """A page of services, with what all of them have together.

    Raises `Refused` for who may see none, and `Invalid` for a page that isn't there.
    """
    found = every(actor, programme)
    begin = 0
    if after:
        begin = next((place + 1 for place, one in enumerate(found) if str(one.service.pk) == after), 0)
        if not begin:
            raise Invalid(
                Text(
                    nl="Deze bladzijde van de plaatsen bestaat niet. Begin weer bij de eerste.",
                    en="There is no such page of the places. Start again at the first.",
                ),
                "after",
            )
    shown = found[begin : begin + size]
    more = begin + size < len(found)
    by_region = groupby(sorted(found, key=lambda one: one.region), key=lambda one: one.region)
    return StaffedPage(
        rows=tuple(shown),
        by_region=tuple(_total(name, own) for name, own in by_region),
        whole=_total("", found),
        after=str(shown[-1].service.pk) if more and shown else "",
    )


def exported(actor: Actor, programme: str = "") -> list[list[object]]:
    """The services that an actor may know of as rows of a file, in the columns of `HEADS`; None for what is not known.
    Nothing at a secret address. Raises `Refused`.
    """
    return [_row(one) for one in open_only(every(actor, programme), lambda one: one.service)]


def _row(one: PlacesOf) -> list[object]:
    service, places = one.service, one.places
    short = None if places.staffed is None else missing(places) / 100
    about = [service.name, service.organisation.name, service.programme, service.area]
    counts = [places.recognised, places.open, places.staffed, places.occupied, places.held, places.offerable]
    return [*about, *counts, short, places.counted_on, places.unknown]


def missing(places: Staffed) -> int:
    """What is short to keep all open places open, in hundredths of a full-time equivalent: of the norm that is shortest
    of it, since one carer can fill several norms.
    """
    return max((one.fte_hundredths for one in places.missing), default=0)


def _total(region: str, rows: Iterable[PlacesOf]) -> Total:
    total = Total(region)
    for one in rows:
        of = one.places
        is_known = of.staffed is not None
        total = replace(
            total,
            services=total.services + 1,
            recognised=total.recognised + (of.recognised or 0),
            recognised_unknown=total.recognised_unknown + (of.recognised is None),
            open=total.open + of.open,
            staffed=total.staffed + (of.staffed or 0),
            offerable=total.offerable + (of.offerable or 0),
            unknown=total.unknown + (0 if is_known else of.open),
            missing_hundredths=total.missing_hundredths + missing(of),
        )
    return total


def _regions() -> dict[str, str]:
    return dict(areas.table().select(pl.col("code"), pl.col("region_name")).iter_rows())
