"""Hindcasts of a small region: what they may know, what they give, and what is kept of them."""

from dataclasses import replace
from datetime import date
from typing import Any

import polars as pl
import pytest

from tests.forecast import worlds
from tests.forecast.calibration import past
from tests.rulebook import making
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.hindcast import track
from veerkracht.forecast.hindcast.playing import YEARS, hindcast
from veerkracht.forecast.known import DECIDED, KNOWN, VARIANTS, figures_on, programme_on, region_on
from veerkracht.region import Measure, Region
from veerkracht.region.hindcast import Expected, Hindcasts, Yardstick
from veerkracht.rulebook.types import Parameter, Source, Text

START = date(2021, 12, 31)
EXPECTED = Expected(
    id="usual",
    programme="help",
    amount=8000.0,
    low=2000.0,
    high=20000.0,
    from_=worlds.BEGIN,
    source=Source("A test"),
)
OTHERS = Yardstick(
    id="agency",
    name=Text("Raming", "Estimate"),
    series="help.waiting.group-2",
    start=START,
    value_at_start=300.0,
    end=date(2023, 12, 31),
    value=900.0,
)


def region(*measures: Measure, **changes: Any) -> Region:
    looked_back = Hindcasts("plan", (START, date(2022, 12, 31)), past.NOW, ("help",), (EXPECTED,), (OTHERS,))
    found = replace(past.region(), hindcasts=looked_back)
    plans = {**found.plans, "plan": worlds.plan("plan", *measures)}
    return replace(found, plans=plans, **changes)


def look_back(of: Region, **asked: Any) -> track.Track:
    how = Experiment(asked.pop("years", YEARS), asked.pop("runs", 30), asked.pop("seed", 1))
    return hindcast(of, **{"sets": 0, **asked}, how=how)


@pytest.fixture(scope="module")
def made() -> track.Track:
    return look_back(region())


def test_every_figure_after_a_start_is_scored_once_in_both_variants(made):
    waiting = made.points.filter(pl.col("series") == "help.waiting.group-2")
    found = waiting.select("variant", "start", "date", "horizon_years").rows()
    pairs = [
        (START, date(2022, 12, 31), 1.0),
        (START, date(2023, 12, 31), 2.0),
        (date(2022, 12, 31), date(2023, 12, 31), 1.0),
    ]
    assert sorted(found) == sorted((variant, *pair) for variant in VARIANTS for pair in pairs)


def test_json_has_series_and_scores(made):
    plain = made.plain()
    series, scores = plain["series"][0], plain["scores"][0]
    assert list(series) == [
        "series", "start", "variant", "date", "observed",
        "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "mean",
    ]  # fmt: skip
    assert (scores["series"], scores["start"], scores["date"]) == (
        series["series"],
        "2021-12-31",
        series["date"],
    )
    assert scores["error"] == pytest.approx(series["p50"] - series["observed"], abs=0.02)


def test_a_forecast_of_others_counts_from_its_own_day(made):
    stock = made.points.filter(pl.col("series") == OTHERS.series, pl.col("variant") == KNOWN)
    said = dict(stock.select("date", "yardstick").filter(pl.col("yardstick").is_not_null()).rows())
    assert said == {date(2022, 12, 31): 600.0, date(2023, 12, 31): 900.0}


def test_the_same_seed_gives_the_same_scores(made):
    again = look_back(region(), starts=[START], variants=[KNOWN])
    before = made.points.filter(pl.col("start") == START, pl.col("variant") == KNOWN)
    assert again.points.equals(before)


def changed_later(of: Region) -> Region:
    """The region with every figure, number, rule and decision after the start made different."""
    later = pl.col("date") > START
    figures = of.figures.frame.with_columns(
        value=pl.when(later).then(pl.col("value") * 7 + 1).otherwise("value")
    )
    help_ = of.programmes["help"]
    tomorrow = date(2022, 1, 1)
    numbers = [
        Parameter(id=one.id, value=one.value * 3 + 1, from_=tomorrow, source=Source("Later"))
        for one in help_.parameters
    ]
    split = replace(help_.splits[0], from_=tomorrow, key={"group-3": 1.0})
    changed = replace(help_, parameters=(*help_.parameters, *numbers), splits=(*help_.splits, split))
    assert of.hindcasts is not None
    expected = replace(EXPECTED, id="later", from_=tomorrow, amount=1e6, low=1e6, high=1e6)
    hindcasts = replace(of.hindcasts, expected=(EXPECTED, expected))
    plans = {**of.plans, "plan": worlds.plan("plan", *of.plans["plan"].measures, worlds.money(1e6, tomorrow))}
    return replace(
        of,
        figures=replace(of.figures, frame=figures),
        programmes={"help": changed},
        plans=plans,
        hindcasts=hindcasts,
    )


