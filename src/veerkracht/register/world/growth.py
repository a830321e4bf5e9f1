"""Invented awards of growth in the demo world: some in use, some postponed, some lapsed, some to come."""

from collections.abc import Callable
from datetime import date, timedelta

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import actions
from veerkracht.register.supply.models import Award, Service

SOURCE = "Verzonnen voor de demo"
_QUARTER = timedelta(days=91)
# Years before this one for which it was awarded, places, quarters to use of some of them (places, quarters), how many
# lapsed, and for how many years it was postponed. One a service, in turn.
_AWARDS: tuple[tuple[int, int, tuple[tuple[int, int], ...], int, int], ...] = (
    (6, 24, ((24, 2),), 0, 0),
    (5, 30, ((12, 3), (18, 6)), 0, 1),
    (4, 18, ((18, 6),), 0, 0),
    (4, 40, ((20, 8),), 20, 1),
    (3, 12, ((12, 4),), 0, 0),
    (2, 36, ((10, 5),), 0, 1),
    (3, 20, (), 20, 0),
    (1, 28, (), 0, 2),
    (0, 16, (), 0, 0),
    (-1, 32, (), 0, 0),
)


# As many as were published are one round of these for so many homes: 32 places a year for each 32 homes of 99 places.
_HOMES_A_ROUND = 32

_Event = tuple[date, Callable[..., Award], dict[str, object]]


def add_growth() -> None:
    """Award growth to services of each kind of help that has a growth calendar; nothing in a region without words for
    it.
    """
    places = region.current().places
    if places is None or not places.growth_kinds:
        return
    by, kinds = Actor.for_command("world"), list(places.growth_kinds)
    for programme, supply in region.current().supplies.items():
        services = list(
            Service.objects.filter(programme=programme, secret=False)
            .select_related("organisation")
            .order_by("pk")
        )
        if not supply.growth or not services:
            continue
        rounds = max(1, len(services) // _HOMES_A_ROUND)
        for place, said in enumerate(_AWARDS * rounds):
            service = services[place % len(services)]
            _add(service, said, kinds[0] if place % 4 else kinds[place // 4 % len(kinds)], by)


def _add(
    service: Service, said: tuple[int, int, tuple[tuple[int, int], ...], int, int], kind: str, by: Actor
) -> None:
    years, units, used, lapsed, postponed = said
    today = clock.today()
    begins = date(today.year - years, 1, 1)
    new = actions.NewAward(
        programme=service.programme,
        kind=kind,
        units=units,
        area=service.area,
        period_from=begins,
        on=min(begins - 2 * _QUARTER, today),
        source=SOURCE,
        service=service,
    )
    award = actions.award(service.organisation, new, by=by)
    for day, act, facts in _events(begins, used, lapsed, postponed):
        if day <= today:
            award = act(award, by=by, on=day, version=award.version, **facts)


def _events(begins: date, used: tuple[tuple[int, int], ...], lapsed: int, postponed: int) -> list[_Event]:
    """What became of an award, in the order of days."""
    events: list[_Event] = []
    if postponed:
        later = date(begins.year + postponed, 1, 1)
        reason = "Vergunning liet op zich wachten (demo)"
        events.append((begins + _QUARTER, actions.postpone, {"period_from": later, "reason": reason}))
    events += [(begins + quarters * _QUARTER, actions.realise, {"units": units}) for units, quarters in used]
    if lapsed:
        ended = begins + 9 * _QUARTER
        events.append((ended, actions.lapse, {"units": lapsed, "reason": "Bouw ging niet door (demo)"}))
    return sorted(events, key=lambda event: event[0])
