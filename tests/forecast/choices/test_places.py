"""The same questions about programmes with places and teams, which share their staff: Testland's."""

from dataclasses import replace
from datetime import date

import numpy as np
import polars as pl
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.choices import (
    Ask,
    Question,
    Setting,
    optimise,
    reach,
    read_target,
    tornado,
    waterfall,
)
from veerkracht.forecast.choices.uses import uses_of
from veerkracht.region import Measure, Plan, Region
from veerkracht.region.plans import Cost
from veerkracht.rulebook.types import Source, Text

START, END = date(2023, 12, 31), date(2026, 12, 31)
HOMES, TEAMS = "home-place", "family-team"
FROM = date(2024, 3, 1)
SAID = Source("A test")


def more(kind: str, programme: str, number: float, price: float) -> Measure:
    return Measure(
        id=f"more-{kind}", programme=programme, kind=kind, name=Text("Meer", "More"), amount_cents_per_year=0,
        recurrent=True, from_=FROM, until=None, to="", source=SAID, assumption=None, number=number,
        cost=Cost(price, price, price, each=True, source=SAID),
    )  # fmt: skip


@pytest.fixture(scope="module")
def testland() -> Region:
    here = regions.load(REGIONS / "testland")
    measures = (more("places", HOMES, 40, 30_000), more("cases", TEAMS, 25, 5_000))
    plan = Plan("more-help", Text("Meer hulp", "More help"), Text(), "as-is", measures)
    return replace(here, plans={**here.plans, plan.id: plan})


@pytest.fixture
def setting(testland) -> Setting:
    return Setting(testland, START, years=3, runs=6, programmes=(HOMES, TEAMS))


@pytest.mark.parametrize("against", [None, "as-is"])
@pytest.mark.parametrize(
    ("series", "causes"),
    [
        (f"{HOMES}.waiting.persons", {"arrivals", "died", "withdrew", "served", "staff"}),
        (f"{HOMES}.residents.total", {"began", "ended", "staff"}),
        (f"{TEAMS}.waiting.persons", {"arrivals", "died", "withdrew", "served", "staff"}),
        (f"{TEAMS}.helped.persons", {"began", "ended", "staff"}),
    ],
)
def test_all_causes_together_are_the_change_in_every_run(setting, series, causes, against):
    found = waterfall(setting, "more-help", series, END, against)
    whole = found.begin + np.sum([cause.runs for cause in found.causes], axis=0)
    assert whole == pytest.approx(found.end, abs=1e-6)
    assert {one.cause.id for one in found.causes} <= causes


def test_a_shortage_of_staff_is_told_apart(setting):
    """Without a shortage every place that is open has its staff: what is missing of them is its doing."""
    found = waterfall(setting, "as-is", f"{HOMES}.residents.total", END)
    brought = {one.cause.id: one.runs.mean() for one in found.causes}
    assert brought["staff"] < 0


def test_a_tornado_of_what_shares_its_staff(setting):
    frame = tornado(setting, "as-is", f"{HOMES}.residents.total", END, most=5)
    assert frame.height <= 5
    assert frame.get_column("swing").abs().to_list() == sorted(frame.get_column("swing").abs(), reverse=True)


def test_measures_with_a_cost_are_what_money_can_go_to(testland):
    uses = uses_of(testland, "more-help", FROM)
    homes, teams = uses[f"{HOMES}.more-places"], uses[f"{TEAMS}.more-cases"]
    assert (homes.amount(300_000), teams.amount(300_000)) == (10, 60)
    assert homes.bought(300_000, (FROM,)).places == 10
    assert {"day-money.urgent", "day-money.other"} <= uses.keys()


def test_places_that_a_target_takes(setting):
    """So many open places more: what they cost, as they are all staffed or not."""
    open_ = setting.play("as-is").values[f"{HOMES}.places.recognised"][:, -1].max()
    target = read_target(f"{HOMES}.places.recognised>={open_ + 90:g}")
    asked = Question(target, END, FROM, sure=0.5, use="more-places")
    found = reach(setting, "more-help", asked)
    assert found.use.id == f"{HOMES}.more-places"
    assert found.amount == pytest.approx(found.euro / 30_000)
    assert 1 < found.amount * found.years < 400


def test_money_for_homes_or_for_teams(setting):
    ask = Ask(1_500_000, "fewest-waiting", FROM, END, over=(f"{HOMES}.more-places", f"{TEAMS}.more-cases"))
    found = optimise(setting, "more-help", ask)
    assert sum(found.split.values()) <= 1_500_000
    assert found.evaluated > 5


def test_equal_chances_over_the_provinces(testland):
    """Homes in one province only: places there leave the chances as far apart as a split can."""
    provinces = pl.Series("province", ["north", *["south"] * (testland.areas.height - 1)])
    measures = [
        replace(more("places", HOMES, 40, 30_000), id=f"in-{one}", area=one) for one in ("north", "south")
    ]
    plan = Plan("by-province", Text(), Text(), "as-is", tuple(measures))
    areas = testland.areas.with_columns(provinces)
    here = replace(testland, areas=areas, plans={**testland.plans, plan.id: plan})
    apart = Setting(here, START, years=2, runs=8, programmes=(HOMES,))
    ask = Ask(600_000, "equal-chances", FROM, date(2025, 12, 31), over=("in-north", "in-south"))
    found = optimise(apart, plan.id, ask)
    outcomes = dict(found.outcomes.filter(goal="equal-chances").select("split", "mean").iter_rows())
    assert 0 <= outcomes["best"] < 2
    assert found.evaluated > 5


def test_what_the_money_goes_to_must_be_said_where_it_is_not_clear(setting):
    series = [
        name for name in setting.play("as-is").values if name.startswith("staff.") and name.endswith(".fte")
    ]
    asked = Question(read_target(f"{series[0]}>=1000000"), END, FROM)
    with pytest.raises(ForecastFault) as fault:
        reach(setting, "as-is", asked)
    assert str(fault.value).startswith(
        f"Say what the money goes to (--with): for {series[0]} it is not clear."
    )


def test_counting_by_province_changes_nothing_else(testland):
    lies = ["north", *["south"] * (testland.areas.height - 1)]
    bare = replace(testland, staff=None)
    here = replace(bare, areas=testland.areas.with_columns(pl.Series("province", lies)))
    made, alone = (
        Setting(one, START, years=2, runs=4, programmes=(HOMES,)).play("as-is") for one in (here, bare)
    )
    shares = {f"{HOMES}.served-share.north", f"{HOMES}.served-share.south"}
    assert made.values.keys() - alone.values.keys() == shares
    for name, values in alone.values.items():
        assert (made.values[name] == values).all(), name
    # What is served of what is expected lies between the two provinces' shares.
    whole = made.values[f"{HOMES}.admitted.total"].mean() / made.values[f"{HOMES}.arrivals.total"].mean()
    means = sorted(made.values[name][:, 1:].mean() for name in shares)
    assert means[0] * 0.8 < whole < means[1] * 1.2
