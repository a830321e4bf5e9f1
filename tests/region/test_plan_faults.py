"""Bad plans: each fault names the line, the field, what was found, what was expected, and what to change."""

import pytest

from tests.region.test_plan_files import HEAD, NAME, SOURCE, WHY, measure, money
from veerkracht.region import Region
from veerkracht.region.one_plan import read_plan_text

WHEN = "from = 2024-01-01\n"
PLACES = 'kind = "places"\nprogramme = "respite-place"\n'
RANGED = WHY.replace("} }", "}, low = 1, high = 1 }")
RULE = 'kind = "rule"\nprogramme = "day-money"\n' + WHEN
ENVELOPE = f'[[envelope]]\nid = "e"\n{NAME}amount = 5\nrecurrent = true\ndecided = 2020-01-01\n'


def faults(region: Region, *blocks: str) -> list[str]:
    """The faults of a plan, without the name of its file."""
    found = read_plan_text(region, HEAD + "".join(blocks))[1]
    return [str(fault).removeprefix("plan.toml:") for fault in found]


FAULTS = {
    "a measure of an unknown kind": (
        money('kind = "moneys"\namount = 1\n' + WHEN),
        "8: measure[m].kind: This is not one of the possible words. Found moneys; expected “money”, or one of: "
        "money, places, cases, pay, training, rule.",
    ),
    "an unknown key": (
        money("amount = 1\nyearly = true\n" + WHEN),
        "9: measure[m].yearly: This key is not known here. Found yearly; expected “yearly_until”.",
    ),
    "a programme that does not exist": (
        measure('programme = "day-monye"\nrecurrent = true\namount = 1\n' + WHEN),
        "6: measure[m].programme: There is no such programme. Found day-monye; expected “day-money”, or one of: "
        "day-money, family-team, home-place, respite-place.",
    ),
    "a date before the data": (
        money("amount = 1\nfrom = 2019-01-01\n"),
        "9: measure[m].from: This date is before the data. Found 2019-01-01; expected 2020-01-01 or later: day-money "
        "begins on 2020-01-01.",
    ),
    "a step before the data": (
        money("steps = [{ from = 2019-01-01, amount = 1 }]\n"),
        "8: measure[m].steps: This date is before the data. Found 2019-01-01; expected 2020-01-01 or later: day-money "
        "begins on 2020-01-01.",
    ),
    "money that is neither recurrent nor one-off": (
        measure('programme = "day-money"\namount = 1\n' + WHEN),
        "3: measure[m].recurrent: Money is recurrent or one-off. Found nothing; expected recurrent = true (comes back "
        "every year) or recurrent = false (given once).",
    ),
    "a share over 100 %": (
        measure(PLACES + WHEN + 'places = 10\nshares = { "north" = 0.8, "south" = 0.3 }\n'),
        "10: measure[m].shares: These shares are over 100 %. Found 1.1 together; expected shares of at most 1 "
        "together.",
    ),
    "pay that more than doubles": (
        measure('kind = "pay"\npercent = 150\n' + WHEN),
        "7: measure[m].percent: This share is over 100 %. Found 150 %; expected percent, from -100 to 100.",
    ),
    "negative places": (
        measure(PLACES + WHEN + "places = -5\n"),
        "9: measure[m].places: This number is not possible here. Found -5; expected a number of at least 0.",
    ),
    "negative places in a step": (
        measure(PLACES + "steps = [\n  { from = 2024-01-01, places = 5 },\n  { from = 2025-01-01, places = -5 },\n]\n"),
        "10: measure[m].steps[2].places: This number is not possible here. Found -5; expected a number of at least 0.",
    ),
    "a measure on top of itself": (
        money('on_top_of = "m"\namount = 1\n' + WHEN),
        "8: measure[m].on_top_of: This measure comes on top of itself. Found m; expected a plan or measure that does "
        "not lead back here.",
    ),
    "a measure on top of nothing": (
        money('on_top_of = "as-iss"\namount = 1\n' + WHEN),
        "8: measure[m].on_top_of: There is no such plan or measure. Found as-iss; expected “as-is”, or one of: as-is, "
        "more.",
    ),
    "an envelope within itself": (
        ENVELOPE + 'within = "e"\n' + SOURCE,
        "9: envelope[e].within: This envelope is a part of itself. Found e; expected an envelope that does not lead "
        "back here.",
    ),
    "an envelope within nothing": (
        ENVELOPE + 'within = "f"\n' + SOURCE,
        "9: envelope[e].within: There is no such envelope. Found f; expected one of: once, planned, promise, "
        "promise-pay.",
    ),
    "an envelope twice": (
        ENVELOPE + SOURCE + ENVELOPE + SOURCE,
        "11: envelope[e].id: This envelope is there twice, here or in the plan this builds on. Found e; expected "
        "another id.",
    ),
    "money out of no envelope": (
        ENVELOPE + SOURCE + money('envelope = "f"\namount = 1\n' + WHEN),
        "15: measure[m].envelope: There is no such envelope. Found f; expected one of: e, once, planned, promise, "
        "promise-pay.",
    ),
    "an envelope that the region has": (
        ENVELOPE.replace('"e"', '"promise"') + SOURCE,
        "4: envelope[promise].id: The money of the region has an envelope of this id. Found promise; expected another "
        "id, or only a measure with this envelope.",
    ),
    "an area that does not exist": (
        measure(PLACES + WHEN + 'places = 10\narea = "norht"\n'),
        "10: measure[m].area: There is no such area. Found norht; expected the code of a municipality, a zone, a "
        "region or a province of areas.csv.",
    ),
    "shares of an area that does not exist": (
        measure(PLACES + WHEN + 'places = 10\nshares = { "norht" = 0.8 }\n'),
        "10: measure[m].shares.norht: There is no such area. Found norht; expected the code of a municipality, a "
        "zone, a region or a province of areas.csv.",
    ),
    "places for a programme that gives money": (
        measure('kind = "places"\nprogramme = "day-money"\nplaces = 1\n' + WHEN),
        "6: measure[m].kind: The programme does not give this. Found places for day-money; expected “money”.",
    ),
    "pay of a sector that does not exist": (
        measure('kind = "pay"\nsector = "home"\npercent = 1\n' + WHEN),
        "7: measure[m].sector: There is no such sector. Found home; expected “homes”, or one of: homes, clinics.",
    ),
    "money for staff that rounds would hand out too": (
        money('amount = 1\nsector = "homes"\n' + WHEN),
        "9: measure[m].sector: This money would be spent twice: handed out in rounds, and on staff. Found homes; "
        "expected a sector or a programme, not both.",
    ),
    "training of a profession that does not exist": (
        measure('kind = "training"\nprofession = "baker"\ntraining_places = 1\n' + WHEN),
        "7: measure[m].profession: There is no such profession. Found baker; expected “carer”, or one of: carer, cook.",
    ),
    "a section that does not exist": (
        measure(RULE + 'section = "splits"\nchange = { strict = true }\n'),
        "9: measure[m].section: No such section can be changed. Found splits; expected “split”, or one of: condition, "
        "group_rule, priority_date_rule, order, point_value, route, partial, split, parameter.",
    ),
    "an item that does not exist": (
        measure(RULE + 'section = "split"\nitem = "envelope"\nchange = { strict = true }\n'),
        "10: measure[m].item: The programme has no such item. Found envelope; expected “envelopes”, or one of: "
        "seventy-thirty, envelopes.",
    ),
    "an item that holds no more": (
        measure(RULE + 'section = "split"\nitem = "seventy-thirty"\nchange = { strict = true }\n'),
        "8: measure[m].from: Nothing of this name holds then. Found 2024-01-01; expected a day on which it holds: "
        "2020-01-01 until 2023-01-01.",
    ),
    "a field that can't be changed": (
        measure(RULE + 'section = "split"\nitem = "envelopes"\nchange = { strikt = true }\n'),
        "11: measure[m].change.strikt: This can't be changed. Found strikt; expected “strict”, or one of: "
        "programme_share, routes_first, method, key, overflow, strict, text.",
    ),
    "a field with the wrong type": (
        measure(RULE + 'section = "split"\nitem = "envelopes"\nchange = { strict = 1 }\n'),
        "11: measure[m].change.strict: This has the wrong type. Found 1; expected true or false.",
    ),
    "shares of a split that are over 100 %": (
        measure(
            RULE.replace("2024", "2021") + 'section = "split"\nitem = "seventy-thirty"\n'
            "change = { key = { urgent = 0.7, other = 0.5 } }\n"
        ),
        "11: measure[m].change: The rules can't be used with this change. Found split[2].key: The split does "
        "not add up. Found 0.7 + 0.5 = 1.2; expected together 1.; expected a change that fits.",
    ),
    "a range with one end": (
        money("steps = [{ from = 2024-01-01, amount = 5, low = 4 }]\n", origin=SOURCE + WHY),
        "8: measure[m].steps[1].high: A range has two ends. Found nothing; expected low and high.",
    ),
    "a range around something else": (
        money("steps = [{ from = 2024-01-01, amount = 5, low = 6, high = 8 }]\n", origin=WHY),
        "8: measure[m].steps[1].low: The range does not hold the value. Found 6 to 8; expected low and high around 5.",
    ),
    "a range without a reason": (
        money("steps = [{ from = 2024-01-01, amount = 5, low = 4, high = 8 }]\n"),
        "8: measure[m].steps[1].low: This range has no reason. Found 4 to 8; expected an assumption in the measure "
        "that says why: assumption = { why = { nl = …, en = … } }.",
    ),
    "no steps": (
        money("steps = []\n"),
        "8: measure[m].steps: There are no steps. Found nothing; expected steps = [{ from = 2024-01-01, … }].",
    ),
    "a repetition that ends before it begins": (
        money("amount = 1\nyearly_until = 2023-01-01\n" + WHEN),
        "9: measure[m].yearly_until: This ends before it begins. Found 2023-01-01; expected a date after 2024-01-01.",
    ),
    "a cost that is a guess without a range": (
        measure(PLACES + WHEN + "places = 1\ncost = { amount = 5 }\n", origin=RANGED),
        "10: measure[m].cost.low: An assumption needs a range. Found nothing; expected low and high: what it could be.",
    ),
    "a cost outside its range": (
        measure(PLACES + WHEN + "places = 1\ncost = { amount = 5, low = 6, high = 7 }\n"),
        "10: measure[m].cost.low: The range does not hold the value. Found 6 to 7; expected low and high around 5.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", FAULTS)
def test_a_bad_plan_says_where_and_what_to_change(testland: Region, what: str) -> None:
    block, expected = FAULTS[what]
    found = faults(testland, block)
    assert found == [expected]


def test_all_faults_of_a_plan_at_once(testland: Region) -> None:
    blocks = [block.replace('"m"', f'"m{number}"') for number, (block, _) in enumerate(FAULTS.values())]
    wrong = {fault.field.split(".")[0] for fault in read_plan_text(testland, HEAD + "".join(blocks))[1]}
    named = {f"measure[m{number}]" for number, block in enumerate(blocks) if "[[measure]]" in block}
    assert named - wrong == set()


def test_what_is_not_toml_says_its_line(testland: Region) -> None:
    assert faults(testland, "from =\n") == ["3: This is not TOML. Found Invalid value; expected valid TOML."]


def test_measures_that_come_on_top_of_each_other(testland: Region) -> None:
    one = money('on_top_of = "two"\namount = 1\n' + WHEN, id="one")
    two = money('on_top_of = "one"\namount = 1\n' + WHEN, id="two")
    assert [fault.split(". ")[0] for fault in faults(testland, one, two)] == [
        "8: measure[one].on_top_of: This measure comes on top of itself",
        "17: measure[two].on_top_of: This measure comes on top of itself",
    ]


def test_a_plan_that_builds_on_itself(testland: Region) -> None:
    assert faults(testland, 'builds_on = "tried"\n') == [
        "3: builds_on: This plan builds on itself. Found tried; expected a plan that does not lead back here."
    ]
