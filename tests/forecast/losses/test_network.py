"""The network of crisis shelters against Erlang, against Kaufman and Roberts, and against all its states."""

import numpy as np
import pytest

from tests.forecast.services.networks import z_score
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.losses import (
    LossNetwork,
    Searches,
    Zone,
    erlang_b,
    exact,
    kaufman_roberts,
    played,
)

YEAR = 365.25
RUNS = 30


def searches(id, load, order, days=5.0, **more):
    return Searches(id, order, load / days * YEAR, days, **more)


# Two zones that help each other, a third that only takes; who comes from the second goes no farther; families in two
# places at once. Stays differ.
THREE = LossNetwork(
    (Zone("a", 3), Zone("b", 2), Zone("c", 2)),
    (
        searches("a", 2.0, (0, 1, 2)),
        searches("b", 1.5, (1,), days=9.0),
        searches("family", 0.6, (1, 0), days=20.0, taken=2),
    ),
)


def test_one_zone_is_erlang_b():
    net = LossNetwork((Zone("a", 6),), (searches("one", 3.0, (0,)), searches("two", 2.0, (0,), days=11.0)))
    lost = played((net,) * RUNS, years=8.0)
    expected = erlang_b(5.0, 6)
    assert exact(net).none == pytest.approx([expected, expected])
    assert abs(z_score(lost.share, expected)) < 4
    assert abs(z_score(lost.used[:, 0], 5.0 * (1 - expected) / 6)) < 4


def test_erlang_b_as_published():
    """Monks et al. 2016, BMC Health Services Research 16:530: a stroke unit with a load of 8.355."""
    found = [erlang_b(8.355, beds) for beds in range(10, 15)]
    assert found == pytest.approx([0.138, 0.095, 0.062, 0.038, 0.022], abs=0.0015)
    assert erlang_b(4.0, 0) == 1.0
    assert erlang_b(0.0, 3) == 0.0


def test_families_are_taken_whole_as_kaufman_and_roberts_say():
    net = LossNetwork((Zone("a", 7),), (searches("one", 3.0, (0,)), searches("four", 0.8, (0,), taken=4)))
    expected = kaufman_roberts((3.0, 0.8), (1, 4), 7)
    assert exact(net).none == pytest.approx(expected)
    lost = played((net,) * RUNS, years=8.0)
    for kind, share in enumerate(expected):
        assert abs(z_score(lost.none[:, kind] / lost.searched[:, kind], share)) < 4


def test_overflow_between_zones_as_all_states_say():
    expected, lost = exact(THREE), played((THREE,) * RUNS, years=8.0)
    for kind, share in enumerate(expected.none):
        assert abs(z_score(lost.none[:, kind] / lost.searched[:, kind], share)) < 4
    for zone, a_year in enumerate(expected.elsewhere):
        if a_year:
            assert abs(z_score(lost.elsewhere[:, zone], a_year)) < 4
        else:
            assert (lost.elsewhere[:, zone] == 0).all()


def test_one_more_place_buys_what_all_states_say_it_buys():
    """And on the same luck it is known far more sharply than either network is."""
    wider = THREE.with_more(0)
    before, after = (played((net,) * RUNS, years=8.0).none.sum(axis=1) for net in (THREE, wider))
    a_year = np.array([one.a_year for one in THREE.searches])
    expected = ((exact(THREE).none - exact(wider).none) * a_year).sum()
    assert abs(z_score(before - after, expected)) < 4
    assert (before - after).std() < 0.8 * np.hypot(before.std(), after.std())


def test_the_same_luck_on_any_number_of_workers():
    one, two = (played((THREE,) * 4, years=1.0, workers=workers) for workers in (1, 2))
    assert (one.none == two.none).all()
    assert (one.searched == played((THREE.with_more(1, 5),) * 4, years=1.0).searched).all()


def test_what_can_not_be_is_refused():
    with pytest.raises(ForecastFault, match=r"^The number of places of a is -1: that can't be\.$"):
        LossNetwork((Zone("a", -1),), ())
    with pytest.raises(ForecastFault, match=r"^The length in days of x is 0: that can't be\.$"):
        LossNetwork((Zone("a", 1),), (Searches("x", (0,), 5.0, 0.0),))
    with pytest.raises(ForecastFault, match=r"^The search x names no zone, or one that is not there\.$"):
        LossNetwork((Zone("a", 1),), (Searches("x", (1,), 5.0, 2.0),))
    with pytest.raises(ForecastFault, match=r"^-2 places and a load of 1 can't be reckoned with"):
        erlang_b(1.0, -2)
    many = LossNetwork((Zone("a", 300), Zone("b", 300)), (searches("x", 9.0, (0, 1)),))
    with pytest.raises(ForecastFault, match=r"^This network has more than 20,000 states"):
        exact(many)
