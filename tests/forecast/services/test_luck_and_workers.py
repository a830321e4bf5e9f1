"""The same answer on any number of workers, in any chunks, in much or little room; the same luck under two plans."""

import numpy as np
import pytest

from tests.forecast.services.networks import inputs, play, tables
from tests.forecast.services.test_queueing_theory import BUSY
from veerkracht.forecast.services import layout as at
from veerkracht.forecast.services import runs as kernel
from veerkracht.forecast.services.work import Room

NET = BUSY._replace(records=tuple(float(day) for day in range(0, 800, 10)))


@pytest.mark.parametrize("workers", [2, 4])
def test_the_same_on_any_number_of_workers(workers):
    one, other = play(NET, 24), play(NET, 24, workers=workers)
    assert all((a == b).all() for a, b in zip(one, other, strict=True))


def test_a_run_is_the_same_alone():
    shared = kernel.Shared(tables(NET), (inputs(NET),) * 6, (), 7)
    alone = kernel.play_chunk(shared, range(4, 5))
    assert (alone.by_class[0] == kernel.play_chunk(shared, range(6)).by_class[4]).all()


def test_too_little_room_is_made_larger(monkeypatch):
    plenty = play(NET, 3)
    monkeypatch.setattr(kernel, "_room", lambda tables, inputs: Room(4, 4, 4))
    assert (play(NET, 3).by_class == plenty.by_class).all()


def test_many_units_at_a_time_are_played_by_the_day_and_change_nothing(monkeypatch):
    plain = play(NET, 3)
    monkeypatch.setattr("veerkracht.forecast.services.work._FEW_UNITS", 0)
    by_day = play(NET, 3)
    np.testing.assert_allclose(by_day.by_class, plain.by_class, rtol=1e-9, atol=1e-6)


def test_two_plans_share_their_luck():
    """One place more: the same seed shows what it brings far more sharply than two seeds do."""
    more = NET._replace(stations=(NET.stations[0]._replace(units=7), *NET.stations[1:]))

    def waiting(net, seed):
        return play(net, 60, seed).by_class[:, at.DAYS_WAITING].sum(axis=(1, 2))

    shared = waiting(NET, 1) - waiting(more, 1)
    apart = waiting(NET, 1) - waiting(more, 2)
    assert shared.mean() > 0
    assert shared.var(ddof=1) < apart.var(ddof=1) / 3


def test_two_plans_get_the_same_requests():
    more = NET._replace(stations=(NET.stations[0]._replace(units=7), *NET.stations[1:]))
    asked = [play(net, 5).by_class[:, at.ASKED] for net in (NET, more)]
    assert (asked[0] == asked[1]).all()
