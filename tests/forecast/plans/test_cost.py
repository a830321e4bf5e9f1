"""What a plan costs: each kind of measure, year by year, with its range; what is unknown is in no sum."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.forecast import worlds
from veerkracht import region as regions
from veerkracht.forecast.plans.cost import PlanCost, cost, extra
from veerkracht.forecast.plans.describe import is_played, plain
from veerkracht.region import Measure, Region
from veerkracht.region.one_plan import read_plan_text
from veerkracht.rulebook.drafts import drafted
from veerkracht.rulebook.types import Assumption, Parameter, Source, Text

YEARS = (2024, 2025, 2026)
RANGE = Assumption(Text("Verzonnen.", "Invented."), 800, 1400)


@pytest.fixture(scope="module")
def testland() -> Region:
    return regions.load(Path(__file__).parents[2] / "regions" / "testland")


def of(region: Region, *measures: Measure) -> PlanCost:
    return cost(region, measures, YEARS)


def sums(found: PlanCost, *, recurrent: bool = True) -> list[float]:
    rows = found.by_year().filter(recurrent=recurrent)
    return [round(amount, 2) for amount in rows.get_column("amount")]


def read(region: Region, lines: str) -> tuple[Measure, ...]:
    head = 'id = "tried"\nname = { nl = "Poging", en = "Try" }\n[[measure]]\nid = "m"\nname = { nl = "M", en = "M" }\n'
    plan, faults = read_plan_text(region, head + lines + '\nsource = { title = "Budget" }\n')
    assert (faults, plan is None) == ((), False)
    return plan.measures[0].dated() if plan else ()


def test_recurrent_money_costs_from_its_day_until_its_end_and_one_off_money_once() -> None:
    world = worlds.region(worlds.programme())
    half = worlds.money(1000, date(2024, 7, 2), until=date(2026, 1, 1))
    once = worlds.money(500, date(2025, 11, 1), recurrent=False)
    found = of(world, half, once)
    assert sums(found) == [pytest.approx(1000 * 183 / 366, abs=0.01), 1000, 0]
    assert sums(found, recurrent=False) == [0, 500, 0]


def test_costs_of_each_kind_by_year(testland: Region) -> None:
    lines = 'kind = "places"\nprogramme = "respite-place"\nfrom = 2025-01-01\nplaces = 3\n'
    places = read(testland, f"{lines}cost = {{ amount = 10, low = 10, high = 10, each = true }}")
    found = of(testland, worlds.money(100, programme="day-money"), *places).by_kind()
    assert found.select("year", "kind", "amount").rows() == [
        (2024, "money", 100),
        (2024, "places", 0),
        (2025, "money", 100),
        (2025, "places", 30),
        (2026, "money", 100),
        (2026, "places", 30),
    ]


def test_certain_money_has_no_range_and_uncertain_money_has_its_own() -> None:
    world = worlds.region(worlds.programme())
    found = of(world, worlds.money(1000, id="certain"), worlds.money(1000, id="not", assumption=RANGE))
    rows = {row["measure"]: row for row in found.by_measure().filter(year=2025).to_dicts()}
    assert [rows["certain"][name] for name in ("low", "amount", "high")] == [1000, 1000, 1000]
    assert rows["not"]["amount"] == 1000
    # One run in twenty lies below and above: with a thousand runs that is known to a few percent of the range.
    assert rows["not"]["low"] == pytest.approx(800, abs=30)
    assert rows["not"]["high"] == pytest.approx(1400, abs=60)


def test_measures_on_one_assumption_go_up_and_down_together() -> None:
    world = worlds.region(worlds.programme())
    steps = [worlds.money(1000, id=f"m-{number}", assumption=RANGE) for number in (1, 2)]
    other = replace(RANGE, why=Text("Iets anders.", "Something else."))
    apart = [steps[0], replace(steps[1], assumption=other)]

    def width(*measures: Measure) -> float:
        row = of(world, *measures).by_year().filter(year=2025, recurrent=True).row(0, named=True)
        return float(row["high"] - row["low"])

    assert width(*steps) == pytest.approx(2 * width(steps[0]))
    assert width(*apart) < 0.9 * width(*steps)


def test_steps_are_one_measure(testland: Region) -> None:
    steps = "steps = [{ from = 2024-01-01, amount = 100 }, { from = 2026-01-01, amount = 50 }]"
    found = of(testland, *read(testland, f'programme = "day-money"\nrecurrent = true\n{steps}'))
    assert [(one.id, one.kind) for one in found.measures] == [("m", "money")]
    assert sums(found) == [100, 100, 150]


def test_places_cost_what_the_plan_says_of_one_or_of_all(testland: Region) -> None:
    steps = "steps = [{ from = 2024-01-01, places = 3 }, { from = 2025-01-01, places = 1 }]\n"
    places = f'kind = "places"\nprogramme = "respite-place"\n{steps}'
    of_one = read(testland, places + "cost = { amount = 100, low = 50, high = 200, each = true }")
    of_all = read(testland, places + "cost = { amount = 100, low = 50, high = 200 }")
    assert sums(of(testland, *of_one)) == [300, 400, 400]
    assert sums(of(testland, *of_all)) == [75, 100, 100]


def test_places_without_a_cost_cost_what_the_programme_says_of_one(testland: Region) -> None:
    places = read(testland, 'kind = "places"\nprogramme = "respite-place"\nfrom = 2024-01-01\nplaces = 3')
    programme = testland.programmes["respite-place"]
    one = Parameter(
        id="cost.unit", value=1000, low=800, high=1200, from_=programme.begins, source=Source("Test")
    )
    priced = {"respite-place": drafted(programme, parameters=(one,))}
    assert sums(of(replace(testland, programmes=testland.programmes | priced), *places)) == [3000] * 3


def test_what_nobody_says_is_unknown_and_in_no_sum(testland: Region) -> None:
    places = read(testland, 'kind = "places"\nprogramme = "respite-place"\nfrom = 2024-01-01\nplaces = 3')
    money = read(testland, 'programme = "day-money"\nrecurrent = true\nfrom = 2024-01-01\namount = 5')
    found = of(testland, *(replace(one, id=f"p-{one.id}") for one in places), *money)
    rows = found.by_measure().filter(year=2024)
    assert rows.select("measure", "known", "amount").rows() == [("p-m", False, None), ("m", True, 5.0)]
    row = found.by_year().filter(year=2024, recurrent=True).row(0, named=True)
    assert (row["amount"], row["unknown"]) == (5, 1)


def test_pay_costs_its_percent_of_the_wages_of_all_whose_pay_it_is(testland: Region) -> None:
    assert testland.staff is not None
    value = {one.id: one.value for one in testland.staff.parameters}
    wages = "cost = { amount = 50_000, low = 45_000, high = 55_000, each = true }"
    when = "percent = 2\nfrom = 2024-01-01\n"
    sector, profession = testland.staff.sectors[0].id, testland.staff.professions[0].id
    workers = value[f"fte.{sector}"]
    of_sector = read(testland, f'kind = "pay"\nsector = "{sector}"\n{when}{wages}')
    of_both = read(testland, f'kind = "pay"\nsector = "{sector}"\nprofession = "{profession}"\n{when}{wages}')
    part = value[f"share.{sector}.{profession}"]
    assert sums(of(testland, *of_sector)) == [pytest.approx(workers * 1000)] * 3
    assert sums(of(testland, *of_both)) == [pytest.approx(workers * part * 1000)] * 3


def test_pay_without_a_cost_costs_what_the_staff_file_says_of_one(testland: Region) -> None:
    assert testland.staff is not None
    wage = Parameter(id="cost-per-fte", value=50_000, low=45_000, high=55_000, from_=date(1900, 1, 1))
    others = tuple(one for one in testland.staff.parameters if one.id != wage.id)
    sector = testland.staff.sectors[0].id
    workers = next(one.value for one in others if one.id == f"fte.{sector}")
    pay = read(testland, f'kind = "pay"\nsector = "{sector}"\npercent = 2\nfrom = 2024-01-01')
    paid = replace(testland, staff=replace(testland.staff, parameters=(*others, wage)))
    silent = replace(testland, staff=replace(testland.staff, parameters=others))
    assert sums(of(paid, *pay)) == [pytest.approx(workers * 1000)] * 3
    assert of(silent, *pay).by_measure().get_column("known").to_list() == [False] * 3


def test_what_one_plan_costs_more_than_another_leaves_out_what_both_hold() -> None:
    shared, own, other = (worlds.money(euro, id=f"m-{euro}") for euro in (1000, 300, 100))
    world = worlds.region(
        worlds.programme(), worlds.plan("one", shared, own), worlds.plan("other", shared, other)
    )
    more = extra(world, "one", "other", YEARS)
    assert more.get_column("amount").to_list() == [200] * 3
    assert extra(world, "one", "one", YEARS).get_column("high").to_list() == [0] * 3


def test_what_began_before_a_forecast_starts_is_no_extra_cost_of_it() -> None:
    before, after = worlds.money(1000, date(2023, 12, 31)), worlds.money(300, date(2024, 1, 1))
    world = worlds.region(worlds.programme(), worlds.plan("one", before, after))
    start = date(2023, 12, 31)
    assert extra(world, "one", "nothing", YEARS, since=start).get_column("amount").to_list() == [300] * 3
    assert extra(world, "one", "nothing", YEARS).get_column("amount").to_list() == [1300] * 3


def test_a_plan_told_in_plain_values(testland: Region) -> None:
    said = plain(testland, "more")
    assert (said["id"], said["on_top_of"]) == ("more", "as-is")
    assert [(one["id"], one["played"], one["steps"][0]["number"]) for one in said["measures"]] == [
        ("extra", True, 5000.5),
        ("once", True, 1000),
    ]
    assert [(row["year"], row["recurrent"], row["amount"]) for row in said["by_year"]][:2] == [
        (2024, True, 5000.5),
        (2024, False, 1000),
    ]


def test_of_announced_money_it_is_told_what_became_a_measure(testland: Region) -> None:
    words = 'name = { nl = "M", en = "M" }\nsource = { title = "Budget" }\nrecurrent = true\n'
    pot = f'[[envelope]]\nid = "pot"\namount = 500\ndecided = 2023-01-01\n{words}'
    paid = f'programme = "day-money"\nfrom = 2024-01-01\nenvelope = "pot"\n{words}'
    known, open_ = (f'[[measure]]\nid = "{one}"\n{said}\n{paid}' for one, said in MEASURES.items())
    plan, _ = read_plan_text(testland, f'id = "tried"\nname = {{ nl = "P", en = "T" }}\n{pot}{known}{open_}')
    assert plan is not None
    (envelope,) = plain(replace(testland, plans={"tried": plan}), "tried")["envelopes"]
    assert {name: envelope[name] for name in ("amount", "pays", "in_measures", "unknown")} == {
        "amount": 500,
        "pays": ["known", "open"],
        "in_measures": 200,
        "unknown": 1,
    }


MEASURES = {"known": "amount = 200", "open": "unknown = true"}


def test_a_plan_without_measures_costs_nothing(testland: Region) -> None:
    said = plain(testland, "as-is")
    assert (said["measures"], said["by_year"]) == ([], [])


def test_money_of_a_programme_without_rounds_is_shown_and_not_played() -> None:
    by_vacancy = worlds.programme(handout="vacancy")
    measure = worlds.money(1000)
    assert is_played(worlds.region(worlds.programme()), measure)
    assert not is_played(worlds.region(by_vacancy), measure)
    assert not is_played(worlds.region(worlds.programme()), replace(measure, known=False))
