"""The track record: every series with its scores in words, in each variant; nothing where there is none."""

import csv
import io
import re
import shutil
from datetime import date
from html import unescape
from pathlib import Path

import polars as pl
import pytest

from tests import factories
from veerkracht import region
from veerkracht.forecast.hindcast import record
from veerkracht.forecast.hindcast.points import SCHEMA
from veerkracht.forecast.hindcast.track import Track, store
from veerkracht.forecast.known import DECIDED, KNOWN

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = pytest.mark.once

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
PAGE = "/en/forecast/record/"


def points(programme, variant, error):
    """Eight figures after one start, each missed by `error`."""
    rows = []
    for year in range(2019, 2027):
        observed = 100.0 + year - 2018
        said = observed + error
        rows.append(
            {
                "series": f"{programme}.waiting.total",
                "start": date(2018, 12, 31),
                "variant": variant,
                "date": date(year, 12, 31),
                "horizon_years": year - 2018.0,
                "observed": observed,
                **dict.fromkeys(("p50", "mean"), said),
                **dict.fromkeys(("p2_5", "p10", "p25"), said - 2),
                **dict.fromkeys(("p75", "p90", "p97_5"), said + 2),
                "error": error,
                "crps": abs(error),
                **{f"inside_{share}": abs(error) <= 2 for share in (50, 80, 95)},
                "same": 100.0,
                "trend": observed - 3.0,
                "yardstick": None,
            }
        )
    return rows


@pytest.fixture
def testland(tmp_path, monkeypatch):
    folder = shutil.copytree(TESTLAND, tmp_path / "testland")
    monkeypatch.setenv("VEERKRACHT_REGION", str(folder))
    return folder


@pytest.fixture
def recorded(testland, staff):
    """A record that is good with what was known then, and bad with what was decided later."""
    here = region.current()
    first = next(iter(here.programmes))
    frame = pl.DataFrame([*points(first, KNOWN, 1.0), *points(first, DECIDED, 9.0)], schema=SCHEMA)
    store(Track(here.id, "as-is", (first,), (date(2018, 12, 31),), 20, 1, frame, "made of this"), here)
    return first


def texts(response):
    return unescape(response.content.decode())


def rows_of(html):
    """The tag of each variant, and its counts of figures inside the ranges."""
    tags = re.findall(r'<span class="tag[^"]*">(better|not better)<', html)
    return list(zip(tags, re.findall(r'data-label="In 8 of 10">(.*?)<', html), strict=True))


def test_scores_are_said_good_and_bad_with_their_counts(as_role, recorded):
    html = texts(as_role("analyst").get(PAGE))
    assert rows_of(html) == [("better", "8 of 8"), ("not better", "0 of 8")]
    assert "The error is 78% smaller than with “everything stays the same”" in html
    assert "Only 0 of the 8 figures lay in the range of 8 chances in 10" in html


@pytest.mark.parametrize(("variant", "middle"), [(KNOWN, "102"), (DECIDED, "110")])
def test_each_variant_has_its_own_chart(as_role, recorded, variant, middle):
    file = as_role("analyst").get(f"{PAGE}?variant={variant}&download={recorded}-waiting-total")
    rows = {row[0]: row for row in csv.reader(io.StringIO(file.content.decode("utf-8-sig")))}
    assert rows["2019-12-31"][2] == f"{middle}.0"


def test_a_record_of_other_files_is_stale(as_role, recorded):
    assert '<span class="tag warn">stale</span>' in texts(as_role("analyst").get(PAGE))


def test_who_works_for_another_programme_does_not_see_it(recorded, client):
    others = [id for id in region.current().programmes if id != recorded]
    client.force_login(factories.make_user("reader", programme=others[0]))
    assert recorded not in texts(client.get(PAGE))


def test_a_person_finds_no_such_page(as_role, recorded):
    assert [as_role(role).get(PAGE).status_code for role in ("person", "reader")] == [404, 200]


def test_a_region_without_a_record_says_so(as_role, testland, staff):
    assert "There is no track record of this region yet." in texts(as_role("analyst").get(PAGE))


def row(**changes):
    usual = {"points": 10, "error": 5.0, "bias": 0.0, "inside_80": 8}
    return {**usual, "than_same": 0.5, "than_trend": 0.6, "than_yardstick": None, **changes}


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({}, ["The error is 50% smaller", "8 of the 10 figures"]),
        ({"than_trend": 1.2}, ["Better than “everything stays the same”, but not", "8 of the 10 figures"]),
        ({"than_same": 1.2}, ["Better than “same trend”, but not", "8 of the 10 figures"]),
        ({"than_same": 1.5, "than_trend": 1.2}, ["Not better than", "8 of the 10 figures"]),
        ({"than_same": None}, ["8 of the 10 figures"]),
        (
            {"than_yardstick": 0.75},
            ["The error is 50% smaller", "The error is 25% smaller than that of", "8 of the 10 figures"],
        ),
        (
            {"than_yardstick": 1.5},
            ["The error is 50% smaller", "Not better than the forecast of", "8 of the 10 figures"],
        ),
        ({"inside_80": 3}, ["The error is 50% smaller", "Only 3 of the 10 figures"]),
        ({"points": 20, "inside_80": 20}, ["The error is 50% smaller", "All 20 figures"]),
        ({"points": 3, "inside_80": 3}, ["The error is 50% smaller", "There are only 3 figures"]),
        ({"points": 1, "inside_80": 1}, ["The error is 50% smaller", "There is only one figure"]),
        (
            {"bias": -4.6},
            ["The error is 50% smaller", "8 of the 10 figures", "On average the forecast was 5 too low."],
        ),
    ],
)
def test_a_verdict_in_words(changes, said):
    found = [text.en for text in record.verdict(row(**changes))]
    assert [text.startswith(start) for text, start in zip(found, said, strict=True)] == [True] * len(said)
