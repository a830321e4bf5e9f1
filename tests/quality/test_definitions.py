"""What a region's file on quality says, and each fault with what to change; no database."""

from datetime import date
from pathlib import Path

import pytest

from tests.region.conftest import REGIONS, Spoil, folder, spoil  # noqa: F401
from veerkracht import region


def test_a_definition_is_read_whole():
    quality = region.load(REGIONS / "testland").quality
    assert quality is not None
    soup, socks, day = quality.indicators.values()
    assert (soup.kind, soup.direction, soup.programme, soup.least) == (
        "proportion",
        "lower",
        "home-place",
        10,
    )
    assert (socks.per, socks.similar.by, day.low, day.high) == (1000, ("stratum", "size"), 0, 10)
    assert [one.value for one in soup.references] == [0.1]
    assert [quality.size_of(size).id for size in (1, 99, 100)] == ["small", "small", "large"]
    assert [one.text.en for one in quality.gaps] == ["Nothing is known of clinics."]


@pytest.mark.parametrize(
    ("id", "day", "expected"),
    [
        ("cold-soup", date(2024, 2, 29), (date(2024, 1, 1), date(2024, 3, 31))),
        ("cold-soup", date(2023, 12, 31), (date(2023, 10, 1), date(2023, 12, 31))),
        ("lost-socks", date(2023, 6, 30), (date(2023, 1, 1), date(2023, 6, 30))),
        ("good-day", date(2023, 7, 1), (date(2023, 1, 1), date(2023, 12, 31))),
    ],
)
def test_a_day_is_in_a_period(id, day, expected):
    assert region.load(REGIONS / "testland").quality.indicators[id].period_of(day) == expected


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("least_similar = 3", "least_similar = 1", "least_similar: This number is not possible here."),
        ("from = 100", "from = 1", "size[large].from: Sizes go from small to large."),
        ('by = ["stratum", "size"]', 'by = ["wealth"]', "similar[same-care].by[1]: This is not one of"),
        ("on = 2020-01-01", "on = 2015-01-01", "measurement[house-check].break[1].on: A series can't"),
        ("until = 2024-01-01", "until = 2017-01-01", "measurement[asked-around].until: This ends before"),
        ('sector = "homes"', 'sector = "houses"', "measurement[house-check].sector: There is no such sector"),
        ('id = "lost-socks"', 'id = "cold-soup"', "indicator[cold-soup].id: This id is used twice."),
        ('kind = "rate"', 'kind = "ratio"', "indicator[lost-socks].kind: This is not one of"),
        ("value = 0.1", "value = 10", "indicator[cold-soup].reference[1].value: This number is not"),
        ('adjustment = "stratum"', 'adjustment = "none"', "indicator[lost-socks].adjustment: This does not"),
        ("high = 10", "high = 0", "indicator[good-day].high: A scale has two ends"),
        ('measurement = "asked-around"', 'measurement = "x"', "indicator[good-day].measurement: This is not"),
    ],
)  # fmt: skip
def test_a_fault_says_what_to_change(spoil: Spoil, old, new, fault):  # noqa: F811
    found = [str(one) for one in region.check(spoil("quality.toml", old, new))]
    assert [one.split(": ", 1)[1][: len(fault)] for one in found if fault in one] == [fault]


def test_a_region_may_be_without_quality(folder: Path):  # noqa: F811
    (folder / "quality.toml").unlink()
    assert region.load(folder).quality is None
