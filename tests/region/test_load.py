"""What is read of a region, and that another region than the first one works from end to end."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from tests.region.conftest import REGIONS
from tests.rulebook.making import request, table
from veerkracht import region
from veerkracht.region import Region, plan_money
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.explain import explain
from veerkracht.rulebook.rounds import share_out
from veerkracht.rulebook.types import Assumption, Source, Text


def test_the_region_itself(testland: Region) -> None:
    assert (testland.id, testland.name, testland.currency) == (
        "testland",
        Text("Testland", "Testland"),
        "GBP",
    )
    assert testland.languages == ("nl", "en")
    assert testland.disclaimer == Text("Testland bestaat niet.", "Testland does not exist.")
    assert testland.areas.select("code", "zone", "inhabitants").rows() == [
        ("north", "z1", 30_000),
        ("south", "z1", 20_000),
        ("west", "z2", 10_000),
    ]
    assert testland.texts == {"welcome": Text("Welkom in Testland.\n", "Welcome to Testland.\n")}


def test_a_programme_is_what_its_file_says(testland: Region) -> None:
    programme = testland.programme("day-money")
    assert (programme.begins, programme.kinds) == (date(2020, 1, 1), ("first", "increase"))
    assert programme.may_coexist("increase", "first")
    assert [(condition.id, condition.from_, condition.until) for condition in programme.conditions] == [
        ("of-age", date(2020, 1, 1), date(2022, 1, 1)),
        ("of-age", date(2022, 1, 1), None),
        ("complete", date(2020, 1, 1), None),
    ]
    assert programme.conditions[0].source == Source("Law of Testland 1")
    assert programme.point_values[1].value == Decimal("110.55")
    assert programme.point_values[1].assumption == Assumption(
        Text("Niet bekendgemaakt.", "Not published."), 105, 115
    )
    assert programme.round.dates == ((3, 1), (9, 1))
    assert programme.splits[0].key == {"urgent": 0.7, "other": 0.3}
    assert programme.splits[1].method == "envelopes"
    assert programme.parameters[0].id == "arrivals.group-1"


def test_unknown_ids_are_named(testland: Region) -> None:
    with pytest.raises(Fault) as fault:
        testland.programme("day-honey")
    there = "day-money, family-team, home-place, respite-place"
    assert str(fault.value) == f"Testland has no programme “day-honey”; it has: {there}."
    with pytest.raises(Fault) as fault:
        testland.plan("less")
    assert str(fault.value) == "Testland has no plan “less”; it has: as-is, more."


def test_holidays_and_working_days(testland: Region) -> None:
    assert list(testland.holidays_in(2024)) == [date(2024, 1, 1), date(2024, 4, 1)]
    assert list(testland.holidays_in(2025)) == [date(2025, 1, 1), date(2025, 4, 21)]
    days = [date(2024, 3, 29), date(2024, 3, 30), date(2024, 4, 1), date(2024, 4, 2)]
    assert [testland.is_working_day(day) for day in days] == [True, False, False, True]


def test_the_money_of_a_plan_and_of_those_it_builds_on(testland: Region, tmp_path: Path) -> None:
    assert plan_money(testland, "as-is") == ()
    assert [
        (measure.id, measure.amount_cents_per_year, measure.recurrent, measure.until, measure.to)
        for measure in plan_money(testland, "more")
    ] == [
        ("extra", 500_050, True, None, "urgent"),
        ("once", 100_000, False, date(2025, 1, 1), ""),
    ]
    with pytest.raises(Fault) as fault:
        plan_money(testland, "less")
    assert str(fault.value) == "Testland has no plan “less”; it has: as-is, more."


def test_the_region_in_use_is_a_folder_or_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    assert region.current().id == "testland"
    assert region.current() is region.current()
    monkeypatch.setenv("VEERKRACHT_REGION", "atlantis")
    with pytest.raises(Fault) as fault:
        region.current()
    assert str(fault.value) == (
        "There is no region “atlantis”: VEERKRACHT_REGION must name a folder, or one in regions/."
    )


# -- the rulebook over another region, from end to end -----------------------------------------------------


def test_a_round_of_money_in_testland(testland: Region) -> None:
    rows = table(
        request(1, priority_group=1, points=10.0),
        request(2, priority_group=2, points=10.0),
        request(3, priority_group=2, points=10.0, partial=True),
        request(4, priority_group=0, route="flood", points=5.0),
        request(5, priority_group=1, birth_date=date(2010, 1, 1)),
    )
    programme = testland.programme("day-money")
    envelopes = {"urgent": 200_000, "other": 60_000}
    result = share_out(rows, programme, date(2023, 9, 1), 400_000, envelopes=envelopes)
    assert result.lines.select("id", "pot", "cost_cents", "share", "granted").rows() == [
        (4, "route.flood", 55_275, 1.0, True),
        (1, "urgent", 110_550, 1.0, True),
        (2, "other", 55_275, 0.5, True),
    ]
    assert result.not_eligible.rows() == [(3, ["only-parts"]), (5, ["of-age"])]
    assert result.left_cents == 400_000 - 55_275 - 110_550 - 55_275


def test_a_round_of_places_in_testland(testland: Region) -> None:
    own = {"nights_cared": [3.0, 7.0, None, 5.0, 1.0]}
    rows = table(
        request(1),
        request(2, bundle=2),
        request(3, bundle=2),
        request(4),
        request(5, request_date=date(2024, 1, 1)),
    ).with_columns(**{name: pl.Series(values) for name, values in own.items()})
    result = share_out(rows, testland.programme("respite-place"), date(2023, 6, 1), 1)
    assert result.lines.select("id", "pot", "granted", "reason").rows() == [
        (2, "everyone", False, "first-not-served"),
        (4, "everyone", True, "granted"),
        (1, "everyone", False, "does-not-fit"),
        (3, "everyone", False, "does-not-fit"),
    ]
    assert result.not_eligible.rows() == [(5, ["asked-before"])]


def test_an_explanation_in_testland_speaks_its_words(testland: Region) -> None:
    rows = table(request(1, priority_group=2, birth_date=date(2010, 1, 1)), request(2, priority_group=2))
    found = explain(rows, testland.programme("day-money"), date(2022, 6, 1), 1)
    assert [text.nl for text in found.sentences] == [
        "U bent nog geen 18.",
        "Uw vraag doet nu niet mee. Zou ze meedoen, dan stond ze op plaats 1 in Overige.",
        "Niemand staat voor u.",
    ]
    assert found.changes[0] == Text(
        "Vraag het opnieuw op uw 18de verjaardag.", "Ask again on your 18th birthday."
    )
