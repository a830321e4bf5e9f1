"""The engine of places and cases against queueing theory: z-scores over independent runs."""

import math

import numpy as np
import pytest
from scipy.linalg import expm

from tests.forecast.services.networks import (
    Class,
    Cohort,
    Network,
    Station,
    Stream,
    erlang_b,
    erlang_c,
    play,
    stationary,
    z_score,
)
from veerkracht.forecast.services import layout as at

RUNS = 40
# The first part of a run, from an empty network, is not looked at.
LONG = (0.0, 200.0, 2_000.0)
FIXED = Class(power=0.0)
WEIBULL = Class(1.0 / math.gamma(1.5), power=0.5)
MIXED = Class(0.5, second=(0.2, 3.0, 1.0))
STAYS = pytest.mark.parametrize(
    "stay", [Class(), FIXED, WEIBULL, MIXED], ids=["exp", "fixed", "weibull", "mixed"]
)


def mean_wait(raw, kind=0):
    """Mean wait of those admitted in the last period, for each run."""
    return raw.by_class[:, at.DAYS_WAITED, kind, -1] / raw.by_class[:, at.ADMITTED, kind, -1]


def delayed(raw, kind=0):
    return 1.0 - raw.by_class[:, at.AT_ONCE, kind, -1] / raw.by_class[:, at.ADMITTED, kind, -1]


def share_lost(raw):
    return raw.by_class[:, at.LOST, :, -1].sum(axis=1) / raw.by_class[:, at.ASKED, :, -1].sum(axis=1)


@pytest.mark.parametrize(("servers", "load"), [(1, 0.7), (3, 2.4), (20, 17.0)])
def test_erlang_c(servers, load):
    net = Network(stations=(Station(servers),), streams=(Stream(load),), records=LONG)
    raw = play(net, RUNS)
    waits = erlang_c(servers, load)
    assert abs(z_score(delayed(raw), waits)) < 4
    assert abs(z_score(mean_wait(raw), waits / (servers - load))) < 4
    assert abs(z_score(raw.by_class[:, at.DAYS_WAITING, 0, -1] / 1800, load * waits / (servers - load))) < 4


@pytest.mark.parametrize(
    ("servers", "loads"), [(1, (0.3, 0.4)), (5, (2.0, 2.3)), (5, (1.0, 1.5, 1.8))], ids=str
)
def test_priority_classes_wait_as_cobham_says(servers, loads):
    classes = tuple(Class(weight=n) for n in range(len(loads)))
    streams = tuple(Stream(load, kind) for kind, load in enumerate(loads))
    raw = play(Network(classes, (Station(servers),), streams, records=LONG), RUNS)
    common = erlang_c(servers, sum(loads)) / servers
    for kind in range(len(loads)):
        before, up_to = sum(loads[:kind]) / servers, sum(loads[: kind + 1]) / servers
        assert abs(z_score(mean_wait(raw, kind), common / (1 - before) / (1 - up_to))) < 4


@STAYS
def test_one_server_with_any_stay_waits_as_pollaczek_and_khinchine_say(stay):
    raw = play(Network((stay,), (Station(1),), (Stream(0.6),), records=LONG), RUNS)
    squared = {Class(): 2.0, FIXED: 1.0, WEIBULL: 1.0 / math.gamma(1.5) ** 2, MIXED: 0.8 * 0.5 + 0.2 * 18.0}
    assert abs(z_score(mean_wait(raw), 0.6 * squared[stay] / 2 / 0.4)) < 4


@STAYS
def test_erlang_b_whatever_the_stay(stay):
    raw = play(Network((stay,), (Station(5, waits=False),), (Stream(4.0),), records=LONG), RUNS)
    assert abs(z_score(share_lost(raw), erlang_b(5, 4.0))) < 4


# Monks et al. 2016, BMC Health Services Research 16:530: the chance of delay for each number of beds.
STROKE = {10: 0.138, 11: 0.095, 12: 0.062, 13: 0.038, 14: 0.022}


@pytest.mark.parametrize("beds", STROKE)
def test_the_published_stroke_unit(beds):
    """Their chance of delay is Erlang B at a load of 8.355."""
    days = 7.4
    unit = Network(
        (Class(days),), (Station(beds, waits=False),), (Stream(8.355 / days),), records=(0, 400, 4_000)
    )
    lost = share_lost(play(unit, RUNS))
    assert erlang_b(beds, 8.355) == pytest.approx(STROKE[beds], abs=0.0015)
    assert abs(z_score(lost, erlang_b(beds, 8.355))) < 4


