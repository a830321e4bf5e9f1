"""What one more crisis place buys, on a page: by the file, by the register, and for whom."""

import csv
import io
import re
from datetime import timedelta
from html import unescape
from pathlib import Path

import numpy as np
import pytest

from tests.crisis.making import make_call, make_shelter, make_worker
from tests.factories import actor_for
from tests.forecast.services.networks import z_score
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.losses import Asked, Known, exact, more_places
from veerkracht.forecast.losses.drawn import draw, networks
from veerkracht.register import clock
from veerkracht.register.crisis.models import Search, SearchStep
from veerkracht.register.crisis.queries.more_places import kinds, registered

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
    aside = re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", html[html.index('id="aside-head"') :])
    few = "published nowhere, and in Upper the register took in fewer than 20 searches in the past year"
    assert [name for name, _ in aside] == ["Bed for a minor", "Visit at home"]
    assert (aside[0][1], aside[1][1].split(":")[0]) == (few, "fills no bed")
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


def registered_beds(worker, *, stays: int, upper: int = 40, lower: int = 20) -> None:
    """Searches for a bed of the past hundred days, one in four no farther than 10 km. So many found one for four days,
    two of them a pair of brothers; one who came ten days ago is there still.
    """
    call, house, now = make_call(worker), make_shelter("House Elm", kinds=("bed-minor",)), clock.now()
    facts = {
        "call": call,
        "kind": "bed-minor",
        "children": [8],
        "persons": 1,
        "state": "ended",
        "by_name": "W",
    }
    zones = [("upper", "north")] * upper + [("lower", "west")] * lower
    searches = Search.objects.bulk_create(
        Search(
            **facts, number=f"S-9{at:06}", zone=zone, from_area=area, made_at=now - timedelta(100),
            updated_at=now, furthest_km=None if at % 4 else 10,
        )
        for at, (zone, area) in enumerate(zones)
    )  # fmt: skip
    came = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=10)
    told = {"service": house, "by_name": "W", "role": "crisis-worker"}
    SearchStep.objects.bulk_create(
        SearchStep(**told, search=one, sequence=1, kind="confirmed", at=came, places=2 if at < 2 else 1)
        for at, one in enumerate(searches[: stays + 1])
    )
    SearchStep.objects.bulk_create(
        SearchStep(**told, search=one, sequence=2, kind="ended", at=came + timedelta(days=4))
        for one in searches[:stays]
    )


def test_a_kind_without_figures_is_reckoned_by_what_desks_registered(staff, as_role):
    """What one more place buys is then what all states of the same network say."""
    worker, analyst = make_worker(), actor_for(staff["analyst"], "analyst")
    registered_beds(worker, stays=24)
    make_shelter("House Oak", area="west", kinds=("bed-minor",))
    (beds,) = kinds(analyst).counted
    numbers = {one.id: (one.value, one.low, one.high) for one in beds.numbers}
    mean, share = (24 * 4 + 10) / 24, 2 / 25
    assert numbers == {
        "stay.days": pytest.approx((mean, mean * (1 - 1.645 / 24**0.5), mean * (1 + 1.645 / 24**0.5))),
        "near.share": (0.25, 0, 0.25),
        "together.share": pytest.approx((share, 0, share + 1.645 * (share * (1 - share) / 25) ** 0.5)),
        "together.places": (2, 2, 2),
    }
    held = registered(analyst, "bed-minor")
    # A register of 101 days says of a year what it says of them.
    assert held.searches == {"upper": round(40 * 365 / 101, 1), "lower": round(20 * 365 / 101, 1)}
    assert held.places == {"upper": 1, "lower": 1}
    known = Known(held.places, held.searches)
    found = more_places(beds, Asked(clock.today(), runs=12, known=known))
    nets = networks(beds, draw(beds, known, clock.today(), Draws(1, 12)))
    a_year = np.array([[one.a_year for one in net.searches] for net in nets])
    before, *after = (
        np.array([(exact(net).none * years).sum() for net, years in zip(all_, a_year, strict=True)])
        for all_ in (nets, *([net.with_more(zone) for net in nets] for zone in range(2)))
    )
    assert abs(z_score(found.none.sum(axis=1) - before, 0.0)) < 4
    for zone in range(2):
        assert abs(z_score(found.bought[:, zone] - (before - after[zone]), 0.0)) < 4
    html = texts(as_role("analyst").get(f"{PAGE}?kind=bed-minor"))
    assert ("By the register" in html, "By published figures and assumptions" in html) == (True, False)


@pytest.mark.parametrize(
    ("stays", "lower", "shared", "why"),
    [
        (24, 19, False, "in Lower the register took in fewer than 20 searches"),
        (19, 20, False, "the register knows fewer than 20 stays"),
        (24, 20, True, "a service gives Shelter too"),
    ],
)
def test_what_the_register_can_not_say_honestly_is_left_aside_with_why(staff, stays, lower, shared, why):
    registered_beds(make_worker(), stays=stays, lower=lower)
    if shared:
        make_shelter("House Oak", kinds=("bed-minor", "shelter"))
    said = kinds(actor_for(staff["analyst"], "analyst"))
    assert (said.counted, why in said.left_aside[0][1].en) == ((), True)


def test_who_may_not_see_figures_finds_no_such_page_and_nobody_a_kind_that_is_not_there(as_role, staff):
    assert [as_role(role).get(PAGE).status_code for role in ("person", "reader")] == [404, 200]
    assert as_role("analyst").get(f"{PAGE}?kind=castle").status_code == 404
