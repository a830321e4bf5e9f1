"""What a forecast gives: quantiles, turns by the product limit, JSON, and what can't be asked."""

import json
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.forecast import worlds
from tests.forecast.test_theory import BUSY, play
from veerkracht import forecast
from veerkracht.forecast import ForecastFault, Start
from veerkracht.forecast.inputs import uncertain
from veerkracht.forecast.rounds.turns import chances, turn_by_priority_date, turns
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Parameter

ROUNDS = (date(2024, 1, 1), date(2024, 4, 1), date(2024, 7, 1))
END = date(2024, 12, 31)


def test_series_hold_each_half_year_and_the_start():
    made = play(BUSY, table=worlds.waiting(10), years=2, runs=7)
    rows = made.series().filter(pl.col("series") == "help.waiting.total")
    assert rows.columns == ["series", "date", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "mean"]
    assert rows.get_column("date").to_list() == [
        date(2023, 12, 31),
        date(2024, 6, 30),
        date(2024, 12, 31),
        date(2025, 6, 30),
        date(2025, 12, 31),
    ]
    values = made.values["help.waiting.total"][:, 2]
    assert rows.row(2, named=True)["p50"] == np.median(values)
    assert rows.row(2, named=True)["p10"] == np.quantile(values, 0.1)
    assert rows.row(2, named=True)["mean"] == values.mean()


def test_a_year_to_date_begins_anew_each_year():
    made = play({"arrivals.group-1": 400.0}, years=2, runs=50)
    came = made.values["help.arrivals.group-1"].mean(axis=0)
    assert came[0] == 0
    assert came[1] == pytest.approx(200, rel=0.1)
    assert came[2] == pytest.approx(400, rel=0.1)
    assert came[3] == pytest.approx(200, rel=0.1)


def test_persons_are_counted_where_the_list_tells_and_drawn_where_it_does_not():
    two_of_one = worlds.waiting(4).with_columns(person=pl.Series([1, 1, 2, 3]))
    counted = play(None, table=two_of_one, runs=2)
    assert counted.values["help.waiting.persons"][:, 0].tolist() == [3.0, 3.0]
    drawn = play({"persons.per-request": 0.5}, table=two_of_one, runs=2, facts_known=False)
    assert drawn.values["help.waiting.persons"][:, 0].tolist() == [2.0, 2.0]


def table(*priority_dates: date) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "id": range(1, len(priority_dates) + 1),
            "priority_group": [1] * len(priority_dates),
            "priority_date": list(priority_dates),
        }
    )


def test_turns_by_hand():
    """Ten runs: served in round 1 twice, round 2 three times, never five times."""
    outcome = np.array([[1], [1], [2], [2], [2], [0], [0], [0], [0], [0]], np.int16)
    made = turns(outcome, table(date(2020, 1, 1)), ROUNDS, END).row(0, named=True)
    assert made["p10"] == ROUNDS[0]
    assert made["p25"] == ROUNDS[1]
    assert made["p50"] == ROUNDS[1]
    assert made["p75"] is None
    assert made["p90"] is None
    assert made["served_share"] == pytest.approx(0.5)
    assert made["horizon"] == END


def test_who_left_first_says_nothing_about_the_turn():
    """Of ten runs five had left before round 2; of the five that were there all were served: the turn is sure."""
    outcome = np.array([[-2]] * 5 + [[2]] * 5, np.int16)
    made = turns(outcome, table(date(2020, 1, 1)), ROUNDS, END).row(0, named=True)
    assert made["p10"] == ROUNDS[1]
    assert made["served_share"] == pytest.approx(1.0)


def test_the_product_limit_by_hand():
    served = np.array([[1, 0, 2]], np.int32)
    gone = np.array([[0, 3, 0]], np.int32)
    # 1 of 10; then 3 leave; then 2 of the 6 that are left.
    assert chances(served, gone, 10)[0].tolist() == pytest.approx([0.1, 0.1, 1 - 0.9 * 4 / 6])


def test_turns_of_a_year_are_those_of_all_its_requests():
    outcome = np.array([[1, 2, 0], [1, 2, 0]], np.int16)
    dates = (date(2020, 2, 1), date(2020, 9, 1), date(2021, 1, 1))
    made = turn_by_priority_date(outcome, table(*dates), ROUNDS, END).to_dicts()
    assert [(row["year"], row["requests"], row["p10"], row["p50"], row["served_share"]) for row in made] == [
        (2020, 2, ROUNDS[0], ROUNDS[0], 1.0),
        (2021, 1, None, None, 0.0),
    ]