SAID = ["series", "date", "p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "mean", "same", "trend"]


def test_as_known_then_knows_nothing_of_what_came():
    """Calibration included: not one number of the forecast changes, only what it is scored on."""
    asked = {"starts": [START], "variants": [KNOWN], "sets": 60}
    before, blind = look_back(region(), **asked), look_back(changed_later(region()), **asked)
    assert blind.points.select(SAID).equals(before.points.select(SAID))
    assert not blind.points.select("observed").equals(before.points.select("observed"))


def test_as_it_was_decided_knows_what_was_decided_and_no_more(made):
    """Later money and rules count; later figures and numbers still do not."""
    of = region()
    before = made.points.filter(pl.col("start") == START, pl.col("variant") == DECIDED)
    later = changed_later(of)
    blind = look_back(
        replace(later, plans=of.plans, programmes=_with_rules_of(of, later)),
        starts=[START],
        variants=[DECIDED],
    )
    assert blind.points.select(SAID).equals(before.select(SAID))
    rich = look_back(replace(of, plans=later.plans), starts=[START], variants=[DECIDED])
    assert not rich.points.select(SAID).equals(before.select(SAID))


def _with_rules_of(one: Region, numbers_of: Region) -> dict[str, Any]:
    return {"help": replace(one.programmes["help"], parameters=numbers_of.programmes["help"].parameters)}


def test_figures_of_the_day_are_known_and_of_before_when_published():
    found = figures_on(past.region().figures, date(2022, 12, 31)).frame
    assert sorted(set(found.get_column("date"))) == [
        date(2020, 12, 31),
        date(2021, 12, 31),
        date(2022, 12, 31),
    ]
    assert set(figures_on(past.region().figures, date(2022, 5, 31)).frame.get_column("date")) == {past.FIRST}


def test_a_rule_that_ends_later_is_not_known_to_end():
    ending = replace(making.programme().splits[0], until=date(2022, 6, 1))
    kept = programme_on(making.programme(splits=(ending,)), START)
    assert kept.splits[0].until is None


def test_expected_money_comes_where_nothing_is_decided():
    decided = worlds.money(5000, date(2022, 7, 1), decided=date(2021, 10, 1))
    later = worlds.money(9000, date(2023, 7, 1), decided=date(2022, 10, 1))
    seen = region_on(region(decided, later), START, KNOWN, "plan", 2)
    by_year = {
        year: sum(one.amount_cents_per_year for one in seen.plans["plan"].measures if one.from_.year == year)
        for year in (2022, 2023, 2024)
    }
    assert by_year == {2022: 500_000, 2023: 800_000, 2024: 0}


def test_what_is_kept_is_read_back(made, tmp_path):
    of = region(folder=tmp_path)
    track.store(made, of)
    read = track.track_record(of)
    assert (read.starts, read.runs, read.stale, read.programmes) == (made.starts, made.runs, False, ("help",))
    assert read.points.drop_nulls().height == made.points.drop_nulls().height
    assert read.summary().select("series", "points").equals(made.summary().select("series", "points"))


def test_a_track_record_of_other_numbers_is_stale(made, tmp_path):
    of = region(folder=tmp_path)
    track.store(made, of)
    assert track.track_record(changed_later(of)).stale
    renamed = replace(of.programmes["help"], name=Text("Anders", "Other"))
    assert not track.track_record(replace(of, programmes={"help": renamed})).stale


def test_looking_back_on_one_programme_keeps_what_is_there_of_others(made, tmp_path):
    of = region(folder=tmp_path)
    other = replace(of.programmes["help"], id="other")
    both = replace(of, programmes={"help": of.programmes["help"], "other": other})
    of_other = made.points.with_columns(pl.col("series").str.replace("help", "other"))
    prints = track.made_of(both, "plan", ("other",))
    track.store(replace(made, programmes=("other",), points=of_other, made_of=prints), both)
    track.store(made, both)
    read = track.track_record(both)
    assert (read.programmes, read.stale, read.points.height) == (
        ("help", "other"),
        False,
        2 * made.points.height,
    )


def test_nothing_kept(tmp_path):
    assert track.track_record(region(folder=tmp_path)) is None


def test_bad_questions():
    with pytest.raises(ForecastFault, match=r"no figures of 2021-06-30 for help\.waiting\.group-1"):
        look_back(region(), starts=[date(2021, 6, 30)], programmes=["help"])
    with pytest.raises(ForecastFault, match="A forecast of 0 runs"):
        look_back(region(), runs=0)
    with pytest.raises(ForecastFault, match=r"has no hindcast\.toml"):
        look_back(replace(region(), hindcasts=None))


def test_a_start_that_can_not_be_played_is_named_and_the_others_are_scored():
    found = look_back(region(), starts=[date(2021, 6, 30), START], variants=[KNOWN])
    assert found.points.get_column("start").unique().to_list() == [START]
    assert found.skipped[0].startswith("help (2021-06-30): There are no figures of 2021-06-30")
