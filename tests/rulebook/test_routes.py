"""How long what a route grants lasts."""

import dataclasses
from datetime import date

import pytest

from tests.rulebook.making import BEGIN, programme
from veerkracht.rulebook.months import add_months
from veerkracht.rulebook.routes import ends_on

ROUTE = programme().routes[0]


@pytest.mark.parametrize(
    ("changes", "granted", "ends"),
    [
        ({"months": 6}, date(2023, 2, 1), date(2023, 8, 1)),
        ({"months": 6}, date(2023, 8, 31), date(2024, 2, 29)),
        ({"months": None, "weeks": 22}, date(2023, 1, 2), date(2023, 6, 5)),
        ({"months": None}, date(2023, 1, 2), None),
    ],
)
def test_a_temporary_grant_ends(changes: dict[str, int | None], granted: date, ends: date | None) -> None:
    assert ends_on(dataclasses.replace(ROUTE, **changes), granted) == ends


def test_months_go_over_the_end_of_a_year() -> None:
    assert add_months(date(2023, 11, 30), 3) == date(2024, 2, 29)


def test_a_route_is_found_on_the_days_it_is_open() -> None:
    dated = programme(routes=(dataclasses.replace(ROUTE, until=date(2023, 2, 1)),))
    assert dated.route("emergency", date(2023, 1, 31)) == dated.routes[0]
    assert dated.route("emergency", date(2023, 2, 1)) is None
    assert dated.route("other", BEGIN) is None
