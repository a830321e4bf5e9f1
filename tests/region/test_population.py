"""A region's population: read as it stands, and each fault with its file, line and what to change."""

import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.region.conftest import Spoil
from veerkracht import region
from veerkracht.region.population import MORTALITY

MAIN = "population/population.toml"


def test_counts_totals_and_rates_are_read(testland: region.Region) -> None:
    population = testland.population
    assert population is not None
    first = population.counts[0]
    assert first.ages == (0, 18, 65, 80)
    assert first.persons[:, 0, 2].tolist() == [950.0, 1000.0]
    assert population.totals.persons[3].tolist() == [30_200.0, 20_050.0, 9_950.0]
    assert np.isnan(population.totals.persons[4, 1])
    assert population.by_age.shape == (5, 2, 101)
    assert population.by_age[MORTALITY, 1, 0] == 0.00025


@pytest.mark.parametrize(
    ("day", "counted"),
    [
        (date(2019, 5, 31), []),
        (date(2019, 6, 1), [2019]),
        (date(2021, 5, 31), [2019]),
        (date(2021, 6, 1), [2019, 2021]),
    ],
)
def test_a_count_is_known_once_it_is_published(
    testland: region.Region, day: date, counted: list[int]
) -> None:
    assert testland.population is not None
    assert [count.on.year for count in testland.population.known_on(day)] == counted


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        (MAIN, "published = 2019-06-01", "published = 2018-06-01",
         f"{MAIN}:5: count[1].published: This was published before its own day. Found 2018-06-01; "
         "expected 2019-01-01 or later."),
        (MAIN, "ages = [0, 18, 65, 80]", "ages = [0, 18, 80, 65]",
         f"{MAIN}:6: count[1].ages: These can't be the first ages of bands. Found [0, 18, 80, 65]; "
         "expected 0, 5, 10 and so on."),
        (MAIN, "on = 2021-01-01", "on = 2021-03-01",
         f"{MAIN}:11: count[2].on: Persons are counted on 1 January. Found 2021-03-01; expected 2021-01-01."),
        (MAIN, "days = [2017-01-01, 2018-01-01, 2019-01-01, 2020-01-01, 2022-01-01]", "days = []",
         f"{MAIN}:18: totals.days: There are no days. Found nothing; expected one day or more, such as 2020-01-01."),
        (MAIN, 'file = "by-age.csv"', 'file = "../by-age.csv"',
         f"{MAIN}:23: by_age.file: A table lies beside this file. Found ../by-age.csv; "
         "expected the name of a file, without a folder."),
        (MAIN, 'id = "fertility"', 'id = "fertilty"',
         f"{MAIN}:28: parameter[fertilty].id: No number is asked for by this name. Found fertilty; "
         "expected “fertility”, or one of: fertility, mortality.level, mortality.improvement, mortality.year-to-year, "
         "migration.level, migration.local-half-life."),
        (MAIN, "value = 1.8", "value = 18",
         f"{MAIN}:31: parameter[fertility].high: The range does not hold the value. Found 2.0; expected at least 18."),
        (MAIN, "low = 1.6", "low = -1.6",
         f"{MAIN}:30: parameter[fertility].low: This number is not possible here. Found -1.6; expected 0 to 20."),
        ("population/persons.csv", "north,woman,2850", "north,girl,2850",
         "population/persons.csv:2: sex: This is not known here. Found girl; expected one of: woman, man."),
        ("population/persons.csv", "north,woman,2850", "north,woman,-1",
         "population/persons.csv:2: 0: This number is not possible here. Found -1.0; expected zero or more."),
        ("population/totals.csv", "west,,,", "east,,,",
         "population/totals.csv:4: area: This is not known here. Found east; expected “west”, "
         "or one of: north, south, west."),
        ("population/by-age.csv", "woman,20,", "woman,200,",
         "population/by-age.csv:22: age: This number is not possible here. Found 200; expected an age up to 120."),
    ],
)  # fmt: skip
def test_a_fault_says_where_it_is_and_what_to_change(
    spoil: Spoil, file: str, old: str, new: str, fault: str
) -> None:
    faults = [str(found) for found in region.check(spoil(file, old, new))]
    assert fault in faults
    assert all("population/" in found for found in faults)


def test_an_area_that_is_not_counted_is_named(spoil: Spoil) -> None:
    folder = spoil("population/persons.csv", "south,man,2000,6000,1500,400\n", "")
    assert [str(fault) for fault in region.check(folder)] == [
        f"{MAIN}:3: count[1].file: There is an area without a count. Found no row for man of south; "
        "expected each area and sex."
    ]


def test_shares_that_are_no_whole_are_refused(spoil: Spoil) -> None:
    folder = spoil("population/by-age.csv", "0.05,0.025", "0.25,0.025")
    faults = [str(fault) for fault in region.check(folder)]
    assert faults == [
        f"{MAIN}:23: by_age.file: The shares of fertility are not a whole. Found 1.2; expected 1 in all."
    ]


def test_a_region_may_be_without_a_population(folder: Path) -> None:
    shutil.rmtree(folder / "population")
    assert region.load(folder).population is None


def test_a_missing_table_is_one_fault(folder: Path) -> None:
    (folder / "population" / "totals.csv").unlink()
    assert [fault.file for fault in region.check(folder)] == ["population/totals.csv"]