def test_money_by_year():
    made = play({"decline.group-1": 0.3}, worlds.money(20_000), table=worlds.waiting(30), years=2, runs=20)
    rows = made.money().to_dicts()
    assert [row["year"] for row in rows] == [2024, 2025]
    assert rows[0]["growth"] == 20_000
    assert rows[1]["growth"] == 0
    of_run = made.ledger[:, :4, :].sum(axis=1) / 100
    assert rows[0]["used"] == np.median(of_run[:, 4] - of_run[:, 3])


def test_json_is_what_was_promised():
    made = play(BUSY, worlds.money(20_000), table=worlds.waiting(10), years=1, runs=5)
    read = json.loads(made.to_json())
    assert (read["plan"], read["start"], read["runs"], read["seed"]) == ("tried", "2023-12-31", 5, 1)
    keys = ["series", "date", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "mean"]
    assert [list(row) for row in read["series"]] == [keys] * len(read["series"])
    names = {row["series"] for row in read["series"]}
    wanted = [f"waiting.{name}" for name in ("total", "persons", "group-1", "group-2", "group-3")]
    wanted += [f"next-in-line.group-{number}" for number in (1, 2, 3)]
    wanted += [f"granted.{name}" for name in ("route", "group-1", "group-2", "group-3")]
    wanted += ["holders", "money.used", "money.left", "money.freed"]
    assert {f"help.{name}" for name in wanted} - names == set()


def test_next_in_line_is_the_age_of_the_first_date():
    made = play(None, table=worlds.waiting(3, 2), years=1, runs=1)
    assert made.values["help.next-in-line.group-2"][0].tolist() == [1460, 1642, 1826]
    assert made.values["help.next-in-line.group-1"][0].tolist() == [0, 0, 0]


def test_an_incomplete_file_is_not_next_in_line_and_waits():
    rows = worlds.waiting(3).with_columns(complete=pl.col("id") != 1)
    made = play(None, worlds.money(1e6), table=rows, years=1, runs=2)
    assert made.values["help.waiting.group-1"][:, -1].tolist() == [1, 1]
    assert made.outcome[0].tolist() == [0, 1, 1]
    assert [text.en[:2] for text in made.rests_on] == ["1 "]


def test_a_birthday_makes_eligible():
    rows = worlds.waiting(1).with_columns(birth_date=pl.date(2006, 5, 1))
    made = play(None, worlds.money(1e6), table=rows, years=1, runs=1)
    assert made.turns().item(0, "p50") == date(2024, 7, 1)


def test_the_same_assumption_moves_measures_together():
    one = worlds.money(10_000, assumption=worlds.assumed(0, 20_000))
    other = worlds.money(10_000, date(2025, 1, 1), assumption=worlds.assumed(0, 20_000))
    apart = worlds.money(10_000, date(2026, 1, 1), assumption=worlds.assumed(0, 20_000, "another reason"))
    growth = play(None, one, other, apart, years=3, runs=60).ledger[:, :, 1]
    assert (growth[:, 0] == growth[:, 4]).all()
    assert (growth[:, 0] != growth[:, 8]).any()
    inside = (growth[:, 0] > 0) & (growth[:, 0] < 2_000_000)
    assert 0.75 < inside.mean() < 1


def test_a_number_lies_nine_times_in_ten_in_its_range():
    number = uncertain(Parameter(id="x", value=10.0, low=8.0, high=16.0, from_=worlds.BEGIN))
    drawn = number.draw(seed=3, runs=20_000)
    assert np.median(drawn) == pytest.approx(10.0, abs=0.05)
    assert (drawn < 8.0).mean() == pytest.approx(0.05, abs=0.01)
    assert (drawn > 16.0).mean() == pytest.approx(0.05, abs=0.01)


def test_money_of_before_the_start_is_in_the_list_already():
    measure = worlds.money(10_000, date(2023, 6, 1))
    assert play(None, measure, table=worlds.waiting(5), runs=1).ledger[0, :, 1].sum() == 0
    counted = play(None, measure, table=worlds.waiting(5), runs=1, money_from=date(2023, 1, 1))
    assert counted.ledger[0, 0, 1] == 10_000 * 100


