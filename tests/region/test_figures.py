"""Figures: one value a date, as known on a day."""

from datetime import date

import pytest

from veerkracht.region import Region

TOTAL = "day-money.waiting.total"


@pytest.mark.parametrize(
    ("until", "known_on", "values"),
    [
        (None, None, [40.0, 44.0]),
        (date(2023, 12, 30), None, [40.0]),
        (date(2023, 12, 31), None, [40.0, 44.0]),
        (None, date(2023, 1, 31), []),
        (None, date(2023, 2, 1), [41.0]),  # the other source was there first
        (None, date(2023, 5, 1), [40.0]),
        (None, date(2024, 5, 1), [40.0, 44.0]),
    ],
)
def test_a_series_as_known(
    testland: Region, until: date | None, known_on: date | None, values: list[float]
) -> None:
    assert testland.figures.series(TOTAL, until=until, known_on=known_on)["value"].to_list() == values


def test_without_a_day_of_publication_a_figure_is_known_on_its_own_date(testland: Region) -> None:
    holders = testland.figures.series("day-money.holders", known_on=date(2023, 12, 31))
    assert holders.select("value", "low", "high", "status").rows() == [(90.0, 80.0, 100.0, "assumption")]


def test_one_figure_and_the_names_of_all(testland: Region) -> None:
    assert testland.figures.value(TOTAL, date(2022, 12, 31)) == 40.0
    assert testland.figures.value(TOTAL, date(2022, 12, 30)) is None
    assert testland.figures.names() == [
        "day-money.holders",
        TOTAL,
        "family-team.waiting.persons",
        "home-place.day-price",
        "home-place.homes",
        "home-place.occupancy",
        "home-place.places.extra",
        "home-place.places.recognised",
        "home-place.residents.heavy-share",
    ]
