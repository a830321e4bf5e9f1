"""Conditions: one column each, true, false or unknown; and ages, also of those born on 29 February."""

from datetime import date

import polars as pl
import pytest

from tests.rulebook.making import LAW, ON, programme, request, table, words
from veerkracht.rulebook.conditions import conditions, eligible
from veerkracht.rulebook.errors import TableFault
from veerkracht.rulebook.tables import on_date
from veerkracht.rulebook.types import Condition

THREE = table(
    request(1),
    request(2, birth_date=date(2010, 1, 1)),
    request(3, complete=None),
)


def test_each_condition_gives_its_own_column() -> None:
    checked = conditions(THREE, programme(), ON)
    assert checked.select("id", "condition.adult", "condition.complete").rows() == [
        (1, True, True),
        (2, False, True),
        (3, True, None),
    ]


def test_what_is_unknown_is_not_met() -> None:
    assert eligible(THREE, programme(), ON).to_list() == [True, False, False]


def test_a_programme_without_conditions_lets_everyone_in() -> None:
    assert eligible(THREE, programme(conditions=()), ON).to_list() == [True, True, True]


def test_only_the_conditions_of_the_day_count() -> None:
    later = Condition(
        id="never", rule="age < 0", reason=words("r"), unmet=words("u"), from_=date(2024, 6, 1), source=LAW
    )
    changed = programme(conditions=(*programme().conditions, later))
    assert eligible(THREE, changed, date(2024, 5, 31)).to_list() == [True, False, False]
    assert eligible(THREE, changed, date(2024, 6, 1)).to_list() == [False, False, False]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableFault) as fault:
        conditions(THREE.drop("complete"), programme(), ON)
    assert str(fault.value) == (
        "The condition complete needs the column complete, and the table of requests has no such column."
    )


def test_an_empty_table_stays_empty() -> None:
    assert eligible(table(), programme(), ON).to_list() == []


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 5, 10), date(2018, 5, 9), 17),
        (date(2000, 5, 10), date(2018, 5, 10), 18),
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 28), 19),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(2000, 12, 31), date(2019, 1, 1), 18),
        (date(2000, 1, 1), date(2000, 1, 1), 0),
    ],
)
def test_age_counts_completed_years(born: date, on: date, age: int) -> None:
    assert on_date(pl.DataFrame({"birth_date": [born]}), on).item(0, "age") == age


def test_an_unknown_birth_date_gives_an_unknown_age() -> None:
    born = pl.DataFrame({"birth_date": [None]}, schema={"birth_date": pl.Date})
    assert on_date(born, ON).item(0, "age") is None
