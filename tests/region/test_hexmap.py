"""A hexagon for each area: all of them, none on top of another, near where they are."""

import numpy as np
import polars as pl
import pytest

from veerkracht.region import Region
from veerkracht.region.hexmap import hexagons


def areas(*places: tuple[float, float]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "code": [f"a{number:03}" for number in range(len(places))],
            "longitude": [place[0] for place in places],
            "latitude": [place[1] for place in places],
        },
        schema={"code": pl.String, "longitude": pl.Float64, "latitude": pl.Float64},
    )


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50, 285])
def test_each_area_has_a_place_of_its_own(count: int) -> None:
    random = np.random.default_rng(count)
    made = areas(*zip(random.normal(4, 1, count), random.normal(51, 0.3, count), strict=True))
    placed = hexagons(made)
    assert sorted(placed["code"]) == made["code"].to_list()
    assert placed.select("column", "row").is_duplicated().sum() == 0
    assert (placed["column"].min(), placed["row"].min() in (0, 1)) == (0, True)


def test_north_is_up_and_west_is_left(testland: Region) -> None:
    where = {code: (column, row) for code, column, row in hexagons(testland.areas).rows()}
    assert where["north"][1] < where["south"][1]
    assert where["west"][0] <= where["south"][0]


def test_the_sequence_of_the_areas_does_not_matter() -> None:
    made = areas((3, 51), (4, 51), (5, 51), (4, 50.5), (4, 51.5))
    assert hexagons(made).sort("code").rows() == hexagons(made.reverse()).sort("code").rows()


def test_areas_on_one_spot_and_no_areas() -> None:
    assert hexagons(areas((4, 51), (4, 51))).height == 2
    assert hexagons(areas()).height == 0
