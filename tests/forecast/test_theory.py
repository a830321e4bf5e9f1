"""The engine against what is known without it: z-scores over independent runs, and identities in every run."""

from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.forecast import worlds
from veerkracht import forecast
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.rounds.layout import BROUGHT, FREED, GROWTH, LEFT, RETURNED, SPENT
from veerkracht.rulebook.types import Split

GROUPS = ("group-1", "group-2", "group-3")
BUSY = {
    "arrivals.group-1": 40.0,
    "arrivals.group-2": 30.0,
    "arrivals.group-3": 20.0,
    "arrivals.route": 15.0,
    "exit.group-1": 0.03,
    "exit.group-2": 0.05,
    "exit.group-3": 0.1,
    "move.group-3.group-2": 0.1,
    "move.group-2.group-1": 0.05,
    "cost.route": 1000.0,
    "cost.spread": 0.5,
    "decline.group-1": 0.05,
    "decline.group-2": 0.1,
    "holder.exit": 0.04,
    "holder.new": 0.6,
    "take-up.months": 4.0,
    "index.point": 0.02,
}


def play(inputs=None, *measures, table=None, years=5, runs=100, seed=1, programme=None, **start):
    of = programme or worlds.programme(inputs)
    region = worlds.region(of, worlds.plan("tried", *measures))
    return forecast.run(region, of.id, "tried", worlds.start(table, **start), Experiment(years, runs, seed))


def z_score(values, expected):
    """How many standard errors the mean over independent runs lies from what theory says."""
    return (values.mean() - expected) / (values.std(ddof=1) / np.sqrt(len(values)))


def last(made, name):
    return made.values[f"help.{name}"][:, -1]


def busy(**changes):
    table = pl.concat([worlds.waiting(120, group, first_id=1 + 1000 * group) for group in (1, 2, 3)])
    facts = {"table": table, "holders": 400, "holder_cost_cents": 400 * 100_000, **changes}
    return play(BUSY, worlds.money(20_000), worlds.money(15_000, date(2025, 5, 1), to="group-2"), **facts)


def test_without_money_there_is_only_death():
    """Each request leaves at its own hazard: the number that is left is binomial."""
    made = play({"exit.group-1": 0.2}, table=worlds.waiting(300), years=5, runs=300)
    expected = 0.8 ** (1826 / 365.25)
    left = last(made, "waiting.group-1")
    # Days are whole and rounded up, half a day on average.
    assert abs(z_score(left, 300 * expected * (1 + 0.2231 * 0.5 / 365.25))) < 4
    assert left.var(ddof=1) == pytest.approx(300 * expected * (1 - expected), rel=0.35)
    assert last(made, "granted.total").max() == 0
    assert made.turns().get_column("served_share").max() == 0.0
    assert made.turns().get_column("p10").null_count() == 300


def test_with_endless_money_nobody_waits():
    made = play(
        {"arrivals.group-1": 100.0, "arrivals.group-3": 50.0},
        worlds.money(1e9),
        table=pl.concat([worlds.waiting(100, 1), worlds.waiting(50, 3, first_id=500)]),
        years=3,
    )
    first_round = made.values["help.granted.total"][:, 1]
    assert (first_round >= 150).all()
    # Only those who came since the last round can still wait.
    waiting = last(made, "waiting.total")
    assert abs(z_score(waiting, 150 * 91 / 365.25)) < 4
    assert made.turns().get_column("p90").unique().to_list() == [date(2024, 1, 1)]


def test_arrivals_are_poisson_with_growth():
    made = play({"arrivals.group-2": 200.0, "arrivals.growth": 0.1}, years=4, runs=400)
    came = sum(made.values["help.arrivals.group-2"][:, column] for column in (2, 4, 6, 8))
    years = 1461 / 365.25
    expected = 200 * (1.1**years - 1) / np.log(1.1)
    assert abs(z_score(came, expected)) < 4
    assert came.var(ddof=1) / came.mean() == pytest.approx(1.0, abs=0.3)


def test_moves_take_the_date_of_the_move_and_keep_everybody():
    made = play({"move.group-3.group-2": 0.3}, table=worlds.waiting(200, 3), years=2, runs=200)
    stayed, moved = last(made, "waiting.group-3"), last(made, "waiting.group-2")
    assert ((stayed + moved) == 200).all()
    assert abs(z_score(stayed, 200 * 0.7 ** (731 / 365.25))) < 4
    # All requests date from 2020; the first in group 2 has a date after the start.
    assert (made.values["help.next-in-line.group-2"][:, -1] <= 731).all()
    assert (made.values["help.next-in-line.group-3"][:, -1] > 1461).all()


