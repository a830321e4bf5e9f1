"""What runs at the demo's desks now, by their own actions: families who came of late, and calls of today."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from veerkracht import region
from veerkracht.region.crisis import Crisis, Zone
from veerkracht.register import clock
from veerkracht.register.crisis import actions
from veerkracht.register.crisis.identities import ADULT, CHILD, Identity
from veerkracht.register.crisis.models import Search
from veerkracht.register.crisis.needs import Need
from veerkracht.register.crisis.queries.matches import matches
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter import agreeing, norms
from veerkracht.register.shelter.actions import extend, record_consent
from veerkracht.register.shelter.models import CrisisStay
from veerkracht.register.supply.access import get_service
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.now import CASE, Kind
from veerkracht.rulebook.stay_terms import STAY

FAMILY_NAME, PHONE = "Verzonnens", "0400 00 00 00"
Services = Mapping[tuple[str, str], Service]


@dataclass(frozen=True)
class _Came:
    """A family that came so many days ago and is still there. `name`: of who is known by name; "": nobody is.

    `agreed`: what everybody who was asked said; None: nobody was. `extended`: by decision, on the day before today.
    """

    days_ago: int
    children: tuple[int, ...]
    adults: int = 0
    name: str = ""
    agreed: bool | None = True
    extended: bool = False


# Alone, for whom a stay has a norm: over it, extended, nearly over, and consent that is unclear, late or refused.
_MINORS = (
    _Came(9, (15,), name="Sterrelien"),
    _Came(8, (16,), name="Mistral", extended=True),
    _Came(6, (13,), name="Florijntje"),
    _Came(4, (10,), agreed=None),
    _Came(2, (14,), name="Wolkje", agreed=None),
    _Came(1, (17,), agreed=False),
)
_FAMILIES = (
    _Came(12, (3, 7), adults=1, name="Maanlicht"),
    _Came(5, (11,), adults=1),
    _Came(3, (), adults=1, name="Zonnelien"),
    _Came(1, (0, 4, 9), adults=1, agreed=None),
)
_CALLED_BACK_IN = 30


def play(crisis: Crisis, services: Services, workers: Sequence[Actor]) -> None:
    """Play the last days and today; each day as if it were that day."""
    today = clock.today()
    coming = [(one, _minors(crisis)) for one in _MINORS] + [(one, _families(crisis)) for one in _FAMILIES]
    placed: dict[_Came, Search] = {}
    for ago in sorted({one.days_ago for one, _kind in coming} | {1}, reverse=True):
        clock.stand_still_on(today - timedelta(days=ago))
        _on_duty(crisis, workers)
        for number, (one, kind) in enumerate(coming):
            worker = workers[number % len(workers)]
            if one.days_ago == ago:
                placed[one] = _place(crisis, services, worker, one, (kind, number))
            if one.extended and ago == 1:
                _extend(placed[one], worker)
        if ago == 1:
            _promised_yesterday(crisis, workers[0])
        for worker in workers:
            actions.end_shift(by=worker)
    clock.stand_still_on(today)
    _on_duty(crisis, workers)
    _tonight(crisis, workers[0])


def _minors(crisis: Crisis) -> Kind:
    return next((one for one in crisis.kinds.values() if one.minors), _families(crisis))


def _families(crisis: Crisis) -> Kind:
    return next(one for one in crisis.kinds.values() if not one.minors and one.fills != CASE)


def _on_duty(crisis: Crisis, workers: Iterable[Actor]) -> None:
    now, zone = clock.now(), region.current().time_zone
    running = next((one.id for one in crisis.shifts.values() if one.ends(now, zone)), None)
    for worker in workers if running else ():
        actions.start_shift(by=worker, kind=running)


def _place(crisis: Crisis, services: Services, worker: Actor, one: _Came, what: tuple[Kind, int]) -> Search:
    """They call, are placed in a zone of their own, and say whether they agree."""
    kind, number = what
    zone = list(crisis.zones.values())[number % len(crisis.zones)]
    service = services[zone.id, kind.id]
    adults = 0 if kind.minors else max(one.adults, 1)
    need = Need(kind=kind.id, from_area=service.area, adults=adults, children=one.children, nights=7)
    search = _asked(crisis, worker, need)
    if one.name:
        actions.identify(search.call, _people(one), by=worker)
    actions.hold_for(search, service, by=worker)
    actions.confirm(search, by=worker, transport=_first(crisis, "transport"))
    if one.agreed is not None:
        _say(search, worker, one.agreed)
    return search


def _people(one: _Came) -> list[Identity]:
    ages = [(CHILD, age) for age in one.children]
    ages += [(ADULT, 33)] * one.adults
    return [
        Identity(f"{one.name} {'I' * (place + 1)}" if place else one.name, FAMILY_NAME, _born(age), role=role)
        for place, (role, age) in enumerate(ages)
    ]


def _born(age: int) -> date:
    return clock.today() - timedelta(days=round((age + 0.5) * 365.25))


def _say(search: Search, worker: Actor, agreed: bool) -> None:
    """Everybody who must agree is asked, and says the same."""
    for guest in _stay(search).guests.select_related("stay__service").order_by("sequence"):
        for voice in agreeing.needed(guest):
            record_consent(guest, by=worker, voice=voice, agreed=agreed)


def _extend(search: Search, worker: Actor) -> None:
    stay = _stay(search)
    norm = norms.norm_of(stay, STAY)
    if norm and norm.extend_days:
        extend(stay, by=worker, days=norm.extend_days, why="Er is volgende week plaats in langere hulp.")


def _stay(search: Search) -> CrisisStay:
    return CrisisStay.objects.select_related("search__call", "service").get(search=search)


def _promised_yesterday(crisis: Crisis, worker: Actor) -> None:
    """For a family no place was found; somebody is called back in the morning, a little before today begins."""
    area = _largest(crisis)[1]
    none = _none(
        crisis, worker, Need(kind=_families(crisis).id, from_area=area, adults=1, children=(1, 2, 5))
    )
    minutes = round(timedelta(hours=23, minutes=45) / timedelta(minutes=1))
    actions.promise_call_back(
        none.call, by=worker, in_minutes=minutes, how=PHONE, safe="als de kinderen op school zijn"
    )


def _tonight(crisis: Crisis, worker: Actor) -> None:
    """A family by name that found a place, one for whom one is held, one that found none, and one still searching."""
    first, second, *_others = _largest(crisis)
    kind = _families(crisis).id
    placed = _asked(crisis, worker, Need(kind=kind, from_area=first, adults=1, children=(4, 9), nights=3))
    people = _people(_Came(0, (9,), adults=1, name="Fabelia"))
    actions.identify(placed.call, people, by=worker)
    if _hold(worker, placed):
        actions.confirm(placed, by=worker, transport=_first(crisis, "transport"))
    _hold(worker, _asked(crisis, worker, Need(kind=kind, from_area=first, adults=1)))
    none = _none(crisis, worker, Need(kind=kind, from_area=first, adults=2, children=tuple(range(1, 13))))
    actions.promise_call_back(
        none.call, by=worker, in_minutes=_CALLED_BACK_IN, how=PHONE, safe="niet na 22 uur"
    )
    _asked(crisis, worker, Need(kind=kind, from_area=second, adults=1, children=(2,)))


def _none(crisis: Crisis, worker: Actor, need: Need) -> Search:
    """A search that ends with "no place found"."""
    search = _asked(crisis, worker, need)
    actions.none_found(
        search, by=worker, reason=_first(crisis, "none_reason"), fallback=_first(crisis, "fallback")
    )
    return search


def _asked(crisis: Crisis, worker: Actor, need: Need) -> Search:
    told = actions.Told(
        channel=_first(crisis, "channel"),
        caller=_any(crisis, "caller", need),
        area=need.from_area,
        topics=(_any(crisis, "topic", need),),
    )
    return actions.search(actions.take_call(told, by=worker), need, by=worker)


def _hold(worker: Actor, search: Search) -> bool:
    found = matches(worker, search).found
    if found:
        actions.hold_for(search, get_service(worker, found[0].service), by=worker)
    return bool(found)


def _any(crisis: Crisis, listed: str, need: Need) -> str:
    """One of a list, by who comes: the same in the same world, and not for everybody the same."""
    words = list(crisis.choices[listed])
    return words[(sum(need.children) + need.adults) % len(words)]


def _first(crisis: Crisis, listed: str) -> str:
    return next(iter(crisis.choices[listed]))


def codes_of(zone: Zone) -> list[str]:
    """The municipalities of a zone, the largest first."""
    found = areas.table().filter(pl.col(zone.level) == zone.code)
    return found.sort("inhabitants", "code", descending=True)["code"].to_list()


def _largest(crisis: Crisis) -> list[str]:
    return codes_of(next(iter(crisis.zones.values())))
