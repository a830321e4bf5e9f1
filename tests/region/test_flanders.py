"""Flanders' files: whole, exact where published, and open about what is not."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from veerkracht.region import Region, check, load, plan_money
from veerkracht.region.cases import run_cases

FOLDER = Path(__file__).parents[2] / "regions" / "flanders"
LAST_OUTCOME = date(2023, 12, 31)
PROGRAMME = "personal-budget"


@pytest.fixture(scope="module")
def flanders() -> Region:
    return load(FOLDER)


def test_has_no_faults() -> None:
    assert check(FOLDER) == []


def test_every_example_comes_out_as_written(flanders: Region) -> None:
    results, faults = run_cases(flanders)
    assert faults == []
    assert [result for result in results if not result.passed] == []
    assert len(results) == 185


def test_areas_are_the_municipalities_of_2025(flanders: Region) -> None:
    areas = flanders.areas
    assert areas.height == 285
    assert areas.get_column("inhabitants").sum() == 6_864_766
    assert areas.select(pl.all().null_count()).sum_horizontal().item() == 0
    assert areas.get_column("province_name").n_unique() == 5
    assert areas.get_column("zone").n_unique() == 56
    assert areas.filter(
        ~pl.col("longitude").is_between(2.5, 6.0) | ~pl.col("latitude").is_between(50.6, 51.6)
    ).is_empty()


@pytest.mark.parametrize(
    ("series", "published"),
    [
        ("waiting.total", 17_678),
        ("waiting.persons", 17_648),
        ("waiting.group-1", 261),
        ("waiting.group-2", 7_255),
        ("waiting.group-3", 10_162),
        ("next-in-line.group-1", 91),
        ("next-in-line.group-2", 2_647),
        ("next-in-line.group-3", 8_019),
        ("holders", 29_387),
        ("granted.total", 3_017),
    ],
)
def test_figures_of_the_end_of_2023(flanders: Region, series: str, published: int) -> None:
    assert flanders.figures.value(f"{PROGRAMME}.{series}", LAST_OUTCOME) == published


def test_groups_add_up_to_the_total_on_every_day_that_has_all(flanders: Region) -> None:
    names = [f"{PROGRAMME}.waiting.{part}" for part in ("group-1", "group-2", "group-3")]
    sums = (
        flanders.figures.frame.filter(pl.col("series").is_in(names))
        .group_by("date")
        .agg(pl.len(), pl.col("value").sum())
    )
    total = flanders.figures.series(f"{PROGRAMME}.waiting.total")
    both = total.join(sums.filter(pl.col("len") == 3), on="date", suffix="_of_groups")
    assert both.height == 9
    assert both.get_column("value").to_list() == both.get_column("value_of_groups").to_list()


def test_holds_no_outcome_after_2023(flanders: Region) -> None:
    outcomes = "|".join(
        ("waiting", "next-in-line", "holders", "granted", "inflow", "decisions", "stated-wait")
    )
    later = flanders.figures.frame.filter(
        pl.col("series").str.contains(rf"^[a-z-]+\.({outcomes})(\.|$)") & (pl.col("date") > LAST_OUTCOME)
    )
    assert later.get_column("series").to_list() == []


def test_what_was_known_on_a_day_leaves_out_what_came_out_later(flanders: Region) -> None:
    name = f"{PROGRAMME}.waiting.group-1"
    known = flanders.figures.series(name, known_on=date(2022, 6, 1))
    assert known.get_column("date").max() == date(2021, 12, 31)


def test_growth_money_of_2025_is_what_was_published(flanders: Region) -> None:
    money = plan_money(flanders, "care-and-welfare-525-million")
    measures = [m for m in money if m.programme == PROGRAMME and m.from_.year == 2025]
    by_pot = {to: sum(m.amount_cents_per_year for m in measures if m.to == to) for to in ("", "group-2")}
    assert by_pot == {"": 52_400_000_00, "group-2": 24_100_000_00}


def test_twenty_million_more_is_constant_policy_and_twenty_million(flanders: Region) -> None:
    below = {measure.id for measure in plan_money(flanders, "constant-policy")}
    more = [m for m in plan_money(flanders, "twenty-million-more") if m.id not in below]
    assert [(m.amount_cents_per_year, m.recurrent, m.from_) for m in more] == [
        (20_000_000_00, True, date(2024, 1, 1))
    ]


def test_every_uncertain_input_says_its_range_and_what_it_rests_on(flanders: Region) -> None:
    silent = [
        parameter.id
        for parameter in flanders.programmes[PROGRAMME].parameters
        if parameter.low is None or parameter.high is None or not (parameter.source or parameter.assumption)
    ]
    assert silent == []
