"""Crisis desks in the demo world: invented shelters in each zone, two weeks of calls, and a few that run now."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from django.db import transaction

from veerkracht import region
from veerkracht.region.crisis import CASE, Crisis, Kind, Zone
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.actions.calls import CALL
from veerkracht.register.crisis.actions.searches import SEARCH
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import Call, Consult, NoneFound, Search, SearchStep
from veerkracht.register.crisis.needs import Need
from veerkracht.register.crisis.queries.matches import matches
from veerkracht.register.people import areas, numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.access import get_service
from veerkracht.register.supply.models import Service

PROGRAMME = "crisis-help"
_DAYS, _CALLS_A_DAY = 14, 14
# Calls by hour of the day: most in the evening, some all night.
_BY_HOUR = np.array([3, 2, 2, 1, 1, 1, 1, 2, 4, 5, 5, 5, 4, 4, 4, 5, 6, 7, 8, 8, 8, 7, 6, 5], dtype=float)
# What comes of a search: found in one's own zone, in another, nowhere, or stopped. Invented; that about one in four
# finds nothing is near what the Court of Audit published of 2015-2016 (28.5% of minors).
_OUTCOMES = {"near": 0.48, "far": 0.15, "none": 0.27, "stopped": 0.10}
_SLEEPS = {"case": (1, 1, 1, 1), "minors": (1, 1, 1), "beds": (4, 3, 2, 2)}
_LEFT_AFTER = timedelta(days=2)


@dataclass
class _Drawn:
    """Rows of the past, not yet written; the same number is the place of what belongs together."""

    calls: list[Call]
    consults: list[Consult]
    searches: list[Search]
    steps: list[SearchStep]
    none: list[NoneFound]


def add_crisis(seed: int) -> None:
    """Add shelters, the past two weeks, and some calls of now; nothing in a region without a crisis desk."""
    crisis = region.current().crisis
    workers = [Actor(one.user, one) for one in _memberships()]
    if crisis is None or not workers:
        return
    services = _add_shelters(crisis)
    with transaction.atomic():
        _write(_past(crisis, workers, services, np.random.default_rng(seed)))
    for worker in workers:
        _begin(crisis, worker)
    _tonight(crisis, workers[0])


def _memberships() -> list[Membership]:
    held = Membership.objects.filter(role="crisis-worker").select_related("user", "organisation")
    return list(held.order_by("pk"))


def _add_shelters(crisis: Crisis) -> dict[tuple[str, str], Service]:
    """One service of each kind in each zone, by both."""
    by = Actor.for_command("world")
    owner = Organisation.objects.create(name="Opvang Voorbeeld (demo)", kind="provider")
    return {
        (zone.id, kind.id): _shelter(owner, crisis, zone, kind, by)
        for zone in crisis.zones.values()
        for kind in crisis.kinds.values()
    }


def _shelter(owner: Organisation, crisis: Crisis, zone: Zone, kind: Kind, by: Actor) -> Service:
    codes = _codes(zone)
    area = codes[(3 * list(crisis.kinds).index(kind.id) + 1) % len(codes)]
    name = f"{kind.name.nl} {zone.name.nl} (demo)"
    service = supply.add_service(owner, by=by, programme=PROGRAMME, name=name, area=area, secret=kind.secret)
    address = f"Verzonnen Straat {len(name)}"
    location = supply.add_location(owner, by=by, name=name, area=area, address=address, secret=kind.secret)
    service = supply.place_service(service, by=by, location=location)
    sleeps = _SLEEPS[CASE if kind.fills == CASE else "minors" if kind.minors else "beds"]
    for number, people in enumerate(sleeps, 1):
        supply.add_unit(
            service, by=by, name=f"Kamer {number}", on=clock.today() - timedelta(days=365), sleeps=people
        )
    described = actions.Description(
        kinds=(kind.id,),
        adults=not kind.minors,
        from_age=6 if kind.minors else 0,
        pets=kind.id == next(reversed(crisis.kinds)),
        step_free=area == codes[0] or kind.fills == CASE,
        languages=tuple(crisis.choices["language"])[: 2 + len(area) % 2],
        phone="0400 00 00 00",
    )
    actions.describe_shelter(service, described, by=by)
    return supply.confirm_places(service, by=by)


def _codes(zone: Zone) -> list[str]:
    found = areas.table().filter(pl.col(zone.level) == zone.code)
    return found.sort("inhabitants", "code", descending=True)["code"].to_list()


# ---------------------------------------------------------------- the past, as rows


def _past(
    crisis: Crisis, workers: list[Actor], services: dict[tuple[str, str], Service], luck: np.random.Generator
) -> _Drawn:
    drawn = _Drawn([], [], [], [], [])
    place = ZoneInfo(region.current().time_zone)
    first = clock.today() - timedelta(days=_DAYS)
    turns = cycle(workers)
    for day in range(_DAYS):
        for moment in sorted(_moments(first + timedelta(days=day), place, luck)):
            call = _call(crisis, next(turns), moment, luck)
            drawn.calls.append(call)
            if luck.random() < 0.45:
                drawn.consults.append(_consult(crisis, call, luck))
            else:
                _search(crisis, drawn, call, services, luck)
    return drawn


def _moments(day: date, place: ZoneInfo, luck: np.random.Generator) -> list[datetime]:
    count = int(luck.poisson(_CALLS_A_DAY))
    hours = luck.choice(24, size=count, p=_BY_HOUR / _BY_HOUR.sum())
    minutes = luck.integers(60, size=count)
    return [
        datetime.combine(day, time(int(hour), int(minute)), tzinfo=place)
        for hour, minute in zip(hours, minutes, strict=True)
    ]


def _call(crisis: Crisis, worker: Actor, at: datetime, luck: np.random.Generator) -> Call:
    zones = list(crisis.zones.values())
    area = _pick(luck, _codes(zones[int(luck.integers(len(zones)))])[:12])
    return Call(
        reference=UUID(bytes=luck.bytes(16)),
        organisation_id=worker.organisation_id,
        by=worker.user,
        by_name=worker.name,
        channel=_pick(luck, list(crisis.choices["channel"])),
        caller=_pick(luck, list(crisis.choices["caller"])),
        area=area,
        topics=[_pick(luck, list(crisis.choices["topic"]))],
        at=at,
        recorded_at=at,
        fictitious=True,
    )


def _consult(crisis: Crisis, call: Call, luck: np.random.Generator) -> Consult:
    advice = [_pick(luck, list(crisis.choices["advice"]))]
    return Consult(call=call, advice=advice, by_name=call.by_name, at=call.at + timedelta(minutes=10))


def _search(
    crisis: Crisis,
    drawn: _Drawn,
    call: Call,
    services: dict[tuple[str, str], Service],
    luck: np.random.Generator,
) -> None:
    kind = crisis.kinds[_pick(luck, list(crisis.kinds))]
    zone = crisis.zones[crisis.zone_by_area[call.area]]
    children = sorted(int(age) for age in luck.integers(0, 18, size=int(luck.integers(kind.minors, 4))))
    adults = 0 if kind.minors else 1
    outcome = str(luck.choice(list(_OUTCOMES), p=list(_OUTCOMES.values())))
    if outcome == "far" and not zone.falls_back_on:
        outcome = "near"
    search = Search(
        call=call,
        reference=UUID(bytes=luck.bytes(16)),
        kind=kind.id,
        adults=adults,
        children=children,
        persons=adults + len(children),
        nights=int(luck.integers(1, 8)),
        from_area=call.area,
        zone=zone.id,
        by_name=call.by_name,
        made_at=call.at,
        updated_at=call.at,
    )
    drawn.searches.append(search)
    step = 1 + int(luck.integers(len(zone.falls_back_on))) if outcome == "far" else 0
    found_in = zone.falls_back_on[step - 1] if step else zone.id
    _play(crisis, drawn, search, services[found_in, kind.id], step, outcome, luck)


def _play(
    crisis: Crisis,
    drawn: _Drawn,
    search: Search,
    service: Service,
    zone_step: int,
    outcome: str,
    luck: np.random.Generator,
) -> None:
    """The steps of a search that is over."""
    add = _Steps(drawn, search)
    add("asked", 0)
    if outcome != "near" or luck.random() < 0.3:
        add("refused", 12, service=service, reason=_pick(luck, list(crisis.choices["refusal"])))
    if outcome in ("near", "far"):
        add("held", 20, service=service, zone_step=zone_step, places=1)
        add("confirmed", 35, service=service, places=1)
        add("transport", 36, service=service, reason=_pick(luck, list(crisis.choices["transport"])))
        add("ended", int(_LEFT_AFTER / timedelta(minutes=1)))
    elif outcome == "none":
        reason = _pick(luck, list(crisis.choices["none_reason"]))
        fallback = _pick(luck, list(crisis.choices["fallback"]))
        at = search.made_at + timedelta(minutes=55)
        drawn.none.append(
            NoneFound(search=search, reason=reason, fallback=fallback, asked=1, by_name=search.by_name, at=at)
        )
        add("none-found", 55, reason=reason)
    else:
        add("ended", 40)
    search.state = "none" if outcome == "none" else "ended"


class _Steps:
    """Adds steps to a search, each so many minutes after it began."""

    def __init__(self, drawn: _Drawn, search: Search):
        self.drawn, self.search = drawn, search

    def __call__(self, kind: str, minutes: int, **facts: Any) -> None:
        search = self.search
        search.version += 1
        search.updated_at = search.made_at + timedelta(minutes=minutes)
        self.drawn.steps.append(
            SearchStep(
                search=search,
                sequence=search.version,
                kind=kind,
                by=search.call.by,
                by_name=search.by_name,
                role="crisis-worker",
                at=search.updated_at,
                **facts,
            )
        )


def _write(drawn: _Drawn) -> None:
    for rows, prefix in ((drawn.calls, CALL), (drawn.searches, SEARCH)):
        for row, number in zip(rows, numbers.take(prefix, len(rows)), strict=True):
            row.number = number
    Call.objects.bulk_create(drawn.calls)
    Consult.objects.bulk_create(drawn.consults)
    Search.objects.bulk_create(drawn.searches)
    SearchStep.objects.bulk_create(drawn.steps)
    NoneFound.objects.bulk_create(drawn.none)


def _pick(luck: np.random.Generator, options: list[str]) -> str:
    return options[int(luck.integers(len(options)))]


# ---------------------------------------------------------------- now, by the actions


def _begin(crisis: Crisis, worker: Actor) -> None:
    now, zone = clock.now(), region.current().time_zone
    running = next((one.id for one in crisis.shifts.values() if one.ends(now, zone)), None)
    if running is not None:
        actions.start_shift(by=worker, kind=running)


def _tonight(crisis: Crisis, worker: Actor) -> None:
    """A family by name that found a place, one for whom one is held, one that found none, and one still searching."""
    zone = next(iter(crisis.zones.values()))
    area, kind = _codes(zone)[0], next(iter(crisis.kinds))
    family = Need(kind=kind, from_area=area, adults=1, children=(4, 9), nights=3)
    placed = _asked(crisis, worker, family)
    actions.identify(
        placed.call,
        [
            Identity("Fabelia", "Verzonnens", date(1992, 3, 9)),
            Identity("Proefje", "Verzonnens", date(2014, 6, 1), role="child"),
        ],
        by=worker,
    )
    _hold(worker, placed)
    actions.confirm(placed, by=worker, transport=next(iter(crisis.choices["transport"])))
    _hold(worker, _asked(crisis, worker, Need(kind=kind, from_area=area, adults=1)))
    none = _asked(crisis, worker, Need(kind=kind, from_area=area, adults=2, children=tuple(range(1, 13))))
    reason, fallback = (next(iter(crisis.choices[listed])) for listed in ("none_reason", "fallback"))
    actions.none_found(none, by=worker, reason=reason, fallback=fallback)
    actions.promise_call_back(
        none.call,
        by=worker,
        in_minutes=30,
        how="0400 00 00 00",
        safe="niet na 22 uur",
    )
    _asked(crisis, worker, Need(kind=kind, from_area=_codes(zone)[1], adults=1, children=(2,)))


def _asked(crisis: Crisis, worker: Actor, need: Need) -> Search:
    told = actions.Told(
        channel=next(iter(crisis.choices["channel"])),
        caller=next(iter(crisis.choices["caller"])),
        area=need.from_area,
        topics=(next(iter(crisis.choices["topic"])),),
    )
    return actions.search(actions.take_call(told, by=worker), need, by=worker)


def _hold(worker: Actor, search: Search) -> None:
    found = matches(worker, search).found
    if found:
        actions.hold_for(search, get_service(worker, found[0].service), by=worker)
