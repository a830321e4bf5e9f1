"""The order: total, the same whatever the sequence of the rows, and right in the sign of every key."""

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rulebook.making import BEGIN, LAW, ON, programme, request, table, tables
from veerkracht.rulebook.errors import RuleFault, TableFault
from veerkracht.rulebook.order import key_columns, order, positions
from veerkracht.rulebook.types import Order


def ordered_by(*by: str):  # type: ignore[no-untyped-def]
    return programme(orders=(Order(by=by, from_=BEGIN, source=LAW),))


def ids_in_order(rows: pl.DataFrame, by: tuple[str, ...]) -> list[int]:
    return rows["id"].gather(positions(rows, ordered_by(*by), ON)).to_list()


FIRST = {
    "priority_group": 1,
    "priority_date": date(2020, 1, 1),
    "points": 1.000001,
    "partial": False,
    "id": 1,
}
SECOND = {
    "priority_group": 2,
    "priority_date": date(2020, 1, 2),
    "points": 1.000002,
    "partial": True,
    "id": 2,
}


@pytest.mark.parametrize("key", ["priority_group", "priority_date", "points", "partial", "id"])
def test_the_sign_of_every_key(key: str) -> None:
    rows = table(request(**{"id": 2, key: SECOND[key]}), request(**{"id": 1, key: FIRST[key]}))
    assert ids_in_order(rows, (key, "id")) == [1, 2]
    assert ids_in_order(rows, (f"-{key}", "id")) == [2, 1]


@pytest.mark.parametrize("key", ["priority_date", "-priority_date", "points", "-points"])
def test_what_is_unknown_comes_last(key: str) -> None:
    rows = table(request(1, **{key.removeprefix("-"): None}), request(2))
    assert ids_in_order(rows, (key, "id")) == [2, 1]


@pytest.mark.parametrize("key", ["priority_group", "-priority_group"])
def test_without_a_group_one_comes_last(key: str) -> None:
    rows = table(request(1, priority_group=0), request(2, priority_group=3))
    assert ids_in_order(rows, (key, "id")) == [2, 1]


@given(tables(), st.randoms())
def test_total_and_stable_under_shuffling(rows: pl.DataFrame, random: object) -> None:
    numbers = list(range(rows.height))
    random.shuffle(numbers)  # type: ignore[attr-defined]
    places = dict(zip(rows["id"], order(rows, programme(), ON), strict=True))
    shuffled = rows[numbers]
    assert dict(zip(shuffled["id"], order(shuffled, programme(), ON), strict=True)) == places
    assert sorted(places.values()) == list(range(1, rows.height + 1))


def test_an_earlier_order_as_start_changes_nothing() -> None:
    rows = table(*(request(n, priority_date=date(2020, 1, 1 + n * 7 % 28)) for n in range(1, 60)))
    known = positions(rows, programme(), ON)
    assert positions(rows, programme(), ON, start=known[::-1].copy()).tolist() == known.tolist()


def test_the_keys_are_whole_numbers_and_end_in_the_id() -> None:
    rows = table(request(7, priority_group=2, priority_date=date(1970, 1, 11)))
    assert key_columns(rows, programme(), ON).tolist() == [[2, 10, 7]]


def test_the_order_of_the_day_holds() -> None:
    changed = programme(
        orders=(
            Order(by=("id",), from_=BEGIN, source=LAW),
            Order(by=("-points", "id"), from_=date(2023, 1, 1), source=LAW),
        )
    )
    rows = table(request(1, points=1.0), request(2, points=9.0))
    assert order(rows, changed, date(2022, 12, 31)).to_list() == [1, 2]
    assert order(rows, changed, date(2023, 1, 1)).to_list() == [2, 1]


def test_a_text_can_not_order() -> None:
    with pytest.raises(RuleFault) as fault:
        order(table(request(1)), ordered_by("area", "id"), ON)
    assert (
        str(fault.value) == "The order can't use the column area: it holds text, expected dates or numbers."
    )


def test_a_missing_column_is_named() -> None:
    with pytest.raises(TableFault) as fault:
        order(table(request(1)), ordered_by("weight", "id"), ON)
    assert str(fault.value) == (
        "The order needs the column weight, and the table of requests has no such column."
    )
