"""Kinds of places of which no file says how many search them, from what desks registered of the past year.

Where the register holds enough, the same network is played with the register's own numbers. Where it does not, this
says what is missing; nothing is made up.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import sqrt

from django.db.models import Count, Q

from veerkracht.region.crisis import Crisis
from veerkracht.region.losses import LossZone, Shelters
from veerkracht.register import clock
from veerkracht.register.crisis.models import Search, SearchStep, Shelter
from veerkracht.rulebook.now import BEDS, Kind
from veerkracht.rulebook.types import Assumption, Parameter, Text

YEAR = timedelta(days=365)
# With fewer in a year a forecast would rest on chance, and its numbers could point at somebody.
FEWEST_SEARCHES, FEWEST_STAYS = 20, 20
_NINE_OF_TEN = 1.645
_SUMMARY = Text(
    nl="Van deze soort is niets gepubliceerd. Wat hier staat, komt uit wat de meldpunten het voorbije jaar opnamen.",
    en="Of this kind nothing is published. What stands here comes from what the desks registered in the past year.",
)
_UNIT = Text(nl="plaatsen", en="places")
_COUNTED = Text(
    nl="Geteld in het register, over het voorbije jaar: {count}. De marge is het toeval bij zo weinig tellingen.",
    en="Counted in the register, of the past year: {count}. The range is that of chance with so few counted.",
)
_NEAR = Text(
    nl="Geteld in het register, over het voorbije jaar: {count} met een grens aan de afstand. Hoe vaak dat een andere "
    "zone uitsluit, weet niemand: tussen nooit en altijd.",
    en="Counted in the register, of the past year: {count} with a limit to the distance. How often that rules out "
    "another zone nobody knows: between never and always.",
)
_CASES = Text(
    nl="vult geen bed: een begeleider die volzet is, neemt er met een reden nog een gezin bij: nooit is het vol",
    en="fills no bed: a worker with a full case-load takes one more with a reason: it is never full",
)
_SHARED = Text(
    nl="een dienst geeft ook {others}: wie daar slaapt, is niet per soort te tellen",
    en="a service gives {others} too: who sleeps there can't be counted by kind",
)
_FEW_SEARCHES = Text(
    nl="nergens gepubliceerd, en in {zone} nam het register het voorbije jaar minder dan {fewest} zoekvragen op",
    en="published nowhere, and in {zone} the register took in fewer than {fewest} searches in the past year",
)
_FEW_STAYS = Text(
    nl="nergens gepubliceerd, en het register kent minder dan {fewest} afgelopen verblijven van het voorbije jaar",
    en="published nowhere, and the register knows fewer than {fewest} stays of the past year that ended",
)


@dataclass
class _Counts:
    """Of one kind in the past year. `days`: all days of its stays up to now; `ended`: how many of them ended; `places`:
    how many each took.
    """

    searches: Counter[str] = field(default_factory=Counter)
    limited: int = 0
    days: float = 0.0
    ended: int = 0
    places: list[int] = field(default_factory=list)


def counted(crisis: Crisis, kinds: Iterable[str]) -> dict[str, Shelters | Text]:
    """Of each kind what the register says of it, or why that is not enough; four queries for however many."""
    wanted = {id: crisis.kinds[id] for id in kinds}
    counts, given = _counts(wanted), _given_with(wanted)
    return {
        id: _why_not(crisis, kind, counts[id], given[id]) or _shelters(crisis, kind, counts[id])
        for id, kind in wanted.items()
    }


def _counts(kinds: Mapping[str, Kind]) -> dict[str, _Counts]:
    # Up to this morning: what is reckoned from it is the same all day.
    now = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    found = defaultdict[str, _Counts](_Counts)
    asked = Search.objects.filter(kind__in=kinds, made_at__gte=now - YEAR).values_list("kind", "zone")
    limited = Count("pk", filter=Q(furthest_km__isnull=False))
    for kind, zone, count, with_limit in asked.annotate(count=Count("pk"), limited=limited):
        found[kind].searches[zone] += count
        found[kind].limited += with_limit
    _add_stays(found, kinds, now)
    return found


def _add_stays(found: Mapping[str, _Counts], kinds: Mapping[str, Kind], now: datetime) -> None:
    """Days and ends of all stays that began, also of those that go on: else long ones would be left out."""
    steps = SearchStep.objects.filter(search__kind__in=kinds)
    came = steps.filter(kind=SearchStep.Kind.CONFIRMED, at__range=(now - YEAR, now))
    left = steps.filter(kind=SearchStep.Kind.ENDED, at__range=(now - YEAR, now))
    ends = dict(left.values_list("search", "at"))
    for search, kind, places, at in came.values_list("search", "search__kind", "places", "at"):
        end = ends.get(search)
        found[kind].days += ((end or now) - at) / timedelta(days=1)
        found[kind].ended += end is not None
        found[kind].places.append(places or 1)


def _given_with(kinds: Mapping[str, Kind]) -> dict[str, set[str]]:
    """By kind, the others that a service that gives it gives too."""
    found: dict[str, set[str]] = {id: set() for id in kinds}
    for given in Shelter.objects.values_list("kinds", flat=True):
        for id in set(given) & found.keys():
            found[id] |= set(given) - {id}
    return found


def _why_not(crisis: Crisis, kind: Kind, counts: _Counts, others: set[str]) -> Text | None:
    """What is missing to reckon with; None when nothing is."""
    if kind.fills != BEDS:
        return _CASES
    if others:
        names = [crisis.kinds[id].name for id in sorted(others) if id in crisis.kinds]
        return _SHARED.fill(
            others=Text(", ".join(name.nl for name in names), ", ".join(name.en for name in names))
        )
    for zone in crisis.zones.values():
        if counts.searches[zone.id] < FEWEST_SEARCHES:
            return _FEW_SEARCHES.fill(zone=zone.name, fewest=FEWEST_SEARCHES)
    return _FEW_STAYS.fill(fewest=FEWEST_STAYS) if counts.ended < FEWEST_STAYS else None


def _shelters(crisis: Crisis, kind: Kind, counts: _Counts) -> Shelters:
    """The kind as a file would say it. Of places and searches the shares do not count: `forecast.losses.Known` goes
    before them.
    """
    share = 1 / len(crisis.zones)
    zones = tuple(
        LossZone(one.id, one.name, share, share, one.falls_back_on) for one in crisis.zones.values()
    )
    return Shelters(
        kind=kind.id,
        name=kind.name,
        summary=_SUMMARY,
        unit=_UNIT,
        zones=zones,
        numbers=(_stay(counts), _near(counts), *_together(counts)),
        assumption=Assumption(_SUMMARY),
    )


def _stay(counts: _Counts) -> Parameter:
    """Days of all stays over how many ended: the mean length, those that still run among them. Of exponential stays it
    is known to one part in the root of how many ended.
    """
    mean = counts.days / counts.ended
    spread = _NINE_OF_TEN * mean / sqrt(counts.ended)
    return _number(
        "stay.days",
        (mean, mean - spread, mean + spread),
        Text(nl="Gemiddelde duur van een verblijf.", en="Mean length of a stay."),
        _COUNTED.fill(count=counts.ended),
        unit="days",
    )


def _near(counts: _Counts) -> Parameter:
    share = counts.limited / counts.searches.total()
    text = Text(
        nl="Deel van de zoekvragen dat alleen in de eigen zone kan.",
        en="Share of the searches that can only be met in the own zone.",
    )
    return _number("near.share", (share, 0.0, share), text, _NEAR.fill(count=counts.limited))


def _together(counts: _Counts) -> tuple[Parameter, ...]:
    """Of families that need several places at once; nothing where there was none."""
    several = [places for places in counts.places if places > 1]
    if not several:
        return ()
    count, all_ = len(several), len(counts.places)
    share, mean = count / all_, sum(several) / count
    spread = _NINE_OF_TEN * sqrt(share * (1 - share) / all_)
    why = _COUNTED.fill(count=count)
    return (
        _number(
            "together.share",
            (share, max(0.0, share - spread), min(1.0, share + spread)),
            Text(
                nl="Deel van de zoekvragen dat verschillende plaatsen samen nodig heeft.",
                en="Share of the searches that need several places together.",
            ),
            why,
        ),
        _number(
            "together.places",
            (mean, mean, mean),
            Text(nl="Plaatsen die zij samen nodig hebben.", en="Places that they need together."),
            why,
            unit="places",
        ),
    )


def _number(
    id: str, value: tuple[float, float, float], text: Text, why: Text, unit: str = "share of searches"
) -> Parameter:
    middle, low, high = value
    return Parameter(
        id=id,
        value=middle,
        low=low,
        high=high,
        unit=unit,
        text=text,
        from_=(clock.now() - YEAR).date(),
        assumption=Assumption(why, low, high),
    )