def test_erlang_a():
    """Who waits leaves by death or withdrawal: a birth and death chain."""
    servers, rate, death, withdrawal = 4, 5.0, 0.1, 0.2
    leaving = death + withdrawal
    chances = stationary(
        list(range(120)),
        lambda n: [
            *([(n + 1, rate)] if n < 119 else []),
            *([(n - 1, min(n, servers) + leaving * max(0, n - servers))] if n else []),
        ],
    )
    waiting = sum(max(0, n - servers) * chance for n, chance in chances.items())
    who = Class(death=death, withdrawal=withdrawal)
    raw = play(Network((who,), (Station(servers),), (Stream(rate),), records=LONG), RUNS)
    flows = raw.by_class[:, :, 0, -1]
    assert abs(z_score(flows[:, at.DAYS_WAITING] / 1800, waiting)) < 4
    assert abs(z_score(flows[:, at.DIED] / flows[:, at.ASKED], death * waiting / rate)) < 4
    assert abs(z_score(flows[:, at.WITHDREW] / flows[:, at.ASKED], withdrawal * waiting / rate)) < 4


@STAYS
def test_with_places_enough_the_number_served_is_poisson_whatever_the_stay(stay):
    raw = play(Network((stay,), (Station(1_000),), (Stream(30.0),), records=(0.0, 50.0)), 600)
    served = raw.by_class[:, at.SERVED, 0, -1]
    assert abs(z_score(served, 30.0)) < 4
    # The variance of a sample variance of a Poisson number with mean m is m / n + 2 m^2 / (n - 1).
    assert abs(served.var(ddof=1) - 30.0) < 4 * math.sqrt(30.0 / 600 + 2 * 30.0**2 / 599)


def test_tandem():
    """What leaves a queue in balance is Poisson again, and so is a part of it (Burke 1956)."""
    classes = (Class(goes_on=0.5), Class(2.0, programme=1))
    stations = (Station(4), Station(5, programme=1, group=1))
    streams = (Stream(3.2, 0, (0,), onward=1), Stream(0.0, 1, (1,)))
    raw = play(Network(classes, stations, streams, records=LONG), RUNS)
    assert abs(z_score(mean_wait(raw, 0), erlang_c(4, 3.2) / 0.8)) < 4
    assert abs(z_score(mean_wait(raw, 1), erlang_c(5, 3.2) * 2 / 1.8)) < 4


def _overflow(units, rates, orders):
    """By enumeration of all states: share lost, and admitted elsewhere than at the first choice, a day."""
    states = list(np.ndindex(*(size + 1 for size in units)))

    def goes_to(state, order):
        return next((s for s in order if state[s] < units[s]), None)

    def step(state, station, change):
        return tuple(n + change * (s == station) for s, n in enumerate(state))

    def moves(state):
        for rate, order in zip(rates, orders, strict=True):
            station = goes_to(state, order)
            if station is not None:
                yield step(state, station, 1), rate
        for station, present in enumerate(state):
            if present:
                yield step(state, station, -1), float(present)

    chances = stationary(states, moves)
    lost = elsewhere = 0.0
    for state, chance in chances.items():
        for rate, order in zip(rates, orders, strict=True):
            station = goes_to(state, order)
            lost += rate * chance * (station is None)
            elsewhere += rate * chance * (station not in (None, order[0]))
    return lost / sum(rates), elsewhere


@pytest.mark.parametrize(
    ("units", "rates", "orders"),
    [
        ((3, 2), (2.5, 1.5), ((0, 1), (1,))),
        ((2, 3), (2.0, 2.0), ((0, 1), (1, 0))),
        ((2, 2, 3), (1.5, 1.0, 2.5), ((0, 1, 2), (1, 2), (2, 0))),
    ],
    ids=["two, one way", "two", "three"],
)
def test_overflow_between_stations_without_lists(units, rates, orders):
    stations = tuple(Station(size, waits=False) for size in units)
    streams = tuple(Stream(rate, 0, order) for rate, order in zip(rates, orders, strict=True))
    raw = play(Network((Class(),), stations, streams, records=LONG), RUNS)
    lost, elsewhere = _overflow(units, rates, orders)
    assert abs(z_score(share_lost(raw), lost)) < 4
    assert abs(z_score(raw.by_group[:, at.OVERFLOWED, 0, -1] / 1800, elsewhere)) < 4


