"""The staff of the reference region held to what is published of it."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.forecast.staff.conftest import measure, played
from veerkracht import region
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.model import StaffModel, build
from veerkracht.region import Measure, Region

RUNS = 40
FLANDERS = Path(__file__).parents[3] / "regions" / "flanders"


@pytest.fixture(scope="module")
def flanders() -> Region:
    return region.load(FLANDERS)


def model_of(flanders: Region, start: date, *measures: Measure) -> StaffModel:
    model = build(flanders, measures, start, 2, Draws(1, RUNS))
    assert model is not None
    return model


@pytest.mark.parametrize("start", [date(2020, 6, 30), date(2021, 6, 30), date(2023, 12, 31)])
def test_homes_start_with_the_last_published_staff(flanders: Region, start: date) -> None:
    known = flanders.figures.series("staff.residential-care.fte", until=start, known_on=start)
    staff = model_of(flanders, start).every.stock[:, at.FTE, 0].sum((1, 2))
    low, high = np.quantile(staff, [0.05, 0.95])
    assert low <= known.item(-1, "value") <= high


def test_open_posts_of_nurses_and_carers_are_about_those_that_were_counted(flanders: Region) -> None:
    counted = flanders.figures.value("staff-other.nurses-and-carers.vacancies", date(2023, 6, 26))
    model = model_of(flanders, date(2023, 6, 30))
    who = [model.professions.index(name) for name in ("nurse", "care-assistant")]
    vacancies = [played(model, run).history[at.H_VACANCIES][:, who, 0].sum() for run in range(RUNS)]
    low, high = np.quantile(vacancies, [0.05, 0.95])
    assert counted is not None
    assert low <= counted <= high


def test_a_rise_that_hospitals_have_too_keeps_few_more(flanders: Region) -> None:
    """The agreement of 2021: 6 % in homes, and 6 % in hospitals in the same year. The
    third that is left of the effect is for those who come from home care and other sectors, which get nothing here."""
    start = date(2020, 12, 31)
    from_ = date(2021, 1, 1)
    homes = measure("pay", 6.0, sector="residential-care", from_=from_)
    hospitals = measure("pay", 6.0, sector="other-care", from_=from_)
    plain, alone, both = (
        np.mean([played(model, run).history[at.H_QUITS, 0].sum() for run in range(RUNS)])
        for model in (model_of(flanders, start, *some) for some in ((), (homes,), (homes, hospitals)))
    )
    assert 0 < plain - both < 0.5 * (plain - alone)
