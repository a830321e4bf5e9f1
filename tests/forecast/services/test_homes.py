"""A forecast that starts from the homes of a register: they take the place of published totals, and nothing else."""

import dataclasses
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.calendar import day_number
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.services import layout, making
from veerkracht.forecast.services.homes import Homes, hold_enough, with_homes
from veerkracht.forecast.services.service import Service, Setting, service_of
from veerkracht.forecast.staff.layout import CLOSED as CLOSED_SHARE
from veerkracht.forecast.staff.model import build as build_staff
from veerkracht.region.supply import CLOSED

START = date(2023, 12, 31)
PROGRAMME = "home-place"
HOMES = {
    "id": ["a", "b", "c"],
    "name": ["A", "B", "C"],
    "area": ["north", "south", "west"],
    "units": [60, 30, 10],
    "occupied": [54, 30, 6],
}


@pytest.fixture(scope="module")
def testland():
    return regions.load(REGIONS / "testland")


def homes(**changes):
    return Homes(START, pl.DataFrame({**HOMES, **changes}))


def test_it_starts_from_the_homes_of_the_register(testland):
    light, heavy_ones = ({one.id for one in testland.programme(PROGRAMME).care_categories if one.heavy is is_heavy}
                         for is_heavy in (False, True))  # fmt: skip
    counted = {min(heavy_ones): 63, min(light): 27}
    region = with_homes(testland, PROGRAMME, Homes(START, homes().homes, counted, waiting=17))
    found = making.run(region, (region.programme(PROGRAMME),), "as-is", START, Experiment(1, 6))
    at_start = {name: {float(value) for value in values[:, 0]} for name, values in found.values.items()}
    assert at_start[f"{PROGRAMME}.places.recognised"] == {100.0}
    assert at_start[f"{PROGRAMME}.residents.total"] == {90.0}
    assert at_start[f"{PROGRAMME}.waiting.persons"] == {17.0}
    heavy = found.values[f"{PROGRAMME}.residents.heavy"][:, 0].mean()
    assert heavy == pytest.approx(63, abs=8)
    assert not any("start.occupancy" in number.name for number in found.parameters)


def test_each_home_starts_with_its_own_residents(testland):
    """Though by how many would ask at each, they would be spread otherwise."""
    uneven = homes(occupied=[20, 30, 0])
    region = with_homes(testland, PROGRAMME, uneven)
    assert drawn(region, runs=3).helped.tolist() == [[20, 30, 0]] * 3


def drawn(region, runs: int = 1) -> Service:
    setting = Setting(region, (), START, date(2024, 12, 31), 1, Draws(1, runs), None, None)
    return service_of(setting, region.programme(PROGRAMME))


def closed(*rows):
    return Homes(START, pl.DataFrame(HOMES), closed=pl.DataFrame(rows, schema=CLOSED, orient="row"))


def open_units(service: Service, run: int, on: float) -> list[int]:
    """Open units of each home on a day."""
    found = [0, 0, 0]
    for moment, station, _, units in service.change[run].T:
        if moment <= on:
            found[int(station)] = int(units)
    return found


def test_what_is_closed_opens_on_the_day_the_register_expects(testland):
    """At the third home four of ten stand empty: no more can be closed there, and what opens first counts first."""
    region = with_homes(
        testland,
        PROGRAMME,
        closed(
            ("c", "flood", 3, None),
            ("c", "flood", 2, date(2024, 6, 1)),
            ("a", "flood", 4, date(2024, 3, 1)),
            ("a", "cleaning", 2, date(2024, 1, 3)),
            ("elsewhere", "flood", 9, None),
        ),
    )
    assert [text.en for text in region.supplies[PROGRAMME].told[-2:]] == [
        "Home place: 6 places are closed at the start; the register expects when they open again.",
        "Home place: 2 places are closed at the start without an expected day; for how long yet is assumed (see the "
        "uncertain numbers).",
    ]
    service = drawn(region)
    recognised = service.change[0][layout.RECOGNISED_UNITS, :3].tolist()
    assert recognised == [60, 30, 10]
    start, march, june = (float(day_number(day)) for day in (START, date(2024, 3, 1), date(2024, 6, 1)))
    assert open_units(service, 0, start) == [56, 30, 6]
    assert (open_units(service, 0, march - 1.1)[0], open_units(service, 0, march - 1.0)[0]) == (56, 60)
    later = open_units(service, 0, june)[2] - open_units(service, 0, june - 1.1)[2]
    assert later in (2, 4)