BUSY = Network(
    classes=(
        Class(3.0, weight=0, size=2, death=0.02, turnover=0.5),
        Class(2.0, second=(0.3, 10.0, 0.5), weight=1, withdrawal=0.05),
        Class(5.0, weight=1, death=0.01, withdrawal=0.02, turnover=1.0),
    ),
    stations=(Station(6), Station(5, strict=True), Station(4, changes=((60.0, 2), (120.0, 7)))),
    streams=(
        Stream(0.6, 0, (0, 1, 2), choices=2),
        Stream(1.5, 1, (2, 0, 1), (3.0, 2.0, 1.0), choices=2),
        Stream(0.5, 2, (1, 2)),
    ),
    cohorts=(Cohort(9, kind=1, since=(-30.0, -1.0), stream=1), Cohort(3, 0, kind=2), Cohort(1, 1, kind=0)),
    records=tuple(float(day) for day in range(401)),
    moves=((0, 1, 2, 0.03), (0, 2, 0, 0.02), (1, 1, 2, 0.05), (1, 0, 1, 0.03)),
)


def test_in_every_run_nobody_is_lost_count_of():
    raw = play(BUSY, 20)
    flows = raw.by_class[:, :, :, 1:].sum(axis=(2, 3))
    stocks = raw.by_class.sum(axis=2)
    begun, ended = stocks[:, :, 0], stocks[:, :, -1]
    gone = flows[:, at.ADMITTED] + flows[:, at.DIED] + flows[:, at.WITHDREW] + flows[:, at.LOST]
    assert (ended[:, at.WAITING] == begun[:, at.WAITING] + flows[:, at.ASKED] - gone).all()
    assert (ended[:, at.SERVED] == begun[:, at.SERVED] + flows[:, at.ADMITTED] - flows[:, at.ENDED]).all()
    assert begun[:, at.WAITING].tolist() == [9.0] * 20
    assert begun[:, at.SERVED].tolist() == [4.0] * 20
    assert (raw.by_class[:, [at.WAITING, at.SERVED]] >= 0).all()
    assert (raw.by_group[:, at.OCCUPIED] <= raw.by_group[:, at.STAFFED].max()).all()
    units = raw.by_class[:, at.SERVED, 0] * 2 + raw.by_class[:, at.SERVED, 1:].sum(axis=1)
    assert (units == raw.by_group[:, at.OCCUPIED, 0]).all()
    assert (flows[:, at.MOVED] > 0).all()
    assert (flows[:, at.CHANGED] > 0).all()


def test_little_in_every_run():
    """Who waits, counted in days that pass, is who came, counted in days that they waited; as seen now and then too."""
    raw = play(
        BUSY._replace(cohorts=(), records=tuple(float(day) for day in range(0, 4_000, 10)), moves=()), 20
    )
    for kind in range(3):
        counts = raw.by_class[:, :, kind]
        waited = counts[:, at.DAYS_WAITED].sum(axis=1) + counts[:, at.DAYS_GIVEN_UP].sum(axis=1)
        passed = counts[:, at.DAYS_WAITING].sum(axis=1)
        # They differ by the waits that are not over at the end.
        assert (passed > waited - 1e-6).all()
        assert (passed <= waited + 1e-6 + counts[:, at.WAITING, -1] * 200).all()
        assert abs(z_score(counts[:, at.WAITING].mean(axis=1) - passed / 3_990, 0.0)) < 4


def test_arrivals_follow_year_and_season():
    season = (0.5, 1.5) * 6
    net = Network(
        (Class(),),
        (Station(10_000),),
        (Stream(2.0), Stream(1.0)),
        records=(0.0, 30.0, 60.0, 100.0),
        months=(0.0, 30.0, 60.0, 100.0),
        years=(1.0, 2.0, 0.5),
        season=season,
    )
    asked = play(net, 400).by_class[:, at.ASKED, 0, 1:]
    for month, expected in enumerate((3 * 30 * 0.5, 6 * 30 * 1.5, 1.5 * 40 * 0.5)):
        assert abs(z_score(asked[:, month], expected)) < 4
        assert asked[:, month].var(ddof=1) == pytest.approx(expected, rel=4 * math.sqrt(2 / 399))


