"""Programmes with places and teams, from a region's files to series."""

import dataclasses
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from tests.region.conftest import REGIONS
from veerkracht import region as regions
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.services import making
from veerkracht.forecast.services.result import ServicesForecast
from veerkracht.region import Measure, Region
from veerkracht.rulebook.types import Text

START = date(2023, 12, 31)
HOMES, TEAMS = "home-place", "family-team"
RUNS = 30
Change = Callable[[str, str, str], Region]


@pytest.fixture(scope="module")
def testland() -> Region:
    return regions.load(REGIONS / "testland")


def play(region: Region, *programmes: str, plan: str = "as-is", **asked: object) -> ServicesForecast:
    chosen = tuple(region.programme(id) for id in programmes or (HOMES, TEAMS))
    start = asked.pop("start", START)
    return making.run(region, chosen, plan, start, Experiment(**{"years": 3, "runs": RUNS, **asked}))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def played(testland: Region) -> ServicesForecast:
    return play(testland)


def without(region: Region, programme: str, *parameters: str) -> Region:
    """The region with a programme that says nothing of some parameters."""
    old = region.programme(programme)
    kept = tuple(one for one in old.parameters if one.id not in parameters)
    return changed(region, programme, parameters=kept)


def saying(region: Region, programme: str, parameter: str, value: float) -> Region:
    """The region with another value for a parameter, which is then certain."""
    old = region.programme(programme)
    said = tuple(
        dataclasses.replace(one, value=value, low=value, high=value) if one.id == parameter else one
        for one in old.parameters
    )
    return changed(region, programme, parameters=said)


def changed(region: Region, programme: str, **changes: object) -> Region:
    new = dataclasses.replace(region.programme(programme), **changes)  # type: ignore[arg-type]
    return dataclasses.replace(region, programmes={**region.programmes, programme: new})


def with_measure(region: Region, kind: str, number: float | None, **more: object) -> Region:
    measure = Measure(
        id="more", programme=HOMES if kind == "places" else TEAMS, kind=kind, name=Text("Meer", "More"),
        amount_cents_per_year=0, recurrent=True, from_=date(2024, 3, 1), until=None, to="", source=None,
        assumption=None, number=number,
    )  # fmt: skip
    plan = dataclasses.replace(
        region.plan("as-is"),
        id="more-of-it",
        measures=(dataclasses.replace(measure, **more),),  # type: ignore[arg-type]
    )
    return dataclasses.replace(region, plans={**region.plans, plan.id: plan})


def in_time(region: Region) -> Region:
    """The region in which all that is decided comes, and at once."""
    return saying(saying(region, HOMES, "growth.lost", 0.0), HOMES, "growth.postponed", 0.0)


def middle(made: ServicesForecast, name: str) -> float:
    return float(np.median(made.values[name][:, -1]))


def test_what_can_be_played(testland: Region) -> None:
    can = {id for id, one in testland.programmes.items() if making.can_be_played(testland, one)}
    assert can == {HOMES, TEAMS}


def test_it_starts_from_the_published_figures(played: ServicesForecast) -> None:
    first = {name: values[:, 0] for name, values in played.values.items()}
    assert set(first["home-place.places.recognised"]) == {310.0}
    assert set(first["home-place.residents.total"]) == {279.0}
    assert set(first["home-place.occupancy"]) == {0.9}
    assert set(first["family-team.waiting.persons"]) == {50.0}


def test_the_share_of_heavy_care_is_the_published_one(testland: Region) -> None:
    share = play(testland, HOMES, runs=300, years=1).values["home-place.residents.heavy-share"][:, 0]
    z = (share.mean() - 0.7) / (share.std() / np.sqrt(300))
    assert abs(z) < 4


def test_what_a_reader_must_know_of_the_start(played: ServicesForecast) -> None:
    assert [text.en for text in played.rests_on] == [
        "Home place, growth calendar: that of the region's files.",
        "Home place, who waits: there is no figure; it is assumed, with a range.",
        "Home place, share with heavy care: the last known figure is 70%, of 31-12-2022.",
    ]
    assert played.rests_on[2].nl == (
        "Woonplaats, aandeel met zware zorg: het laatste bekende cijfer is 70 %, van 31-12-2022."
    )