def test_figures_give_a_list_that_agrees_with_them():
    of = worlds.programme({"holder.new": 0.5})
    figures = [
        worlds.figure(f"help.{name}", worlds.START, value)
        for name, value in {
            "waiting.group-1": 100,
            "waiting.group-2": 40,
            "waiting.group-3": 0,
            "next-in-line.group-1": 200,
            "next-in-line.group-2": 900,
            "holders": 70,
        }.items()
    ]
    here = worlds.region(of, figures=figures)
    made = forecast.start_from_figures(here, of, worlds.START)
    by_group = made.waiting.group_by("priority_group").agg(
        pl.len(), pl.col("priority_date").min().alias("first"), pl.col("priority_date").max().alias("last")
    )
    assert by_group.sort("priority_group").rows() == [
        (1, 100, date(2023, 6, 14), date(2023, 12, 29)),
        (2, 40, date(2021, 7, 14), date(2023, 12, 8)),
    ]
    assert (made.holders, made.facts_known, made.last_round) == (70, False, date(2023, 10, 1))
    assert made.waiting.equals(forecast.start_from_figures(here, of, worlds.START).waiting)
    played = forecast.run(here, "help", "nothing", made, forecast.Experiment(1, 3))
    assert played.values["help.waiting.group-1"][:, 0].tolist() == [100] * 3
    assert played.values["help.next-in-line.group-2"][:, 0].tolist() == [900] * 3


def refused(**asked):
    of = worlds.programme(asked.pop("inputs", None), **asked.pop("rules", {}))
    here = worlds.region(of, *asked.pop("plans", ()), figures=asked.pop("figures", None))
    sizes = {name: asked.pop(name) for name in ("years", "runs", "seed", "workers") if name in asked}
    facts = {"programme": "help", "plan_id": "nothing", "start": worlds.start(), **asked}
    with pytest.raises(Fault) as fault:
        forecast.run(here, **facts, how=forecast.Experiment(**{"years": 1, "runs": 1, **sizes}))
    return str(fault.value)


def test_what_can_not_be_asked_says_what_to_change():
    assert refused(runs=0) == "A forecast of 0 runs can't be made: expected 1 to 100,000."
    assert refused(years=-2) == "A forecast of -2 years can't be made: expected 1 to 50."
    assert refused(workers=0) == "0 workers can't do anything: expected 1 or more."
    assert refused(seed=-1) == "-1 can't be a seed: expected 0 or more."
    assert refused(plan_id="none") == "Testland has no plan “none”; it has: nothing."
    assert refused(programme="none") == "Testland has no programme “none”; it has: help."
    early = Start(date=date(2019, 1, 1), waiting=worlds.waiting(0))
    assert refused(start=early) == "help began on 2020-01-01: a forecast can't start on 2019-01-01."


def test_a_plan_that_names_what_does_not_exist():
    elsewhere = worlds.plan("bad", worlds.money(1, id="m", programme="homes"))
    assert refused(plan_id="bad", plans=[elsewhere]) == (
        "The measure m of the plan bad is for the programme “homes”, which does not exist; there are: help."
    )
    nowhere = worlds.plan("bad", worlds.money(1, id="m", to="group-9"))
    assert refused(plan_id="bad", plans=[nowhere]) == (
        "The measure m of the plan bad gives money to “group-9”, which help does not have; it has: "
        "group-1, group-2, group-3, route.emergency."
    )
    on_none = worlds.plan("bad", builds_on="none")
    assert refused(plan_id="bad", plans=[on_none]) == "Testland has no plan “none”; it has: nothing, bad."


def test_a_programme_without_what_a_forecast_needs():
    assert refused(rules={"parameters": ()}) == (
        "help has no parameter “arrivals.group-1” that holds on 2023-12-31: a forecast needs it, with "
        "its range and source."
    )
    no_days = {"round": worlds.RoundPlan(source=worlds.making.LAW)}
    assert (
        refused(rules=no_days)
        == "help does not hand out in rounds on dates: this forecast can't play it yet."
    )


def test_a_start_without_figures_says_which_are_missing_and_what_there_is():
    of = worlds.programme()
    groups = ("group-1", "group-2", "group-3")
    figures = [worlds.figure(f"help.waiting.{group}", worlds.START, 5) for group in groups]
    here = worlds.region(of, figures=figures)
    with pytest.raises(ForecastFault) as fault:
        forecast.start_from_figures(here, of, date(2022, 12, 31))
    assert str(fault.value) == (
        "The first figures are of 2023-12-31. There are no figures of 2022-12-31 for help.waiting.group-1, "
        "help.waiting.group-2, help.waiting.group-3. Days with all that is needed: 2023-12-31."
    )


def test_only_runs_that_belong_together_are_compared():
    one, other = play(runs=3), play(runs=4)
    with pytest.raises(ForecastFault) as fault:
        forecast.compare(one, other)
    assert str(fault.value) == (
        "Two forecasts can only be compared run by run when they have the same runs: found 3 and 4."
    )
