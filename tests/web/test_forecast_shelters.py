"""What one more crisis place buys, on a page: by the file, by the register, and for whom."""

import csv
import io
import re
from html import unescape
from pathlib import Path

import pytest

from tests.crisis.making import make_shelter
from tests.factories import actor_for
from veerkracht.register.crisis.queries.more_places import registered

pytestmark = pytest.mark.once

TESTLAND = Path(__file__).parents[1] / "regions" / "testland"
PAGE = "/en/forecast/shelters/"


@pytest.fixture(autouse=True)
def testland(monkeypatch, db):
    monkeypatch.setenv("VEERKRACHT_REGION", str(TESTLAND))


def texts(response):
    return unescape(response.content.decode())


def test_each_zone_with_what_one_more_place_buys_there(as_role, staff):
    html = texts(as_role("analyst").get(PAGE))
    table = html[html.index('id="zones-head"') :]
    rows = re.findall(r'<th scope="row" data-label="Zone">(.*?)</th>', table)
    fewer = re.findall(r'data-label="One more place: fewer a year">.*?<span>([\d.]+)', table)
    assert rows == ["Upper", "Lower"]
    # Who comes by at home fills no bed; of beds for minors Testland says nothing more.
    assert "Not reckoned here: Bed for a minor." in html
    # Who finds nothing in the lower zone looks nowhere else.
    assert 0 < float(fewer[0]) < float(fewer[1]) < 30
    assert "Of 1,200 draws the 100 that agree with the known share" in html
    chart = as_role("analyst").get(f"{PAGE}?download=one-more").content.decode("utf-8-sig")
    drawn = {row[0]: float(row[1]) for row in csv.reader(io.StringIO(chart)) if row[0] in rows}
    assert drawn == pytest.approx(dict(zip(rows, map(float, fewer), strict=True)), abs=0.5)


def test_by_the_register_only_when_it_holds_places(as_role, staff):
    response = as_role("analyst").get(f"{PAGE}?kind=shelter&by=register")
    assert (response.status_code, "The register holds no open place of this kind." in texts(response)) == (
        422,
        True,
    )


def test_the_register_knows_open_places_by_zone_and_no_searches_while_there_are_few(staff):
    """Of a secret house too, but nothing more than that its zone has them; of another kind of help none."""
    make_shelter("House Birch", area="north", sleeps=(4, 2, 1))
    make_shelter("House Oak", area="south", sleeps=(3,), secret=True)
    make_shelter("House Elm", area="west", sleeps=(2,), kinds=("bed-minor",))
    analyst = actor_for(staff["analyst"], "analyst")
    found = registered(analyst, "shelter")
    assert (found.places, found.searches) == ({"upper": 4, "lower": 0}, {})


def test_who_may_not_see_figures_finds_no_such_page_and_nobody_a_kind_that_is_not_there(as_role, staff):
    assert [as_role(role).get(PAGE).status_code for role in ("person", "reader")] == [404, 200]
    assert as_role("analyst").get(f"{PAGE}?kind=castle").status_code == 404
