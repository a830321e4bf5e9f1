"""Plays one day of all homes forward, by the same verbs as people use: who leaves, dies, is away, moves and comes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
from django.db.models import Exists, OuterRef

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care import actions as care
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.people import numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name
from veerkracht.register.residence import actions
from veerkracht.register.residence.models import Residence
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import Hold, Service, Unit
from veerkracht.register.supply.queries.capacity import capacity
from veerkracht.register.supply.staffing import free_of_closure, in_the_way, open_on
from veerkracht.register.world import names
from veerkracht.register.world.homes_drawn import HABITS, Luck
from veerkracht.rulebook.types import Text

_MINUTES = 60
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Chances:
    """Assumptions of the demo world: the chance of each on one day, for one resident."""

    ends: float = 1 / (2.8 * 365.25)
    left: float = 0.0012
    back: float = 1 / 7
    moved: float = 0.0002


@dataclass
class Played:
    """What happened on a day: how often each, and how often the rules said no. `homes`: of how many it was played."""

    on: date
    homes: int
    residents: int
    happened: dict[str, int] = field(default_factory=dict)
    refused: int = 0

    def add(self, what: str, count: int = 1) -> None:
        self.happened[what] = self.happened.get(what, 0) + count


def play_day(seed: int = 0) -> Played:
    """Let the demo world's day become the next, and play it. The same seed plays the same day.

    Raises `Invalid` where days are real: nothing is invented there.
    """
    today = clock.demo_day()
    if today is None:
        raise Invalid(_REAL)
    on = today + _DAY
    clock.stand_still_on(on)
    by = Actor.for_command("world")
    luck = np.random.default_rng([seed, on.toordinal()])
    homes = list(Service.objects.filter(programme__in=rules().programmes).order_by("pk"))
    live = list(Residence.objects.filter(until_date=None).select_related("service", "person").order_by("pk"))
    played = Played(on, len(homes), len(live))
    chance = luck.random((3, len(live)))
    ends = chance[0] < Chances.ends
    for place, residence in enumerate(live):
        if ends[place]:
            _try(played, lambda one=residence: _end(one, by, on, luck))
        elif residence.away_since is not None:
            if chance[1, place] < Chances.back:
                _try(played, lambda one=residence: _back(one, by, on))
        elif chance[1, place] < Chances.left:
            _try(played, lambda one=residence: _leave(one, by, on))
        elif chance[2, place] < Chances.moved:
            _try(played, lambda one=residence: _move(one, by, on))
    for home in _choices(homes, int(ends.sum()), luck):
        _try(played, lambda one=home: _come(one, by, on, luck))
    return played


def _try(played: Played, act: Callable[[], str]) -> None:
    """What the rules refuse is counted, and the day goes on."""
    try:
        played.add(act())
    except (Conflict, Invalid):
        played.refused += 1


def _end(residence: Residence, by: Actor, on: date, luck: Luck) -> str:
    known = rules()
    others = [one.id for one in known.reasons.values() if not one.death]
    died = luck.random() < HABITS.died or not others
    reason = known.death.id if died else str(luck.choice(others))
    actions.end_stay(residence, by=by, on=on, reason=reason)
    return "died" if died else "ended"


def _leave(residence: Residence, by: Actor, on: date) -> str:
    actions.leave_for(residence, by=by, on=on, absence=next(iter(rules().absences)))
    return "left"


def _back(residence: Residence, by: Actor, on: date) -> str:
    actions.come_back(residence, by=by, on=on)
    return "returned"


def _move(residence: Residence, by: Actor, on: date) -> str:
    actions.move_ward(residence, _free_unit(residence.service, on), by=by, on=on)
    return "moved"


def _come(home: Service, by: Actor, on: date, luck: Luck) -> str:
    """Somebody asks, a place is held for them, and they come: as a home does on the phone."""
    unit = _free_unit(home, on)
    kind = region.current().programme(home.programme).kinds[0]
    request = care.ask(_person(home, on, luck), by=by, programme=home.programme, kind=kind, on=on)
    hold = supply.hold_place(unit, by=by, minutes=_MINUTES, request=request)
    actions.start_stay(hold, by=by, on=on)
    return "came"


def _free_unit(home: Service, on: date) -> Unit:
    busy = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    units = Unit.objects.filter(~Exists(busy), open_on(on), free_of_closure(on), service=home)
    free = units.select_related("service").order_by("pk").first()
    if free is None:
        raise Conflict(_FULL.fill(home=home.name))
    return free


def _choices(homes: list[Service], count: int, luck: Luck) -> Iterator[Service]:
    """As many homes as people left, by luck, among those with a free place for which there is staff."""
    found = capacity(homes)
    free = [
        found[one.pk].free if found[one.pk].offerable is None else found[one.pk].offerable for one in homes
    ]
    places = np.repeat(np.arange(len(homes)), np.array(free, dtype=np.int64))
    for place in luck.permutation(places)[:count].tolist():
        yield homes[place]


def _person(home: Service, on: date, luck: Luck) -> Person:
    ((given,), (family,)) = names.draw(luck, 1)
    age = float(np.clip(luck.normal(HABITS.age, HABITS.age_spread), 66, 104))
    return Person.objects.create(
        number=numbers.take(numbers.PERSON)[0],
        given_name=given,
        family_name=family,
        search_name=search_name(given, family),
        birth_date=on - timedelta(days=int(age * 365.25)),
        area=home.area,
        fictitious=True,
    )


_REAL = Text(
    nl="Hier zijn de dagen echt: alleen in een demowereld wordt een dag gespeeld.",
    en="Days are real here: a day is played in a demo world only.",
)
_FULL = Text(nl="{home} heeft geen vrije plaats.", en="{home} has no free place.")
