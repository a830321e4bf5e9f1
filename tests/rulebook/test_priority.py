"""The group and the date that the rules of a day give."""

from datetime import date

import pytest

from tests.rulebook.making import ON, programme, request, table
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.priority import priority_date, priority_group


def test_the_group_follows_from_the_facts() -> None:
    rows = table(request(1, weight=6), request(2, weight=5), request(3, weight=2), request(4, weight=None))
    assert priority_group(rows, programme(), ON).to_list() == [1, 2, 3, None]


def test_the_date_follows_from_the_facts() -> None:
    rows = table(request(1, revised_on=None), request(2, revised_on=date(2022, 2, 2)))
    assert priority_date(rows, programme(), ON).to_list() == [date(2021, 1, 1), date(2022, 2, 2)]


def test_no_rule_is_an_error() -> None:
    with pytest.raises(DateFault) as fault:
        priority_group(table(request(1, weight=6)), programme(), date(2019, 1, 1))
    assert str(fault.value) == (
        "No rule for the priority group of help holds on 2019-01-01: the first holds from 2020-01-01."
    )
