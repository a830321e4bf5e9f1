"""A waterfall: its causes are the whole change in every run, and each is what is known to have caused it."""

from datetime import date

import numpy as np
import pytest

from tests.forecast import worlds
from tests.forecast.choices import small
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.choices import flows, waterfall

END = date(2025, 12, 31)
SERIES = ("waiting.group-1", "waiting.group-2", "waiting.group-3", "waiting.total")


def brought(found) -> dict[str, float]:
    """What each cause brought on average."""
    return dict(found.frame().select("cause", "brought").iter_rows())


def busy(**asked):
    plans = (
        small.tried(worlds.money(20_000), worlds.money(15_000, date(2025, 5, 1), to="group-2")),
        small.tried(worlds.money(60_000), id="more", builds_on="tried"),
    )
    return small.setting(
        small.BUSY,
        *plans,
        table=small.everybody(60),
        start={"holders": 200, "holder_cost_cents": 200 * 100_000},
        years=3,
        **asked,
    )


@pytest.mark.parametrize("series", SERIES)
@pytest.mark.parametrize("on", [date(2024, 6, 30), END, date(2026, 12, 31)])
@pytest.mark.parametrize("against", [None, "tried"])
def test_all_causes_together_are_the_change_in_every_run(series, on, against):
    found = waterfall(busy(), "more", series, on, against)
    whole = found.begin + np.sum([cause.runs for cause in found.causes], axis=0)
    assert whole == pytest.approx(found.end, abs=1e-6)
    assert [row["order"] for row in found.frame().iter_rows(named=True)] == [
        number + 1 for number in range(len(found.causes))
    ]


def test_nothing_is_left_uncounted_where_nobody_gets_a_part():
    found = waterfall(busy(), "more", "waiting.group-2", END)
    assert [cause.cause.id for cause in found.causes] == [
        "arrivals",
        "left",
        "moves",
        "new-money",
        "freed-money",
        "prices",
    ]


def test_moves_between_groups_are_none_of_the_total():
    assert "moves" not in brought(waterfall(busy(), "more", "waiting.total", END))


def test_it_begins_and_ends_where_the_forecast_does():
    setting = busy()
    since = waterfall(setting, "more", "waiting.total", END)
    apart = waterfall(setting, "more", "waiting.total", END, "tried")
    played = {plan: setting.play(plan).values["help.waiting.total"][:, 4] for plan in ("more", "tried")}
    assert (since.begin == 180).all()
    assert (since.end == played["more"]).all()
    assert (apart.begin == played["tried"]).all()
    assert (apart.end == played["more"]).all()


def test_new_money_serves_who_it_pays_for():
    plan = small.tried(worlds.money(10_000))
    setting = small.setting(None, plan, table=worlds.waiting(100), rules=small.TO_GROUP_1)
    assert brought(waterfall(setting, "tried", "waiting.group-1", END)) == {"new-money": -10}
    assert brought(waterfall(setting, "tried", "waiting.group-1", END, "nothing")) == {"new-money": -10}


def test_what_a_rise_of_prices_costs():
    """Twelve budgets of 1,000 euro; after a rise of a half only eight."""
    plan = small.tried(worlds.money(12_000))
    inputs = {"index.point": 0.5}
    setting = small.setting(inputs, plan, table=worlds.waiting(100), rules=small.TO_GROUP_1)
    assert brought(waterfall(setting, "tried", "waiting.group-1", END)) == {"new-money": -12, "prices": 4}
    assert brought(waterfall(setting, "tried", "waiting.group-1", END, "nothing")) == {
        "new-money": -12,
        "prices": 4,
    }


def test_money_that_comes_back_is_told_apart():
    """Without any new money all who are helped are helped with what came free."""
    setting = small.setting(
        {"holder.exit": 0.2},
        table=worlds.waiting(500),
        start={"holders": 300, "holder_cost_cents": 300 * 100_000},
    )
    causes = brought(waterfall(setting, "nothing", "waiting.group-1", END))
    granted = setting.play("nothing").values["help.granted.group-1"][:, [2, 4]].sum(axis=1)
    assert causes == {"freed-money": pytest.approx(-granted.mean())}


def test_two_plans_meet_the_same_people():
    """Nobody comes because of a plan: arrivals bring nothing of a difference."""
    assert "arrivals" not in brought(waterfall(busy(), "more", "waiting.total", END, "tried"))


def test_flows_that_begin_anew_every_year_are_added_up_from_a_start_in_the_middle_of_one():
    records = (date(2024, 6, 30), date(2024, 12, 31), date(2025, 6, 30), date(2025, 12, 31))
    flow = np.array([[5.0, 7.0, 3.0, 9.0]])
    assert [flows.until(flow, records, at).item() for at in range(4)] == [0, 2, 5, 11]


def test_a_series_whose_flows_are_not_counted():
    with pytest.raises(ForecastFault) as fault:
        waterfall(busy(), "more", "holders", END)
    assert str(fault.value) == (
        "What comes in and goes out is not counted for help.holders. It is for: help.waiting.total, "
        "help.waiting.group-1, help.waiting.group-2, help.waiting.group-3."
    )


def test_a_date_after_the_end():
    with pytest.raises(ForecastFault) as fault:
        waterfall(busy(), "more", "waiting.total", date(2044, 12, 31))
    assert str(fault.value) == (
        "There are no outcomes of 2044-12-31: there are of the start (2023-12-31), and of each 30 June and "
        "31 December up to 2026-12-31."
    )
