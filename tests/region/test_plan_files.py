"""Plan files: every kind of measure, dated steps, and what a plan says beside its measures."""

from dataclasses import replace
from datetime import date

import pytest

from veerkracht.region import Measure, Plan, Region, known_on, measures, plan_money
from veerkracht.region.one_plan import read_plan_text
from veerkracht.region.plan_envelopes import plan_envelopes
from veerkracht.region.plan_writing import plan_to_toml
from veerkracht.rulebook.errors import Fault

HEAD = 'id = "tried"\nname = { nl = "Poging", en = "Try" }\n'
NAME = 'name = { nl = "Iets", en = "Something" }\n'
SOURCE = 'source = { title = "Budget of Testland" }\n'
WHY = 'assumption = { why = { nl = "Verzonnen.", en = "Invented." } }\n'


def read(region: Region, *blocks: str) -> Plan:
    plan, faults = read_plan_text(region, HEAD + "".join(blocks))
    assert [str(fault) for fault in faults] == []
    assert plan is not None
    return plan


def measure(lines: str, *, origin: str = SOURCE, id: str = "m") -> str:
    return f'[[measure]]\nid = "{id}"\n{NAME}{lines}{origin}'


def money(lines: str, **facts: str) -> str:
    return measure(f'programme = "day-money"\nrecurrent = true\n{lines}', **facts)


def euro(of: Measure) -> list[tuple[date, float]]:
    return [(part.from_, part.amount_cents_per_year / 100) for part in of.dated()]


def test_one_measure_with_steps_is_a_measure_for_each_step_in_the_order_of_their_days(
    testland: Region,
) -> None:
    steps = """steps = [
      { from = 2025-01-01, amount = 300, low = 250, high = 400 },
      { from = 2024-01-01, amount = 100, low = 50, high = 100, decided = 2023-05-01 },
    ]
    """
    (written,) = read(testland, money(steps, origin=WHY)).measures
    parts = written.dated()
    assert [(part.id, part.of) for part in parts] == [("m-2024-01-01", "m"), ("m-2025-01-01", "m")]
    assert euro(written) == [(date(2024, 1, 1), 100), (date(2025, 1, 1), 300)]
    assert [(part.assumption.low, part.assumption.high) for part in parts if part.assumption] == [
        (50, 100),
        (250, 400),
    ]
    assert [part.known_from for part in parts] == [date(2023, 5, 1), date(2025, 1, 1)]


@pytest.mark.parametrize("origin", [SOURCE, WHY.replace("} }", "}, low = 80, high = 120 }")])
def test_an_amount_spread_over_the_quarters_comes_in_four_equal_parts_with_its_range(
    testland: Region, origin: str
) -> None:
    line = 'from = 2024-01-01\namount = 100\nspread = "quarters"\n'
    (written,) = read(testland, money(line, origin=origin)).measures
    assert euro(written) == [(date(2024, month, 1), 25) for month in (1, 4, 7, 10)]
    ranges = {(part.assumption.low, part.assumption.high) for part in written.dated() if part.assumption}
    assert ranges == (set() if origin == SOURCE else {(20, 30)})


def test_a_step_can_be_repeated_every_year(testland: Region) -> None:
    (written,) = read(testland, money("from = 2024-07-01\nyearly_until = 2027-01-01\namount = 10\n")).measures
    assert euro(written) == [(date(year, 7, 1), 10) for year in (2024, 2025, 2026)]


def test_a_measure_without_steps_is_what_is_played(testland: Region) -> None:
    (written,) = read(testland, money("from = 2024-01-01\namount = 10\n")).measures
    assert written.dated() == (written,)


def test_what_is_unknown_is_there_and_is_not_played(testland: Region) -> None:
    plan = read(testland, money("from = 2024-01-01\nunknown = true\n"))
    region = replace(testland, plans={"tried": plan})
    assert [(one.id, one.known) for one in measures(region, "tried")] == [("m", False)]
    assert plan_money(region, "tried") == ()


def test_places_are_shared_over_areas_and_the_rest_is_for_everywhere(testland: Region) -> None:
    lines = 'kind = "places"\nprogramme = "respite-place"\nfrom = 2024-01-01\nplaces = 80\n'
    shares = 'shares = { "t1" = 0.5, "t2" = 0.25 }\n'
    codes = testland.areas.get_column("code").to_list()
    shares = shares.replace("t1", codes[0]).replace("t2", codes[1])
    (written,) = read(testland, measure(lines + shares)).measures
    assert [(part.area, part.places, part.cases) for part in written.dated()] == [
        (codes[0], 40, 0),
        (codes[1], 20, 0),
        ("", 20, 0),
    ]


def test_pay_and_training_name_staff(testland: Region) -> None:
    assert testland.staff is not None
    sector, profession = testland.staff.sectors[0].id, testland.staff.professions[0].id
    when = "from = 2024-01-01\n"
    pay = measure(f'kind = "pay"\nsector = "{sector}"\npercent = 2.5\n{when}', id="pay")
    training = measure(
        f'kind = "training"\nprofession = "{profession}"\ntraining_places = 40\n{when}', id="t"
    )
    posts = measure(f'recurrent = true\nsector = "{sector}"\namount = 500\n{when}', id="posts")
    one, other, third = read(testland, pay, training, posts).measures
    assert (third.kind, third.programme, third.sector, third.amount_cents_per_year) == (
        "money",
        "",
        sector,
        50_000,
    )
    assert (one.kind, one.sector, one.profession, one.percent) == ("pay", sector, "", 2.5)
    assert (other.kind, other.sector, other.profession, other.training_places) == (
        "training",
        "",
        profession,
        40,
    )


