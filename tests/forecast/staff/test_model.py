"""From a region's staff file to runs and series."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.forecast.staff.conftest import START, Build, measure, played, without
from veerkracht.forecast.calendar import Calendar
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.staff import layout as at
from veerkracht.forecast.staff.model import build
from veerkracht.region import Region


def test_staff_starts_with_what_is_known(make: Build) -> None:
    model = make(fte__homes=400.0, share__homes__carer=0.75, share__homes__cook=0.25)
    staff = model.of_run(0)
    assert model.sectors == ("homes", "clinics")
    np.testing.assert_allclose(staff.stock[at.FTE, 0, :, 0], [300.0, 100.0])


def test_shares_of_professions_are_brought_to_a_whole(make: Build) -> None:
    staff = make(fte__homes=400.0, share__homes__carer=0.9, share__homes__cook=0.9).of_run(0)
    np.testing.assert_allclose(staff.stock[at.FTE, 0, :, 0], [200.0, 200.0])


def test_playing_a_run_leaves_the_model_as_it_was(make: Build) -> None:
    model = make()
    first, again = (played(model).history for _ in range(2))
    np.testing.assert_array_equal(first, again)


def test_series_are_stocks_on_a_day_and_flows_of_the_year(make: Build) -> None:
    model = make(years=2, runs=3)
    records = Calendar(START, 2, ()).records
    histories = np.stack([played(model, run).history for run in range(3)])
    series = model.series(histories, records)
    homes = histories[:, :, 0].sum(2)
    np.testing.assert_allclose(series["staff.homes.fte"], homes[:, at.H_FTE][:, [0, 6, 12, 18, 24]])
    np.testing.assert_allclose(
        series["staff.homes.fte.cook"], histories[:, at.H_FTE, 0, 1][:, [0, 6, 12, 18, 24]]
    )
    hires = [
        homes[:, at.H_HIRED, first:last].sum(1)
        for first, last in ((1, 1), (1, 7), (1, 13), (13, 19), (13, 25))
    ]
    np.testing.assert_allclose(series["staff.homes.hires"], np.stack(hires, axis=1))
    assert ((series["staff.homes.sickness"] > 0.04) & (series["staff.homes.sickness"] < 0.15)).all()
    names = {name.removeprefix("staff.homes.") for name in series if name.startswith("staff.homes")}
    assert names == {"fte", "fte.carer", "fte.cook", "vacancies", "exits", "hires", "sickness"}


def test_a_province_has_its_part_of_the_staff(testland: Region) -> None:
    import polars as pl

    provinces = testland.areas.with_columns(province=pl.Series(["p", "p", "q"]))
    model = build(replace(testland, areas=provinces), (), START, 1, Draws(1, 1))
    assert model is not None
    parts = model.of_run(0).stock[at.FTE].sum((0, 1))
    assert model.markets == ("p", "q")
    assert parts[1] / parts.sum() == pytest.approx(10_000 / 60_000)


def test_a_region_without_staff_has_no_model(testland: Region) -> None:
    assert build(replace(testland, staff=None), (), START, 5, Draws(1, 2)) is None


def test_a_number_that_is_missing_is_named(testland: Region) -> None:
    with pytest.raises(ForecastFault, match=r"staff has no parameter “quits\.homes”"):
        build(without(testland, "quits.homes"), (), START, 5, Draws(1, 2))


@pytest.mark.parametrize(
    ("changes", "named"), [({"sector": "hotels"}, "hotels"), ({"profession": "clown"}, "clown")]
)
def test_a_measure_for_staff_that_there_is_not_is_refused(
    make: Build, changes: dict[str, str], named: str
) -> None:
    with pytest.raises(ForecastFault, match=rf"“{named}”.* has: "):
        make(measure("pay", 5.0, **changes))


def test_the_range_of_a_measure_is_drawn(make: Build) -> None:
    from veerkracht.rulebook.types import Assumption, Text

    unsure = Assumption(Text("Misschien.", "Perhaps."), low=0.0, high=10.0)
    model = make(
        measure("pay", 5.0, sector="homes", assumption=unsure), runs=4, exit_by_pay=-1.0, quits__homes=0.08
    )
    quits = model.every.paid[:, at.QUIT, 0, 0]
    assert np.unique(quits[:, 1]).size == 4
    assert np.unique(quits[:, 0]).size == 1


def test_a_measure_of_the_past_year_ends(make: Build) -> None:
    raise_ = measure("pay", 5.0, sector="homes", until=date(2024, 1, 1))
    quits = make(raise_, quits__homes=0.08).every.paid[0, at.QUIT, 0, 0]
    assert quits[12] < 0.08
    assert quits[13] == pytest.approx(0.08)
