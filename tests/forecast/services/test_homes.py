"""A forecast that starts from the homes of a register: they take the place of published totals, and nothing else."""

from datetime import date

import polars as pl
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.services import making
from veerkracht.forecast.services.homes import Homes, hold_enough, with_homes
from veerkracht.forecast.services.service import Setting, service_of

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
    setting = Setting(region, (), START, date(2024, 12, 31), 1, Draws(1, 3), None, None)
    assert service_of(setting, region.programme(PROGRAMME)).helped.tolist() == [[20, 30, 0]] * 3


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