@pytest.mark.parametrize("programme", [HOMES, TEAMS])
def test_nobody_comes_or_goes_unseen(played: ServicesForecast, programme: str) -> None:
    """Waiting at the end = waiting at the start + who asked - who was admitted, died or withdrew; so for those helped.

    By the flows of whole calendar years.
    """
    ends = [number for number, day in enumerate(played.records) if day.month == 12]

    def flow(name: str) -> np.ndarray:
        return played.values[f"{programme}.{name}"][:, ends[1:]].sum(axis=1)

    def grown(name: str) -> np.ndarray:
        values = played.values[f"{programme}.{name}"]
        return values[:, -1] - values[:, 0]

    left = flow("admitted.total") + flow("exits.died") + flow("exits.withdrew")
    assert np.array_equal(grown("waiting.persons"), flow("arrivals.total") - left)
    helped = "residents.total" if programme == HOMES else "helped.persons"
    assert np.array_equal(grown(helped), flow("admitted.total") - flow("ended.total"))


def test_categories_groups_and_units_add_up(played: ServicesForecast) -> None:
    of = {name.removeprefix("home-place."): values for name, values in played.values.items()}
    assert np.array_equal(of["residents.light"] + of["residents.heavy"], of["residents.total"])
    assert np.array_equal(of["waiting.much"] + of["waiting.little"], of["waiting.persons"])
    assert (of["residents.total"] <= of["places.recognised"]).all()
    assert (of["places.staffed"] <= of["places.open"]).all()


def test_the_same_numbers_on_two_workers(testland: Region, played: ServicesForecast) -> None:
    other = play(testland, workers=2)
    assert {name: values.tolist() for name, values in other.values.items()} == {
        name: values.tolist() for name, values in played.values.items()
    }


@pytest.mark.parametrize(("kind", "number", "programme"), [("places", 40, HOMES), ("cases", 30, TEAMS)])
def test_more_units_fewer_who_wait(testland: Region, kind: str, number: float, programme: str) -> None:
    region = with_measure(in_time(testland), kind, number)
    less, more = play(region), play(region, plan="more-of-it")
    units = f"{programme}.{kind}.recognised"
    assert set((more.values[units] - less.values[units])[:, -1]) == {float(number)}
    waiting = more.values[f"{programme}.waiting.persons"] - less.values[f"{programme}.waiting.persons"]
    assert waiting.mean(axis=0)[-1] < 0
    wait = f"{programme}.wait.days"
    assert more.values[wait][:, -1].mean() < less.values[wait][:, -1].mean()
    other = f"{TEAMS if programme == HOMES else HOMES}.waiting.persons"
    if programme == TEAMS:
        assert np.array_equal(more.values[other], less.values[other])
    assert [measure.id for measure in more.measures] == ["more"]


def test_places_of_the_first_morning_are_not_filled_the_evening_before(testland: Region) -> None:
    """Nor do more people ask because there are more places."""
    region = with_measure(in_time(testland), "places", 40, from_=date(2024, 1, 1))
    more, same = play(region, plan="more-of-it"), play(in_time(testland))
    for name in (name for name in same.values if name.startswith(HOMES)):
        assert (more.values[name][:, 0] == same.values[name][:, 0]).all() or name.endswith(
            ("days", "used")
        ), name
    assert (more.values[f"{HOMES}.arrivals.total"] == same.values[f"{HOMES}.arrivals.total"]).all()
    assert (
        more.values[f"{HOMES}.places.recognised"][:, -1] > same.values[f"{HOMES}.places.recognised"][:, -1]
    ).all()


def test_what_a_plan_takes_away_again(testland: Region) -> None:
    region = with_measure(in_time(testland), "places", 40, until=date(2025, 1, 1))
    less, more = play(region, HOMES), play(region, HOMES, plan="more-of-it")
    units = "home-place.places.recognised"
    added = (more.values[units] - less.values[units]).mean(axis=0)
    days = {day: added[number] for number, day in enumerate(more.records)}
    assert [days[date(2024, 6, 30)], days[date(2024, 12, 31)], days[date(2025, 6, 30)]] == [40, 40, 0]


def test_money_is_not_played_as_places(testland: Region) -> None:
    region = with_measure(testland, "money", None, programme=HOMES, amount_cents_per_year=10**9)
    less, more = play(region, HOMES), play(region, HOMES, plan="more-of-it")
    assert np.array_equal(
        more.values["home-place.places.recognised"], less.values["home-place.places.recognised"]
    )