def test_without_an_expected_day_what_is_closed_together_opens_after_an_assumed_time(testland):
    """Half a year on average, as the file of the region says; without a word of it they stay closed."""
    region = with_homes(testland, PROGRAMME, closed(("a", "flood", 6, None)))
    service = drawn(region, runs=400)
    within = np.mean([shut == 0 for shut in closed_at_the_end(service)])
    assert within == pytest.approx(1 - np.exp(-2), abs=4 * np.sqrt(0.12 / 400))
    assert [number.name for number in service.numbers.used if "reopening" in number.name] == [
        f"{PROGRAMME}:reopening.years"
    ]
    supply = dataclasses.replace(region.supplies[PROGRAMME], reopening=None)
    silent = dataclasses.replace(region, supplies={**region.supplies, PROGRAMME: supply})
    assert closed_at_the_end(drawn(silent)) == [6.0]


def closed_at_the_end(service: Service) -> list[float]:
    """Units of the first home that are there and not open, in each run."""
    last = [change[:, change[layout.STATION] == 0][:, -1] for change in service.change]
    return [float(end[layout.RECOGNISED_UNITS] - end[layout.OPEN_UNITS]) for end in last]


def test_places_without_staff_are_closed_by_the_staff_model_alone(testland):
    """The counted share takes the place of the assumed one; no place is closed by the schedule."""
    region = with_homes(testland, PROGRAMME, closed(("a", "no-carers", 4, None), ("b", "no-carers", 1, None)))
    assert region.supplies[PROGRAMME].closed.is_empty()
    staff = build_staff(region, (), START, 1, Draws(1, 3))
    before = build_staff(testland, (), START, 1, Draws(1, 3))
    homes_ = staff.sectors.index("homes")
    assert staff.every.sector[:, CLOSED_SHARE, homes_].tolist() == [0.05] * 3
    assert (before.every.sector[:, CLOSED_SHARE, homes_] != 0.05).all()
    assert region.supplies[PROGRAMME].told[-1].en == (
        "Home place: 5 places are closed at the start for want of staff, as the register counts; how that goes on "
        "follows the staff."
    )
    without = with_homes(
        dataclasses.replace(testland, staff=None), PROGRAMME, closed(("a", "no-carers", 4, None))
    )
    assert open_units(drawn(without), 0, float(day_number(START))) == [56, 30, 10]


def test_without_what_it_does_not_hold_the_published_figures_stay(testland):
    region = with_homes(testland, PROGRAMME, homes())
    for name in ("residents.heavy-share", "waiting.persons"):
        series = f"{PROGRAMME}.{name}"
        assert region.figures.series(series).equals(testland.figures.series(series))
    assert region.figures.value(f"{PROGRAMME}.occupancy", START) == 0.9


def test_a_register_with_few_of_the_published_places_is_not_enough(testland):
    published = testland.figures.series(f"{PROGRAMME}.places.recognised", until=START).item(-1, "value")
    programme = testland.programme(PROGRAMME)
    assert not hold_enough(testland, programme, homes(units=[1, 1, 1], occupied=[1, 1, 1]))
    assert hold_enough(testland, programme, homes(units=[int(published), 1, 1]))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"units": [0, 0, 0], "occupied": [0, 0, 0]}, "the register hands in not one home with places"),
        ({"occupied": [54, 30, 17]}, "the register counts 101 residents on 100 places"),
        ({"area": ["north", "moon", "west"]}, "“moon” is not a municipality of this region"),
    ],
)
def test_homes_that_can_not_be_are_refused(testland, changes, told):
    with pytest.raises(ForecastFault) as refused:
        with_homes(testland, PROGRAMME, homes(**changes))
    assert told in str(refused.value)
