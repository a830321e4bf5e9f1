"""A file on pay with faults in it: each is told with its line, what was found and what was expected."""

from pathlib import Path

import pytest

from tests.pay.conftest import TESTLAND
from veerkracht.region.pay import Pay, read_pay
from veerkracht.region.reader import Faults, Reader
from veerkracht.region.staff import read_staff
from veerkracht.region.toml_lines import parse

SOUND = (TESTLAND / "pay.toml").read_text(encoding="utf-8")
STAFF = (TESTLAND / "staff.toml").read_text(encoding="utf-8")
SOURCE = 'source = { title = "Invented for the tests" }'


def read(text: str) -> tuple[Pay | None, Faults]:
    faults = Faults()
    document = parse(STAFF)
    workforce = read_staff(Reader("staff.toml", document, faults, document.data))
    document = parse(text)
    return read_pay(Reader("pay.toml", document, faults, document.data), workforce), faults


def test_what_a_file_says_is_there() -> None:
    pay, faults = read(SOUND)
    assert faults.all == []
    assert pay is not None
    assert [group.count for group in pay.groups.values()] == ["number", "rest", "sectors", "number"]
    assert [rise.id for rise in pay.rises_of("pact")] == ["pact-carers", "pact-rest"]
    assert pay.agreements["pact"].cents == 1_500_000_00
    assert (pay.rises[0].low, pay.rises[0].high) == (5.0, 5.0)
    # What nobody gives stays unknown.
    assert "fte.volunteers" not in {parameter.id for parameter in pay.parameters}


BAD = [
    # what stands there, what is written instead; field, found, expected
    ("percent = 5\nfrom = 2023-01-01", "percent = 5", "rise[pact-carers].from", "nothing", "a date such as"),
    ("percent = 5\n", "percent = 80\n", "rise[pact-carers].percent", "80", "above 0, at most 50"),
    ("percent = 5\n", "percent = -5\n", "rise[pact-carers].percent", "-5", "above 0, at most 50"),
    ("percent = 5\n", "percent = 5\nlow = 6\n", "rise[pact-carers].low", "6 to 5", "low and high around 5"),
    (
        "from = 2023-01-01\n",
        "from = 2023-01-01\nuntil = 2022-01-01\n",
        "rise[pact-carers].until",
        "2022-01-01",
        "a date after 2023-01-01",
    ),
    ('group = "carers"', 'group = "carrers"', "rise[pact-carers].group", "carrers", "“carers”, or one of:"),
    (
        'agreement = "pact"\ngroup = "carers"',
        'agreement = "truce"\ngroup = "carers"',
        "rise[pact-carers].agreement",
        "truce",
        "one of: pact",
    ),
    ('id = "pact-rest"', 'id = "pact-carers"', "rise[pact-carers].id", "pact-carers", "another id"),
    (
        'sectors = ["homes"]',
        'sectors = ["hotels"]',
        "group[carers].sectors[1]",
        "hotels",
        "“homes”, or one of: homes, clinics",
    ),
    ('count = "sectors"', 'count = "rest"', "group[clinics].count", "rest", "a number"),
    (
        'count = "rest"',
        'count = "sectors"',
        "group[remainder].count",
        "sectors",
        "sectors of staff, or a number",
    ),
    (
        'id = "fte.carers"',
        'id = "fte.remainder"',
        "group[remainder].count",
        "rest",
        "“number”, or no fte.remainder",
    ),
    ('id = "fte.total"', 'id = "fte.volunteers"', "parameter", "nothing", "a parameter “fte.total”"),
    (
        'id = "pay.carers"',
        'id = "pay.pilots"',
        "parameter[pay.pilots].id",
        "pay.pilots",
        "one of: fte.total, contributions",
    ),
    ("value = 0.25", "value = 2.5", "parameter[contributions].value", "2.5", "0 to 1"),
    ("amount = 1_500_000", "amount = 1.5", "agreement[pact].amount", "1.5", "a whole number of at least 0"),
    ("percent = 10\n", "percent = 21\n", "index[1].percent", "21", "above 0, at most 20"),
    (
        'groups = ["carers"]',
        'groups = ["cooks"]',
        "scale[steps].groups[1]",
        "cooks",
        "one of: carers, remainder",
    ),
    (
        'sets = ["exit-by-pay"]',
        'sets = ["exit-by-luck"]',
        "evidence[a-study].sets[1]",
        "exit-by-luck",
        "“exit-by-load”, or one of:",
    ),
    ("[prices]\non = 2022-12-31", "[prices]", "prices.on", "nothing", "a date such as"),
    ("gross = true", 'gross = "yes"', "group[carers].gross", "the text “yes”", "true or false"),
    ("gross = true", "netto = true", "group[carers].netto", "netto", "one of:"),
]


@pytest.mark.parametrize(
    ("stands", "instead", "field", "found", "expected"), BAD, ids=[row[2] for row in BAD]
)
def test_each_fault_is_told_where_it_is(
    stands: str, instead: str, field: str, found: str, expected: str
) -> None:
    text = SOUND.replace(stands, instead, 1)
    pay, faults = read(text)
    assert pay is None
    assert [(one.file, one.field, one.found) for one in faults.all] == [("pay.toml", field, found)]
    (fault,) = faults.all
    assert fault.expected.startswith(expected)
    assert fault.line > 0 or field == "parameter"


def test_a_rise_without_source_must_say_how_sure_it_is() -> None:
    where = SOUND.index('id = "pact-carers"')
    assumed = 'assumption = { why = { nl = "Zo.", en = "So." } }'
    text = SOUND[:where] + SOUND[where:].replace(SOURCE, assumed, 1)
    _, faults = read(text)
    assert [one.field for one in faults.all] == ["rise[pact-carers].low", "rise[pact-carers].high"]


def test_two_index_steps_out_of_order() -> None:
    step = f"\n[[index]]\nfrom = 2023-01-01\npercent = 2\n{SOURCE}\n"
    _, faults = read(SOUND + step)
    assert [(one.field, one.expected) for one in faults.all] == [("index[2].from", "a date after 2023-07-01")]


def test_the_reference_region_says_what_is_unknown_and_links_its_money() -> None:
    from veerkracht import region

    here = region.load(Path(__file__).parents[2] / "regions" / "flanders")
    assert here.pay is not None
    assert here.money is not None
    linked = {measure for rise in here.pay.rises for measure in rise.measures}
    assert linked <= set(here.money.measures)
    assert {here.money.measures[id].kind for id in linked} == {"pay"}
    assert all(scale.unknown.nl for scale in here.pay.scales)
