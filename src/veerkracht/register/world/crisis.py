"""Crisis desks in the demo world: invented shelters in each zone, and six weeks of calls; then what runs now."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from django.db import transaction

from veerkracht import region
from veerkracht.region.crisis import Crisis, Zone
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.actions.calls import CALL
from veerkracht.register.crisis.actions.searches import SEARCH
from veerkracht.register.crisis.models import Call, Consult, NoneFound, Search, SearchStep
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Service
from veerkracht.register.world import crisis_now
from veerkracht.register.world.people import TEAM
from veerkracht.rulebook.now import CASE, Kind

# Four weeks before the campaign of the demo and the two in which it runs, so that they are compared.
_DAYS, _CALLS_A_DAY = 42, 14
# Calls by hour of the day: most in the evening, some all night.
_BY_HOUR = np.array([3, 2, 2, 1, 1, 1, 1, 2, 4, 5, 5, 5, 4, 4, 4, 5, 6, 7, 8, 8, 8, 7, 6, 5], dtype=float)
# What comes of a search: found in one's own zone, in another, nowhere, or stopped. Invented; that about one in four
# finds nothing is near what the Court of Audit published of 2015-2016 (28.5% of minors).
_OUTCOMES = {"near": 0.48, "far": 0.15, "none": 0.27, "stopped": 0.10}
_SLEEPS = {"case": (1, 1, 1, 1), "minors": (1, 1, 1), "beds": (4, 3, 2, 2)}
_LEFT_AFTER = timedelta(days=2)


@dataclass
class _Past:
    """What the past is drawn from, and its rows, not yet written."""

    crisis: Crisis
    services: dict[tuple[str, str], Service]
    luck: np.random.Generator
    calls: list[Call] = field(default_factory=list)
    consults: list[Consult] = field(default_factory=list)
    searches: list[Search] = field(default_factory=list)
    steps: list[SearchStep] = field(default_factory=list)
    none: list[NoneFound] = field(default_factory=list)

    def word(self, listed: str) -> str:
        """One of a list of the region's file."""
        return self.pick(list(self.crisis.choices[listed]))

    def pick(self, options: list[str]) -> str:
        return options[int(self.luck.integers(len(options)))]

    def reference(self) -> UUID:
        return UUID(bytes=self.luck.bytes(16))


def add_crisis(seed: int) -> None:
    """Add shelters, the past six weeks, and what runs now; nothing in a region without a crisis desk."""
    crisis = region.current().crisis
    workers = [Actor(one.user, one) for one in _memberships()]
    if crisis is None or not workers:
        return
    services = _add_shelters(crisis)
    with transaction.atomic():
        _write(_draw(_Past(crisis, services, np.random.default_rng(seed)), workers))
    crisis_now.play(crisis, services, workers)


def _memberships() -> list[Membership]:
    held = Membership.objects.filter(role="crisis-worker").select_related("user", "organisation")
    return list(held.order_by("pk"))


def _add_shelters(crisis: Crisis) -> dict[tuple[str, str], Service]:
    """One service of each kind in each zone, by both."""
    by = Actor.for_command("world")
    shelters = Organisation.objects.create(name="Opvang Voorbeeld (demo)", kind="provider")
    team, _made = Organisation.objects.get_or_create(name=TEAM, defaults={"kind": "provider"})
    return {
        (zone.id, kind.id): _shelter(team if kind.fills == CASE else shelters, crisis, zone, kind, by)
        for zone in crisis.zones.values()
        for kind in crisis.kinds.values()
    }