def test_who_waits_without_places_dies_withdraws_and_moves_by_its_hazards():
    """Without places a list is a linear system: dx/dt = x Q."""
    classes = (Class(death=0.02), Class(death=0.05, withdrawal=0.01), Class())
    net = Network(
        classes,
        (Station(0),),
        (Stream(),),
        tuple(Cohort(100, kind=kind, since=(-50.0, 0.0)) for kind in range(3)),
        records=(0.0, 30.0),
        moves=((0, 0, 1, 0.03), (0, 1, 2, 0.02), (0, 2, 0, 0.04)),
    )
    raw = play(net, 200)
    rates = np.array([[-0.05, 0.03, 0.0], [0.0, -0.08, 0.02], [0.04, 0.0, -0.04]])
    left = np.full(3, 100.0) @ expm(rates * 30)
    for kind in range(3):
        assert abs(z_score(raw.by_class[:, at.WAITING, kind, -1], left[kind])) < 4
    stayed = np.full(3, 100.0) @ np.linalg.inv(rates) @ (expm(rates * 30) - np.eye(3))
    assert abs(z_score(raw.by_class[:, at.DIED, :, -1].sum(axis=1), stayed @ [0.02, 0.05, 0.0])) < 4
    assert abs(z_score(raw.by_class[:, at.WITHDREW, :, -1].sum(axis=1), stayed[1] * 0.01)) < 4


def test_who_is_served_changes_class_by_its_hazards():
    classes = (Class(50.0), Class(10.0), Class(100.0))
    net = Network(
        classes,
        (Station(300),),
        (Stream(),),
        tuple(Cohort(100, 0, kind=kind) for kind in range(3)),
        records=(0.0, 30.0),
        moves=((1, 0, 1, 0.03), (1, 1, 2, 0.05), (1, 2, 0, 0.04)),
    )
    raw = play(net, 200)
    rates = np.array([[-0.05, 0.03, 0.0], [0.0, -0.15, 0.05], [0.04, 0.0, -0.05]])
    left = np.full(3, 100.0) @ expm(rates * 30)
    for kind in range(3):
        assert abs(z_score(raw.by_class[:, at.SERVED, kind, -1], left[kind])) < 4


@pytest.mark.parametrize(
    "stay", [Class(10.0), Class(10.0, 0.0), Class(10.0, 0.4), Class(4.0, second=(0.3, 30.0, 2.0))]
)
def test_stays_of_the_start_are_found_under_way(stay):
    """Chance that a stay found under way lasts another t: the survival function beyond t, over the mean."""
    net = Network((stay,), (Station(200),), (Stream(),), (Cohort(200, 0),), records=(0.0, 3.0, 8.0))
    left = play(net, 100).by_class[:, at.SERVED, 0, 1:]
    days = np.arange(0.0, 20_000.0, 0.01) + 0.005
    share, scale, power = stay.second

    def beyond(scale, power):
        return (
            (days < scale).astype(float)
            if power == 0
            else np.exp(-((days / max(scale, 1e-9)) ** (1 / power)))
        )

    lasts = (1 - share) * beyond(stay.mean, stay.power) + share * beyond(scale, power)
    for number, day in enumerate((3.0, 8.0)):
        expected = 200 * lasts[days > day].sum() / lasts.sum()
        assert abs(z_score(left[:, number], expected)) < 4


def test_stations_are_chosen_by_weight_and_none_twice():
    stations = tuple(Station(1_000, group=n) for n in range(3))
    net = Network(
        (Class(),), stations, (Stream(20.0, 0, (0, 1, 2), (5.0, 3.0, 2.0), choices=1),), records=(0.0, 100.0)
    )
    placed = play(net, RUNS).by_group[:, at.PLACED, :, -1]
    for station, share in enumerate((0.5, 0.3, 0.2)):
        assert abs(z_score(placed[:, station] / placed.sum(axis=1), share)) < 4
    closed = (Station(0, group=0), *stations[1:])
    two = net._replace(stations=closed, streams=(net.streams[0]._replace(choices=2),))
    # The first station is full: who chose it comes to the second choice, and nobody waits who chose none but it.
    placed = play(two, RUNS).by_group[:, at.PLACED, :, -1]
    second = 0.5 * 0.6 + 0.3
    assert abs(z_score(placed[:, 1] / placed.sum(axis=1), second)) < 4
