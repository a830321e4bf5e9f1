"""Numbers of a programme that can't be: a forecast names them, and says what to change."""

from datetime import date
from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters, Uncertain, uncertain
from veerkracht.forecast.possible import check
from veerkracht.rulebook.types import Parameter

REGIONS = (
    Path(__file__).parents[1] / "regions" / "testland",
    Path(__file__).parents[2] / "regions" / "flanders",
)
ON = date(2024, 1, 1)
CHANGE = "Change the value or the range in the file of the programme or of the plan."


def read(id: str, value: float, low: float, high: float) -> Uncertain:
    parameters = (Parameter(id=id, value=value, low=low, high=high, unit="", from_=date(2020, 1, 1)),)
    return Parameters("day-money", parameters, ON, check).need(id)


@pytest.mark.parametrize(
    ("id", "numbers", "said"),
    [
        ("exit.urgent", (-0.1, -0.2, 0.1), "is -0.1 (range -0.2 to 0.1): that can't be. Expected: 0 to 1."),
        ("exit.urgent", (50, 40, 60), "is 50 (range 40 to 60): that can't be. Expected: 0 to 1."),
        ("leave.died.much", (0.9, 0.8, 1.2), "is 0.9 (range 0.8 to 1.2): that can't be. Expected: 0 to 1."),
        ("arrivals.share.light", (1.1, 1, 1.2), "is 1.1 (range 1 to 1.2): that can't be. Expected: 0 to 1."),
        ("arrivals.urgent", (10, -5, 20), "is 10 (range -5 to 20): that can't be. Expected: 0 or more."),
        ("arrivals.growth", (3, 2, 4), "is 3 (range 2 to 4): that can't be. Expected: -1 to 1."),
    ],
)
def test_a_negative_or_absurd_rate(id: str, numbers: tuple[float, float, float], said: str) -> None:
    with pytest.raises(ForecastFault) as fault:
        read(id, *numbers)
    assert str(fault.value) == f"{id} of day-money {said} {CHANGE}"
    assert fault.value.text.nl != fault.value.text.en


@pytest.mark.parametrize(
    ("id", "numbers"),
    [
        ("exit.urgent", (0.1, 0, 1)),
        ("arrivals.growth", (-0.02, -0.05, 0.01)),
        ("waiting.growth", (-300, -900, 200)),
        ("arrivals.urgent", (900, 0, 2000)),
    ],
)
def test_a_number_that_can_be(id: str, numbers: tuple[float, float, float]) -> None:
    found = read(id, *numbers)
    assert (found.value, found.low, found.high) == numbers


@pytest.mark.parametrize("folder", REGIONS, ids=lambda folder: folder.name)
def test_every_number_of_a_region_can_be(folder: Path) -> None:
    for programme in region.load(folder).programmes.values():
        for parameter in programme.parameters:
            check(uncertain(parameter, programme.id))