def _shelter(owner: Organisation, crisis: Crisis, zone: Zone, kind: Kind, by: Actor) -> Service:
    codes = crisis_now.codes_of(zone)
    area = codes[(3 * list(crisis.kinds).index(kind.id) + 1) % len(codes)]
    name = f"{kind.name.nl} {zone.name.nl} (demo)"
    service = supply.add_service(
        owner, by=by, programme=crisis.programme.id, name=name, area=area, secret=kind.secret
    )
    address = f"Verzonnen Straat {len(name)}"
    location = supply.add_location(owner, by=by, name=name, area=area, address=address, secret=kind.secret)
    service = supply.place_service(service, by=by, location=location)
    sleeps = _SLEEPS[CASE if kind.fills == CASE else "minors" if kind.minors else "beds"]
    # A team has no rooms: a place of it is a family that it can follow.
    place = "Gezin" if kind.fills == CASE else "Kamer"
    for number, people in enumerate(sleeps, 1):
        supply.add_unit(
            service,
            by=by,
            name=f"{place} {number}",
            kind="" if kind.fills == CASE else _room_for(people),
            on=clock.today() - timedelta(days=365),
            sleeps=people,
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


def _room_for(people: int) -> str:
    """The region's kind of room for one person, the last that it names, or for a family: that for most; "" for none."""
    places = region.current().places
    sleeps = {id: kind.sleeps for id, kind in places.kinds.items()} if places else {}
    fits = [id for id, most in sleeps.items() if (most > 1) == (people > 1)]
    return (max(fits, key=lambda id: sleeps[id]) if people > 1 else fits[-1]) if fits else ""


# ---------------------------------------------------------------- the past, as rows


def _draw(past: _Past, workers: list[Actor]) -> _Past:
    place = ZoneInfo(region.current().time_zone)
    first = clock.today() - timedelta(days=_DAYS)
    turns = cycle(workers)
    for day in range(_DAYS):
        for moment in sorted(_moments(first + timedelta(days=day), place, past.luck)):
            call = _call(past, next(turns), moment)
            past.calls.append(call)
            if past.luck.random() < 0.45:
                past.consults.append(_consult(past, call))
            else:
                _search(past, call)
    return past


def _moments(day: date, place: ZoneInfo, luck: np.random.Generator) -> list[datetime]:
    count = int(luck.poisson(_CALLS_A_DAY))
    hours = luck.choice(24, size=count, p=_BY_HOUR / _BY_HOUR.sum())
    minutes = luck.integers(60, size=count)
    return [
        datetime.combine(day, time(int(hour), int(minute)), tzinfo=place)
        for hour, minute in zip(hours, minutes, strict=True)
    ]


def _call(past: _Past, worker: Actor, at: datetime) -> Call:
    zones = list(past.crisis.zones.values())
    return Call(
        reference=past.reference(),
        organisation_id=worker.organisation_id,
        by=worker.user,
        by_name=worker.name,
        channel=past.word("channel"),
        caller=past.word("caller"),
        area=past.pick(crisis_now.codes_of(zones[int(past.luck.integers(len(zones)))])[:12]),
        topics=[past.word("topic")],
        at=at,
        recorded_at=at,
        fictitious=True,
    )


def _consult(past: _Past, call: Call) -> Consult:
    advice = [past.word("advice")]
    return Consult(call=call, advice=advice, by_name=call.by_name, at=call.at + timedelta(minutes=10))


def _search(past: _Past, call: Call) -> None:
    luck = past.luck
    kind = past.crisis.kinds[past.pick(list(past.crisis.kinds))]
    zone = past.crisis.zones[past.crisis.zone_by_area[call.area]]
    children = sorted(int(age) for age in luck.integers(0, 18, size=int(luck.integers(kind.minors, 4))))
    adults = 0 if kind.minors else 1
    search = Search(
        call=call,
        reference=past.reference(),
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
    past.searches.append(search)
    outcome = str(luck.choice(list(_OUTCOMES), p=list(_OUTCOMES.values())))
    _play(past, search, "near" if outcome == "far" and not zone.falls_back_on else outcome)


def _play(past: _Past, search: Search, outcome: str) -> None:
    """The steps of a search that is over."""
    order = past.crisis.zones[search.zone].falls_back_on
    zone_step = 1 + int(past.luck.integers(len(order))) if outcome == "far" else 0
    service = past.services[order[zone_step - 1] if zone_step else search.zone, search.kind]
    add = _Steps(past, search)
    add("asked", 0)
    if outcome != "near" or past.luck.random() < 0.3:
        add("refused", 12, service=service, reason=past.word("refusal"))
    if outcome in ("near", "far"):
        add("held", 20, service=service, zone_step=zone_step, places=1)
        add("confirmed", 35, service=service, places=1)
        add("transport", 36, service=service, reason=past.word("transport"))
        add("ended", int(_LEFT_AFTER / timedelta(minutes=1)))
    elif outcome == "none":
        reason, at = past.word("none_reason"), search.made_at + timedelta(minutes=55)
        fallback = past.word("fallback")
        past.none.append(
            NoneFound(search=search, reason=reason, fallback=fallback, asked=1, by_name=search.by_name, at=at)
        )
        add("none-found", 55, reason=reason)
    else:
        add("ended", 40)
    search.state = "none" if outcome == "none" else "ended"


class _Steps:
    """Adds steps to a search, each so many minutes after it began."""

    def __init__(self, past: _Past, search: Search):
        self.past, self.search = past, search

    def __call__(self, kind: str, minutes: int, **facts: Any) -> None:
        search = self.search
        search.version += 1
        search.updated_at = search.made_at + timedelta(minutes=minutes)
        self.past.steps.append(
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


def _write(past: _Past) -> None:
    for rows, prefix in ((past.calls, CALL), (past.searches, SEARCH)):
        for row, number in zip(rows, numbers.take(prefix, len(rows)), strict=True):
            row.number = number
    Call.objects.bulk_create(past.calls)
    Consult.objects.bulk_create(past.consults)
    Search.objects.bulk_create(past.searches)
    SearchStep.objects.bulk_create(past.steps)
    NoneFound.objects.bulk_create(past.none)
