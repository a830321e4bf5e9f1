"""Which places fit a search now, in the order in which they are asked, with the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from veerkracht.region.crisis import Crisis
from veerkracht.register import clock
from veerkracht.register.crisis import access
from veerkracht.register.crisis.candidates import Chosen, Judged, judged_for
from veerkracht.register.crisis.models import Search
from veerkracht.register.crisis.rules import rules
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.matching import FIT
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Match:
    """A service that fits. `area`, `km`: where it lies; of one at a secret address its zone only, and None.

    `zone_step`: 0 in the search's own zone, 1 in the first it falls back on. `units`: the places that would be held.
    `told_at`: when the service last said that its places are as they stand here.
    """

    service: int
    name: str
    organisation: str
    secret: bool
    area: str
    zone: Text
    zone_step: int
    km: float | None
    units: tuple[str, ...]
    beds: int
    spare_beds: int
    told_at: datetime | None
    reasons: tuple[Text, ...]


@dataclass(frozen=True)
class LeftOut:
    """Why services that give this help are not asked, and how many. For safety: that, and no more."""

    reason: Text
    services: int


@dataclass(frozen=True)
class Matches:
    """`found` in the order in which they are asked. `at`: how old it is."""

    found: tuple[Match, ...]
    left_out: tuple[LeftOut, ...]
    at: datetime

    @property
    def beyond_zone(self) -> bool:
        """Whether there is none in the search's own zone, and some in another."""
        return bool(self.found) and self.found[0].zone_step > 0


def matches(actor: Actor, search: Search) -> Matches:
    """The services that fit a search of one's own desk, first to ask first. Raises `Refused`."""
    access.require_desk("search.place", actor, search.call)
    record(actor, "list", "match", detail={"search": search.number})
    judged = judged_for(search)
    crisis = rules()
    holding = {fit.id: fit for fit in crisis.matching.fits if fit.holds(clock.today())}
    preferences = [one.reason for one in crisis.matching.preferences if one.holds(clock.today())]
    found = tuple(
        _match(crisis, row, judged.chosen[row["id"]], (*_met(crisis, row), *preferences))
        for row in judged.fitting()
    )
    return Matches(found, _left_out(judged, holding), clock.now())


def _match(crisis: Crisis, row: Mapping[str, Any], chosen: Chosen, reasons: tuple[Text, ...]) -> Match:
    service = chosen.service
    zone = crisis.zone_of(service.area)
    secret = service.secret
    return Match(
        service=service.pk,
        name=service.name,
        organisation=service.organisation.name,
        secret=secret,
        area="" if secret else service.area,
        zone=zone.name if zone else Text(),
        zone_step=chosen.zone_step or 0,
        km=None if secret else row["km"],
        units=tuple(unit.name for unit in chosen.units),
        beds=sum(unit.sleeps for unit in chosen.units),
        spare_beds=row["spare_beds"],
        told_at=service.places_confirmed_at,
        reasons=reasons,
    )


def _met(crisis: Crisis, row: Mapping[str, Any]) -> list[Text]:
    """The conditions that a service meets."""
    return [fit.reason for fit in crisis.matching.fits if row.get(FIT + fit.id)]


def _left_out(judged: Judged, fits: Mapping[str, Any]) -> tuple[LeftOut, ...]:
    """Each service by the first condition that it does not meet; what is for safety goes before all else."""
    counts: dict[Text, int] = {}
    sequence = sorted(fits.values(), key=lambda fit: not fit.is_safety)
    for row in judged.table.iter_rows(named=True):
        first = next((fit for fit in sequence if not row[FIT + fit.id]), None)
        if first is not None:
            counts[first.unmet] = counts.get(first.unmet, 0) + 1
    return tuple(LeftOut(reason, count) for reason, count in counts.items())
