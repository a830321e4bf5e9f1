"""What one more place buys in Testland, by its file and by what a register would know."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.forecast.services.networks import z_score
from veerkracht import region
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.losses import Asked, Known, exact, more_places
from veerkracht.forecast.losses.drawn import draw, networks

ON = date(2023, 12, 31)
ASKED = Asked(ON, runs=30)
# So few places, and so many searches, that all states can be counted.
COUNTED = Known({"upper": 2, "lower": 1}, {"upper": 90.0, "lower": 40.0})


@pytest.fixture(scope="module")
def shelter(request):
    return region.load(request.config.rootpath / "tests/regions/testland").losses["shelter"]


def without(shelter, *ids):
    return replace(shelter, numbers=tuple(one for one in shelter.numbers if one.id not in ids))


def changed(shelter, id, **to):
    numbers = tuple(replace(one, **to) if one.id == id else one for one in shelter.numbers)
    return replace(shelter, numbers=numbers)


def test_only_draws_that_agree_with_what_came_of_it_are_kept(shelter):
    kept, free = more_places(shelter, ASKED), more_places(without(shelter, "lost.share"), ASKED)
    assert (kept.kept, kept.drawn, free.drawn) == (30, 360, 30)
    share, any_ = (one.none.sum(axis=1) / one.searched.sum(axis=1) for one in (kept, free))
    # Played longer, a draw may come out just beside the range.
    assert 0.08 < share.min() < share.max() < 0.32
    assert any_.min() < 0.05 < 0.35 < any_.max()
    assert kept.places.sum(axis=1).std() < free.places.sum(axis=1).std()


def test_what_one_more_place_buys_is_what_all_states_say(shelter):
    """With places and searches as registered: nothing is drawn but the stays, and each draw can be counted out."""
    simple = without(shelter, "lost.share")
    found = more_places(simple, replace(ASKED, runs=12, known=COUNTED))
    counted = networks(simple, draw(simple, COUNTED, ON, Draws(1, 12)))
    a_year = np.array([one.a_year for one in counted[0].searches])
    before = np.array([(exact(net).none * a_year).sum() for net in counted])
    assert abs(z_score(found.none.sum(axis=1) - before, 0.0)) < 4
    for zone in range(2):
        after = np.array([(exact(net.with_more(zone)).none * a_year).sum() for net in counted])
        assert abs(z_score(found.bought[:, zone] - (before - after), 0.0)) < 4
    assert found.searched.mean(axis=0) == pytest.approx([90, 40], rel=0.05)
    assert found.places.tolist() == [[2.0, 1.0]] * 12


def test_a_place_buys_most_where_most_can_use_it(shelter):
    """Who finds nothing in the lower zone looks nowhere else; the upper zone looks in the lower one too."""
    found = more_places(shelter, ASKED)
    assert found.elsewhere[:, 0].tolist() == [0.0] * 30
    assert (found.elsewhere[:, 1] > 0).all()
    assert found.most.sum() == pytest.approx(1.0)
    assert found.most[1] > 0.5
    assert (np.diff(found.left.mean(axis=0)) < 0).all()


def test_the_same_numbers_on_any_number_of_workers(shelter):
    one, two = (more_places(shelter, replace(ASKED, workers=workers)) for workers in (1, 2))
    assert (one.bought == two.bought).all()


def test_siblings_need_room_together(shelter):
    """Half of the searches for two at once, in cabins for one each: more find nothing, as nothing else changes."""
    number = next(one for one in shelter.numbers if one.id == "near.share")
    pairs = (
        replace(number, id="together.share", value=0.5),
        replace(number, id="together.places", value=2.0),
    )
    simple = without(shelter, "lost.share")
    alone, together = (
        more_places(one, ASKED).none.sum()
        for one in (simple, replace(simple, numbers=(*simple.numbers, *pairs)))
    )
    assert together > 1.3 * alone


def test_ranges_that_contradict_what_came_of_it_are_refused(shelter):
    far = changed(shelter, "lost.share", value=0.955, low=0.95, high=0.96)
    with pytest.raises(
        ForecastFault, match=r"^Shelter: of 360 draws only 0 come to the share .* \(95% to 96%\)"
    ):
        more_places(far, ASKED)
    with pytest.raises(ForecastFault, match=r"^losses\.shelter has no parameter “stay\.days”"):
        more_places(without(shelter, "stay.days"), ASKED)


def test_it_looks_where_the_desk_looks_and_in_its_order():
    here = region.current()
    every_zone = [*range(len(here.crisis.zones))]
    for shelters in here.losses.values():
        (net,) = networks(shelters, draw(shelters, Known(), ON, Draws(1, 1)))
        steps = [
            [here.crisis.step_to(one.id, net.zones[place].id) for place in one.order] for one in net.searches
        ]
        assert [one for one in steps if one not in ([0], every_zone)] == []
        assert every_zone in steps
