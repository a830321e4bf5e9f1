"""Which tables are published: cells that are one wherever they stand, and sums that hold, in any region."""

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from veerkracht import region
from veerkracht.register.published.tables import OF, WAITING, area_axis, counted, published_cells

REGIONS = Path(__file__).parents[2] / "regions", Path(__file__).parents[1] / "regions"


@pytest.fixture(
    scope="module", params=[REGIONS[0] / "flanders", REGIONS[1] / "testland"], ids=lambda one: one.name
)
def here(request) -> region.Region:
    return region.load(request.param)


def somebody(here: region.Region, many: int = 500) -> pl.DataFrame:
    """Rows drawn at random, some of the same person."""
    luck = np.random.default_rng(1)
    programme = next(iter(here.programmes.values()))
    groups = [str(group.number) for group in programme.groups] + ["0"]
    return pl.DataFrame(
        {
            "measure": luck.choice([WAITING, "helped"], many),
            "person": luck.integers(1, 300, many),
            "area": luck.choice(here.areas.get_column("code").to_list(), many),
            "group": luck.choice(groups, many),
            "age": luck.choice(["0", "18", "30", "75"], many),
            "key": luck.integers(0, 2**40, many),
        }
    ).with_columns(group=pl.when(pl.col("measure") == WAITING).then("group").otherwise(pl.lit("0")))


def test_every_cell_stands_once_and_every_sum_holds(here):
    published = published_cells(next(iter(here.programmes.values())), here.areas)
    found = counted(published, somebody(here), here.areas)
    assert found.select(OF).is_duplicated().sum() == 0
    assert published.linked.holds_for(found.get_column("count").to_numpy())
    assert published.linked.holds_for(found.get_column("key").to_numpy())


def test_a_cell_counts_requests_and_the_persons_behind_them(here):
    published = published_cells(next(iter(here.programmes.values())), here.areas)
    rows = somebody(here)
    found = counted(published, rows, here.areas)
    total = found.row(
        by_predicate=(pl.col("measure") == WAITING) & pl.all_horizontal(pl.col("area", "group", "age") == ""),
        named=True,
    )
    waiting = rows.filter(pl.col("measure") == WAITING)
    assert (total["count"], total["persons"]) == (waiting.height, waiting.get_column("person").n_unique())


def test_a_level_that_cuts_through_another_is_left_out():
    areas = pl.DataFrame(
        {"code": ["a", "b", "c"], "zone": ["z1", "z1", "z2"], "province": ["p1", "p2", "p2"]},
    )
    assert area_axis(areas).values == ("a", "b", "c", "zone:z1", "zone:z2", "")


def test_a_level_that_is_not_there_is_left_out():
    areas = pl.DataFrame({"code": ["a", "b"], "zone": ["z1", "z2"], "province": ["", ""]})
    assert area_axis(areas).values == ("a", "b", "zone:z1", "zone:z2", "")


def test_the_regions_choose_differently():
    methods = [
        region.load(one).disclosure.method for one in (REGIONS[0] / "flanders", REGIONS[1] / "testland")
    ]
    assert methods == ["round", "suppress"]
