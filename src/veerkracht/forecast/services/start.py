"""Where a programme with places or teams starts: units, who is helped and who waits, by the published figures.

What is published is taken as it is, on the day or the nearest day before; the rest is drawn from the programme's
parameters in every run, and `rests_on` says so.
"""

from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from veerkracht.forecast.arrays import Flags, Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import amounts, shares
from veerkracht.forecast.services.care import Care, in_balance, with_mean
from veerkracht.forecast.services.kinds import Kind, heavy, shares_by_kind
from veerkracht.forecast.services.layout import YEAR
from veerkracht.forecast.services.numbers import Numbers
from veerkracht.region import Region
from veerkracht.rulebook.types import Programme, Text

# How often arrivals are adapted to the mix that they should keep.
_TRIES = 6
_NO_FIGURES = Text(
    "Voor {programme} zijn er geen cijfers van {on} of eerder voor {missing}, en geen parameter die het zegt. "
    "De eerste cijfers zijn van: {first}.",
    "For {programme} there are no figures of {on} or before for {missing}, and no parameter that says it. "
    "The first figures are of: {first}.",
)
_NO_ARRIVALS = Text(
    "{programme} zegt niet hoeveel mensen hulp vragen: verwacht werd een parameter `arrivals` (vragen per jaar) of "
    "`demand.level` (hoeveel mensen hulp willen voor elke persoon die ze krijgt).",
    "{programme} does not say how many people ask: expected a parameter `arrivals` (requests a year) or "
    "`demand.level` (how many people want help for each who has it).",
)
_NOBODY_HELPED = Text(
    "Bij {programme} zou niemand geholpen worden: van {arrivals} vragen per jaar gaan er {left} weg uit de lijst en "
    "groeit de lijst met {growth}. Kijk arrivals, leave.… en waiting.growth na.",
    "In {programme} nobody would be helped: of {arrivals} requests a year {left} leave the list and the list grows by "
    "{growth}. Check arrivals, leave.… and waiting.growth.",
)
_OLDER = Text(
    "{name}: het laatste bekende cijfer is {value}, van {day}.",
    "{name}: the last known figure is {value}, of {day}.",
)
_ASSUMED = Text(
    "{name}: er is geen cijfer; het is aangenomen, met een marge.",
    "{name}: there is no figure; it is assumed, with a range.",
)
# What the last word of a series is of.
_WORDS = {
    "persons": Text("wie wacht", "who waits"),
    "recognised": Text("erkend", "recognised"),
    "occupancy": Text("bezetting", "occupancy"),
    "heavy-share": Text("aandeel met zware zorg", "share with heavy care"),
}
_SHARES = ("occupancy", "heavy-share")


@dataclass(frozen=True)
class Figure:
    """A published figure: the newest one on or before a day."""

    name: str
    value: float
    on: date


@dataclass(frozen=True)
class State:
    """A programme on the evening of the start. Each float64[runs] unless said.

    `helped`: persons, where they follow from who comes and leaves; there are then as many units as they need. None:
    there are `units` by the last figure, of `since`, and the part `occupied` of them is. `arrivals`: requests a year;
    None when they follow from who is helped. `waiting`: persons. `mix`: shares of the kinds among those helped,
    [runs, K]. `care`: with arrivals that keep the mix.
    """

    units: Real
    since: date
    occupied: Real
    helped: Real | None
    arrivals: Real | None
    waiting: Real
    mix: Real
    care: Care
    rests_on: tuple[Text, ...]


def things(programme: Programme) -> str:
    """What a unit is called in the names of series."""
    return "cases" if programme.resource == "cases" else "places"


def helped_as(programme: Programme) -> str:
    """What those helped are called in the names of series."""
    return "helped" if programme.resource == "cases" else "residents"


def latest(region: Region, name: str, on: date) -> Figure | None:
    known = region.figures.series(name, until=on)
    if not known.height:
        return None
    return Figure(name, float(known.item(-1, "value")), known.item(-1, "date"))


def _value(part: str, value: float) -> Text:
    """A figure as it is written: a share as a percentage, a number with its thousands apart."""
    if part.rpartition(".")[2] in _SHARES:
        return Text(f"{100 * value:.3g} %".replace(".", ","), f"{100 * value:.3g}%")
    english = f"{value:,.0f}"
    return Text(english.replace(",", "."), english)


class _Reading:
    """Reads figures and parameters, and notes what a reader must know and what is missing."""

    def __init__(self, region: Region, numbers: Numbers) -> None:
        self.region = region
        self.numbers = numbers
        self.on = numbers.on
        self.rests_on: list[Text] = []

    def figure(self, part: str) -> Figure | None:
        found = latest(self.region, f"{self.numbers.programme.id}.{part}", self.on)
        if found is not None and found.on < self.on:
            facts = {"name": self._name(part), "value": _value(part, found.value)}
            self.rests_on.append(_OLDER.fill(**facts, day=f"{found.on:%d-%m-%Y}"))
        return found

    def _name(self, part: str) -> Text:
        """A series in words: the programme, and what of it."""
        what, programme = _WORDS[part.rpartition(".")[2]], self.numbers.programme.name
        return Text(f"{programme.nl}, {what.nl}", f"{programme.en}, {what.en}")

    def everywhere(self, value: float) -> Real:
        return np.full(self.numbers.draws.runs, value)

    def stated(self, parameter: str, part: str) -> Real | None:
        """What a parameter says for this day, or else the newest figure; None when there is neither."""
        if self.numbers.has(parameter):
            self.rests_on.append(_ASSUMED.fill(name=self._name(part)))
            return amounts(self.numbers.need(parameter))
        found = self.figure(part)
        return None if found is None else self.everywhere(found.value)

    def waiting(self) -> Real:
        """Persons who wait. A figure goes before the parameter: it is the list itself."""
        part = "waiting.persons"
        found = self.figure(part)
        if found is not None:
            return self.everywhere(found.value)
        stated = self.stated(part, part)
        return self.everywhere(0.0) if stated is None else np.asarray(np.round(stated), np.float64)

    def missing(self, part: str) -> ForecastFault:
        name = f"{self.numbers.programme.id}.{part}"
        days = self.region.figures.series(name).get_column("date").to_list()
        first = f"{days[0]}" if days else "–"
        return ForecastFault(
            _NO_FIGURES.fill(programme=self.numbers.programme.id, on=f"{self.on}", missing=name, first=first)
        )