def test_decided_growth_comes_and_may_be_left_out(testland: Region) -> None:
    known = testland.supplies[HOMES].known_on(date(2023, 5, 31))
    without_it = dataclasses.replace(testland, supplies={**testland.supplies, HOMES: known})
    some, none = play(testland, HOMES), play(without_it, HOMES)
    name = "home-place.places.recognised"
    assert set(none.values[name].ravel()) == {310.0}
    assert middle(some, name) > 330


def test_more_people_who_ask_wait_longer(testland: Region) -> None:
    more = middle(play(saying(testland, TEAMS, "leave.withdrew", 0.9), TEAMS), "family-team.exits.withdrew")
    fewer = middle(play(saying(testland, TEAMS, "leave.withdrew", 0.1), TEAMS), "family-team.exits.withdrew")
    assert more > 2 * fewer


def test_staff_close_places(testland: Region, played: ServicesForecast) -> None:
    """Testland's homes have some units closed for want of staff."""
    staffed, open_ = (played.values[f"home-place.places.{name}"].mean() for name in ("staffed", "open"))
    assert staffed < open_
    alone = changed(testland, HOMES, sector="")
    free = play(alone, HOMES)
    assert np.array_equal(free.values["home-place.places.staffed"], free.values["home-place.places.open"])


def test_pinned_and_drawn_numbers(testland: Region) -> None:
    draws = Draws(1, RUNS, pinned={"family-team:stay.years": 0.5})
    short = middle(play(testland, TEAMS, draws=draws), "family-team.helped.persons")
    usual = middle(play(testland, TEAMS), "family-team.helped.persons")
    assert short == pytest.approx(usual * 0.5 / 0.8, rel=0.1)
    names = {number.name for number in play(testland, years=1, runs=2).parameters}
    assert {"home-place:stay.years", "home-place:growth.new-wing", "family-team:arrivals"} <= names


FAULTS = {
    "arrivals": (
        lambda region: without(region, HOMES, "demand.level"), {},
        "home-place does not say how many people ask: expected a parameter `arrivals` (requests a year) or "
        "`demand.level` (how many people want help for each who has it).",
    ),
    "stay": (
        lambda region: without(region, HOMES, "stay.years"), {},
        "home-place has no parameter “stay.years” that holds on 2023-12-31: a forecast needs it, with its range and "
        "source.",
    ),
    "norm": (
        lambda region: saying(region, HOMES, "staff.norm.light", 0.0), {},
        "staff.norm.light of home-place is 0: a staff norm must be above zero, or no staff would be needed and nothing "
        "would ever close.",
    ),
    "figures": (
        lambda region: region, {"start": date(2022, 6, 30)},
        "For home-place there are no figures of 2022-06-30 or before for home-place.places.recognised, and no "
        "parameter that says it. The first figures are of: 2022-12-31.",
    ),
    "nobody helped": (
        lambda region: saying(region, TEAMS, "waiting.growth", 400.0), {},
        "In family-team nobody would be helped: of ",
    ),
    "too short": (
        lambda region: saying(region, TEAMS, "stay.years", 0.001), {},
        "A stay of family-team lasts 0.001 years on average, less than a day: that can't be. Check stay.years.",
    ),
    "years": (lambda region: region, {"years": 0}, "A forecast of 0 years can't be made: expected 1 to 50."),
    "runs": (lambda region: region, {"runs": 0}, "A forecast of 0 runs can't be made: expected 1 to 100,000."),
    "too early": (
        lambda region: region, {"start": date(2019, 12, 31)},
        "home-place began on 2020-01-01: a forecast can't start on 2019-12-31.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("change", "asked", "says"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_played(
    testland: Region, change: Callable[[Region], Region], asked: dict[str, object], says: str
) -> None:
    with pytest.raises(ForecastFault) as fault:
        play(change(testland), **asked)
    assert str(fault.value)[: len(says)] == says
    assert fault.value.text.nl != fault.value.text.en


def test_nothing_to_forecast(testland: Region) -> None:
    with pytest.raises(ForecastFault) as fault:
        making.run(testland, (), "as-is", START)
    assert str(fault.value) == "There is no programme to forecast."


def test_no_code_knows_flanders() -> None:
    """What this region calls its kinds of help stands in its files alone."""
    source = Path(making.__file__).parent
    words = ("flanders", "residential", "youth", "katz", "woonzorg", "nurse")
    for file in source.glob("*.py"):
        text = file.read_text().lower()
        assert [word for word in words if word in text] == [], file.name