def test_holders_leave_and_their_money_comes_back():
    made = play({"holder.exit": 0.1, "index.point": 0.03}, holders=500, holder_cost_cents=50_000_000, years=3)
    expected = 500 * 0.9 ** (1096 / 365.25)
    assert abs(z_score(last(made, "holders"), expected)) < 4
    # One year of leavers at the price level of that year, up to the last round of the year.
    freed = made.ledger[:, :4, FREED].sum(axis=1) / 100
    left_by_then = 500 * (1 - 0.9 ** (275 / 365.25))
    assert abs(z_score(freed, left_by_then * 1000 * 1.03)) < 4


def test_everybody_is_accounted_for_in_every_run():
    made = busy()
    for group in GROUPS:
        at = {
            name: made.values[f"help.{name}.{group}"]
            for name in ("waiting", "arrivals", "exits", "moves-in", "moves-out")
        }
        granted = made.values[f"help.granted.{group}"]
        for first, middle, end in ((0, 1, 2), (2, 3, 4), (8, 9, 10)):
            for until in (middle, end):
                flows = at["arrivals"] + at["moves-in"] - at["exits"] - at["moves-out"] - granted
                assert (at["waiting"][:, until] == at["waiting"][:, first] + flows[:, until]).all()


def test_spent_and_left_are_the_money_to_the_cent_in_every_round():
    made = busy()
    ledger = made.ledger
    came = ledger[:, :, [BROUGHT, GROWTH, FREED, RETURNED]].sum(axis=2)
    assert (came - ledger[:, :, SPENT] == ledger[:, :, LEFT]).all()
    assert (ledger[:, 1:, BROUGHT] == ledger[:, :-1, LEFT]).all()
    assert (ledger[:, :, LEFT] >= 0).all()
    assert (ledger[:, :, SPENT].sum(axis=1) > 0).all()
    # What the series show is what the ledger holds.
    used = made.values["help.money.used"][:, 2] * 100
    assert used == pytest.approx(ledger[:, :4, SPENT].sum(axis=1) - ledger[:, :4, RETURNED].sum(axis=1))


def test_the_mean_list_follows_arrivals_less_exits_less_money():
    """waiting' = arrivals - exits x waiting - money / mean cost, as the referee of the mean."""
    inputs = {"arrivals.group-1": 120.0, "exit.group-1": 0.05, "cost.spread": 0.4}
    key = Split(id="all", key={"group-1": 1.0}, from_=worlds.BEGIN, source=worlds.making.LAW)
    of = worlds.programme(inputs, splits=(key,))
    every_quarter = [
        worlds.money(15_000, date(year, month, 1), id=f"{year}-{month}")
        for year in range(2024, 2029)
        for month in (1, 4, 7, 10)
    ]
    table = worlds.waiting(400, points=None)
    made = play(None, *every_quarter, programme=of, table=table, years=5, runs=300)
    waiting, day = 400.0, date(2023, 12, 31)
    hazard = -np.log(1 - 0.05)
    for on in (*made.rounds, date(2028, 12, 31)):
        years = (on - day).days / 365.25
        waiting = waiting * np.exp(-hazard * years) + 120 / hazard * (1 - np.exp(-hazard * years))
        if on in made.rounds:
            waiting -= 15_000 / 1000
        day = on
    simulated = last(made, "waiting.group-1")
    assert simulated.mean() == pytest.approx(waiting, rel=0.01)
    # What is left over in a strict round (half a grant or so) is the only thing the referee leaves out.
    assert abs(simulated.mean() - waiting) < 4 * simulated.std(ddof=1) / np.sqrt(300) + 2


def test_nobody_is_served_before_an_earlier_one_who_could_be_paid():
    """In strict order within a group whoever has the earlier date is served no later, when both keep waiting."""
    made = busy(runs=40)
    for group in (1, 2, 3):
        rows = made.list.with_row_index("row").filter(pl.col("priority_group") == group).sort("priority_date")
        outcome = made.outcome[:, rows.get_column("row").to_numpy()].astype(int)
        never = len(made.rounds) + 1
        for of_run in outcome:
            # Who left or moved is not compared: its place is no longer in this line.
            staying = of_run[of_run >= 0]
            served = np.where(staying == 0, never, staying)
            stepped_back = np.diff(served) < 0
            moved_up = rows.height - len(staying) + (stepped_back.sum())
            assert stepped_back.sum() <= moved_up * (group > 1)


def test_strictly_nobody_steps_back_where_nobody_moves():
    made = play({"exit.group-1": 0.05}, worlds.money(30_000), table=worlds.waiting(200), years=3, runs=50)
    for of_run in made.outcome.astype(int):
        staying = of_run[of_run >= 0]
        served = np.where(staying == 0, 99, staying)
        assert (np.diff(served) >= 0).all()