def test_the_cost_of_the_whole_is_shared_over_its_steps_and_that_of_one_is_not(testland: Region) -> None:
    steps = "steps = [{ from = 2024-01-01, places = 30 }, { from = 2025-01-01, places = 10 }]\n"
    lines = f'kind = "places"\nprogramme = "respite-place"\n{steps}'
    of_all = measure(lines + "cost = { amount = 400, low = 200, high = 800 }\n", id="all")
    of_one = measure(lines + "cost = { amount = 400, low = 200, high = 800, each = true }\n", id="one")
    costs = {
        one.id: [(part.cost.low, part.cost.amount, part.cost.high) for part in one.dated() if part.cost]
        for one in read(testland, of_all, of_one).measures
    }
    assert costs == {"all": [(150, 300, 600), (50, 100, 200)], "one": [(200, 400, 800), (200, 400, 800)]}


def test_a_plan_says_what_was_announced_and_what_it_pays(testland: Region) -> None:
    outer = f'[[envelope]]\nid = "plan"\n{NAME}amount = 500\nrecurrent = true\ndecided = 2020-01-01\n{SOURCE}'
    inner = (
        f'[[envelope]]\nid = "part"\n{NAME}unknown = true\nrecurrent = false\ndecided = 2020-01-01\n'
        f'within = "plan"\n{SOURCE}'
    )
    plan = read(testland, outer, inner, money('from = 2024-01-01\namount = 10\nenvelope = "part"\n'))
    assert [(one.id, one.amount_cents, one.recurrent, one.within) for one in plan.envelopes] == [
        ("plan", 50_000, True, ""),
        ("part", None, False, "plan"),
    ]
    assert plan.measures[0].envelope == "part"


def test_a_plan_may_be_paid_from_the_money_of_the_region(testland: Region) -> None:
    own = (
        f'[[envelope]]\nid = "own"\n{NAME}amount = 5\nrecurrent = false\ndecided = 2023-06-01\n'
        f'within = "once"\n{SOURCE}'
    )
    plan = read(testland, own, money('from = 2024-01-01\namount = 10\nenvelope = "promise-pay"\n'))
    assert [
        (one.id, one.amount_cents, one.decided, one.within) for one in plan_envelopes(testland, plan)
    ] == [
        ("own", 500, date(2023, 6, 1), "once"),
        ("promise", 48_000_050, date(2023, 3, 1), ""),
        ("promise-pay", 30_000_000, date(2023, 3, 1), "promise"),
        ("once", None, date(2023, 1, 10), ""),
    ]
    again, faults = read_plan_text(testland, plan_to_toml(plan))
    assert (again, faults) == (plan, ())


def test_on_a_day_only_what_was_decided_by_then_is_in_any_plan(testland: Region) -> None:
    decided = money("from = 2024-01-01\ndecided = 2020-06-01\namount = 10\n", id="decided")
    steps = "steps = [{ from = 2020-01-01, amount = 1 }, { from = 2022-01-01, amount = 2 }]\n"
    region = replace(testland, plans={"tried": read(testland, decided, money(steps, id="steps"))})
    known = {
        day: [one.id for one in measures(known_on(region, day), "tried")] for day in days(2019, 2020, 2022)
    }
    assert known == {
        date(2019, 12, 31): [],
        date(2020, 12, 31): ["decided", "steps-2020-01-01"],
        date(2022, 12, 31): ["decided", "steps-2020-01-01", "steps-2022-01-01"],
    }
    assert {day: [one.id for one in measures(region, "tried", day)] for day in known} == known


def days(*years: int) -> list[date]:
    return [date(year, 12, 31) for year in years]


def test_a_circle_of_plans_is_refused_when_it_is_played(testland: Region) -> None:
    one = Plan("one", testland.name, testland.name, "other", ())
    other = Plan("other", testland.name, testland.name, "one", ())
    with pytest.raises(Fault) as fault:
        measures(replace(testland, plans={"one": one, "other": other}), "one")
    assert str(fault.value) == "The plan one builds on itself."


EVERY_KIND = [
    money("from = 2024-01-01\namount = 10.55\n", origin=SOURCE + WHY),
    money('from = 2024-01-01\namount = 100\nspread = "quarters"\nto = "urgent"\n', id="q"),
    measure('programme = "day-money"\nrecurrent = false\nfrom = 2024-01-01\nunknown = true\n', id="once"),
    measure(
        'kind = "places"\nprogramme = "respite-place"\ndecided = 2023-01-01\non_top_of = "as-is"\nuntil = 2027-01-01\n'
        "steps = [{ from = 2024-01-01, places = 30, low = 20, high = 40 }, { from = 2025-01-01, unknown = true }]\n"
        'cost = { amount = 1_000, low = 500, high = 2_000, each = true, source = { title = "“Other”" } }\n',
        origin=WHY,
        id="places",
    ),
    measure('kind = "pay"\npercent = -1.5\nfrom = 2024-01-01\n', id="pay"),
    measure(
        'kind = "rule"\nprogramme = "day-money"\nsection = "condition"\nitem = "complete"\nfrom = 2024-01-01\n'
        'change = { reason = { nl = "Zo.", en = "So." } }\n',
        id="rule",
    ),
]


def test_a_plan_that_is_written_and_read_again_is_the_same_plan(testland: Region) -> None:
    plan = read(testland, *EVERY_KIND)
    again, faults = read_plan_text(testland, plan_to_toml(plan))
    assert faults == ()
    assert again == plan


def test_every_plan_of_testland_is_the_same_when_written_and_read_again(testland: Region) -> None:
    again = {id: read_plan_text(testland, plan_to_toml(plan))[0] for id, plan in testland.plans.items()}
    assert again == testland.plans