def state_of(region: Region, numbers: Numbers, kinds: tuple[Kind, ...], care: Care) -> State:
    """The state of a programme at the start. Raises `ForecastFault` naming what is missing."""
    reading = _Reading(region, numbers)
    if not numbers.has("arrivals") and not numbers.has("demand.level"):
        raise ForecastFault(_NO_ARRIVALS.fill(programme=numbers.programme.id))
    waiting = reading.waiting()
    arrivals = amounts(numbers.need("arrivals")) if numbers.has("arrivals") else None
    mix, care = _mixed(reading, kinds, care)
    if arrivals is not None and numbers.has("waiting.growth"):
        helped = _helped(numbers, care, arrivals, waiting)
        none = reading.everywhere(0.0)
        return State(none, numbers.on, none, helped, arrivals, waiting, mix, care, tuple(reading.rests_on))
    part = f"{things(numbers.programme)}.recognised"
    units = reading.figure(part)
    if units is None:
        raise reading.missing(part)
    occupied = reading.stated("start.occupancy", "occupancy")
    if occupied is None:
        raise reading.missing("occupancy")
    return State(
        reading.everywhere(units.value),
        units.on,
        shares(occupied),
        None,
        arrivals,
        waiting,
        mix,
        care,
        tuple(reading.rests_on),
    )


def _helped(numbers: Numbers, care: Care, arrivals: Real, waiting: Real) -> Real:
    """Those helped, when the list grows as it does: who comes and neither waits more nor leaves is helped.

    The growth is that of the first year as a whole: by its middle half of the year's change in demand has come and
    half of its growth of the list waits; of new capacity half is there, and what is there was filled once more.
    """
    growth = numbers.need("waiting.growth")
    more_help = numbers.get("capacity.growth", 0.0) * (0.5 + care.mean_years())
    asked = arrivals * (1.0 + numbers.get("demand.change", 0.0) / 2)
    left = (waiting + growth / 2) * care.leaving()
    begun = (asked - left - growth) / (1.0 + more_help)
    if (begun <= 0.0).any():
        run = int(begun.argmin())
        raise ForecastFault(
            _NOBODY_HELPED.fill(
                programme=numbers.programme.id,
                arrivals=round(asked[run]),
                left=round(left[run]),
                growth=round(growth[run]),
            )
        )
    return np.asarray(begun * care.mean_years(), np.float64)


def _mixed(reading: _Reading, kinds: tuple[Kind, ...], care: Care) -> tuple[Real, Care]:
    """Shares of the kinds among those helped, and the care with arrivals that keep them.

    The published share of heavy care is kept where there is one, brought to the start and on for the length of a stay
    by `heavy.change`: those who come now are heavier than those helped as far as the share rises.
    """
    numbers, is_heavy = reading.numbers, heavy(kinds)
    known = reading.figure(f"{helped_as(numbers.programme)}.heavy-share") if is_heavy.any() else None
    if known is not None and not is_heavy.all():
        change = numbers.get("heavy.change", 0.0)
        share = known.value + change * (numbers.on - known.on).days / YEAR
        care = _keeping(care, is_heavy, share + change * care.mean_years())
        return _with_heavy(_helped_mix(numbers, kinds, care), is_heavy, share), care
    return _helped_mix(numbers, kinds, care), care


def _helped_mix(numbers: Numbers, kinds: tuple[Kind, ...], care: Care) -> Real:
    given = any(numbers.has(kind.name("helped.share")) for kind in kinds)
    return shares_by_kind(numbers, kinds, "helped.share") if given else in_balance(care)


def _keeping(care: Care, is_heavy: Flags, share: Real) -> Care:
    """The care with so many heavy among those who come that among those helped there are so many in the long run."""
    wanted, mean = _odds(share), care.mean_years()
    for _ in range(_TRIES):
        helped = in_balance(care)[:, is_heavy].sum(axis=1)
        coming = _odds(care.arriving[:, is_heavy].sum(axis=1)) * wanted / _odds(helped)
        arriving = _with_heavy(care.arriving, is_heavy, coming / (1.0 + coming))
        care = with_mean(replace(care, arriving=arriving), mean)
    return care


def _odds(share: Real) -> Real:
    kept = np.clip(share, 0.02, 0.98)
    return np.asarray(kept / (1.0 - kept), np.float64)


def _with_heavy(mix: Real, is_heavy: Flags, share: Real) -> Real:
    """The mix with a share of heavy care of its own in every run."""
    whole, wanted = mix[:, is_heavy].sum(axis=1, keepdims=True), np.clip(share, 0.0, 1.0)[:, None]
    scaled = mix * np.where(is_heavy, wanted / whole, (1.0 - wanted) / (1.0 - whole))
    return np.asarray(scaled, np.float64)