def test_recurrent_money_comes_back_and_one_off_money_does_not():
    inputs = {"holder.exit": 0.5}
    lasting = play(inputs, worlds.money(50_000), table=worlds.waiting(400), years=4)
    once = play(inputs, worlds.money(50_000, recurrent=False), table=worlds.waiting(400), years=4)
    assert (lasting.ledger[:, 0, SPENT] == once.ledger[:, 0, SPENT]).all()
    assert (once.ledger[:, 1:, FREED] == 0).all()
    assert (lasting.ledger[:, :, FREED].sum(axis=1) > 0).all()
    assert last(once, "granted.group-1").max() == 0
    assert last(lasting, "granted.group-1").mean() > 0


def test_temporary_recurrent_money_goes_again():
    measure = worlds.money(10_000, until=date(2025, 1, 1))
    made = play(None, measure, table=worlds.waiting(5), years=3)
    growth = made.ledger[:, :, GROWTH].sum(axis=1)
    assert (growth == 0).all()
    assert (made.ledger[:, 4, GROWTH] == -10_000 * 100).all()


def test_declined_money_goes_to_the_next_in_line():
    made = play({"decline.group-1": 0.5}, worlds.money(50_000), table=worlds.waiting(400), years=2, runs=300)
    granted = made.values["help.granted.group-1"][:, 2]
    # Every round hands out what came back of the one before: 50 (1 + 1/2 + 1/4 + 1/8) grants in a year,
    # where the key leaves the first 50,000 euro to three groups and what two of them leave flows down, unused.
    returned = made.ledger[:, :, RETURNED] / 100_000
    spent = made.ledger[:, :, SPENT] / 100_000
    assert abs(z_score(returned[:, 0] / spent[:, 0], 0.5)) < 4
    assert (granted > spent[:, 0]).all()


def test_a_budget_starts_later_than_it_is_granted():
    made = play({"take-up.months": 6.0}, worlds.money(1e6), table=worlds.waiting(200), years=2, runs=100)
    half_year = made.values["help.holders"][:, 1]
    # Evenly between nothing and a year after the round of 1 January 2024; 30 June is 181 days later.
    assert abs(z_score(half_year, 200 * 181.5 / 365.25)) < 4
    assert (last(made, "holders") == 200).all()
    paid = made.values["help.money.paid"]
    assert abs(z_score(paid[:, 2], 200 * 1000 * 0.5 * (365 / 365.25) ** 2)) < 4


def test_more_money_never_serves_anyone_later():
    little = play(BUSY, worlds.money(20_000), table=worlds.waiting(100), runs=30)
    much = play(BUSY, worlds.money(40_000), table=worlds.waiting(100), runs=30)
    difference = forecast.compare(much, little)
    assert (difference.values["help.waiting.total"][:, -1] <= 0).all()
    assert (difference.values["help.arrivals.group-1"] == 0).all()


def test_shared_luck_makes_a_difference_sharp():
    """The same people in both plans: the difference varies far less than it would between strangers."""
    few = busy(runs=150)
    more = play(
        BUSY,
        worlds.money(21_000),
        worlds.money(15_000, date(2025, 5, 1), to="group-2"),
        table=few.list.select(worlds.waiting(1).columns),
        holders=400,
        holder_cost_cents=400 * 100_000,
        runs=150,
    )
    strangers = busy(runs=150, seed=2)
    name = "help.waiting.total"
    paired = (more.values[name] - few.values[name])[:, -1].var()
    unpaired = (more.values[name] - strangers.values[name])[:, -1].var()
    assert paired < unpaired / 5


def test_the_same_seed_gives_the_same_numbers_on_any_number_of_workers():
    one, again, other = busy(runs=40), busy(runs=40), busy(runs=40, seed=9)
    assert one.series().equals(again.series())
    assert not one.series().equals(other.series())
    of = worlds.programme(BUSY)
    region = worlds.region(of, worlds.plan("tried", worlds.money(20_000)))
    start = worlds.start(worlds.waiting(120))
    alone = forecast.run(region, of.id, "tried", start, Experiment(3, 40))
    together = forecast.run(region, of.id, "tried", start, Experiment(3, 40, workers=2))
    assert alone.series().equals(together.series())
    assert (alone.outcome == together.outcome).all()
    assert (alone.ledger == together.ledger).all()
    # More runs begin with the same runs.
    more = forecast.run(region, of.id, "tried", start, Experiment(3, 60))
    assert (more.outcome[:40] == alone.outcome).all()


def test_a_window_that_is_too_narrow_is_widened():
    """Far more are granted than the engine looks at first, in one round, with a bundle at its edge."""
    rows = worlds.waiting(1000).with_columns(
        bundle=pl.when(pl.col("id") == 900).then(64).otherwise(pl.col("id"))
    )
    key = Split(id="all", key={"group-1": 1.0}, from_=worlds.BEGIN, source=worlds.making.LAW)
    of = worlds.programme(splits=(key,))
    made = play(None, worlds.money(800_000), programme=of, table=rows, years=1, runs=2)
    served = made.list.filter(pl.Series(made.outcome[0] == 1)).get_column("id").to_list()
    assert sorted(served) == [*range(1, 800), 900]
