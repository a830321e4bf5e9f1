"""How a region offers places: read whole, and each fault told with its line and field."""

from datetime import date
from pathlib import Path

import pytest

from veerkracht import region
from veerkracht.region.faults import RegionFault
from veerkracht.region.loading import check, load
from veerkracht.region.offers import NO_ANSWER, OF_REGISTER

DAY = date(2024, 1, 15)
FILE = "offers/home-place.toml"


def of_offers(folder: Path) -> list[RegionFault]:
    return [fault for fault in check(folder) if fault.file.startswith("offers/")]


def test_testland_has_its_own(testland):
    rules = testland.offers["home-place"]
    numbers = ("term-days", "longest-term-days", "turnover-days", "arrival-days")
    assert [rules.number(id, DAY) for id in numbers] == [5, 6, 2, 10]
    assert [(one.id, one.effect, one.days) for one in rules.declines_on(DAY)] == [
        ("later", "parked", 10),
        ("dislike", "lower", 0),
    ]
    assert [one.id for one in rules.passings_on(DAY)] == ["storm"]
    assert [rules.passing("storm", date(year, 1, 1)) for year in (2019, 2030)] == [None, None]


def test_the_region_in_use_says_what_each_answer_does_and_gives_each_number_a_source_or_a_range():
    rules = region.current().offers["residential-care"]
    assert {one.effect for one in rules.declines_on(DAY)} == {"none", "lower", "parked", "off"}
    assert rules.decline(NO_ANSWER, DAY).effect == "parked"
    assert {rules.passing(id, DAY).by for id in OF_REGISTER} == {"register"}
    for parameter in rules.parameters:
        assumed = parameter.assumption
        assert parameter.source or assumed.low <= parameter.value <= assumed.high


def test_a_region_may_offer_no_places(folder):
    (folder / FILE).unlink()
    assert load(folder).offers == {}


@pytest.mark.parametrize(
    ("old", "new", "line", "field"),
    [
        ('programme = "home-place"', 'programme = "moon-place"', 2, "programme"),
        ("value = 5", "value = 7", 4, "parameter"),
        ("value = 5", "value = 0", 6, "parameter[term-days].value"),
        ('effect = "lower"', 'effect = "punished"', 49, "decline[dislike].effect"),
        ("days = 10\n", "", 36, "decline[later].days"),
        ('effect = "lower"', 'effect = "lower"\ndays = 3', 50, "decline[dislike].days"),
        ('id = "no-answer"', 'id = "no-word"', 36, "decline"),
        ('by = "register"\nname = { nl = "Geen plaats samen"', 'name = { nl = "Geen plaats samen"', 61, "passing_over"),
        ('id = "storm"', 'id = "storm"\nby = "machine"', 63, "passing_over[storm].by"),
        ("until = 2030-01-01", "until = 2019-01-01", 66, "passing_over[storm].until"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line_and_field(spoil, old, new, line, field):
    assert [(one.line, one.field) for one in of_offers(spoil(FILE, old, new))] == [(line, field)]


def test_a_programme_has_one_such_file(folder):
    (folder / "offers" / "other.toml").write_text((folder / FILE).read_text())
    assert [(one.file, one.field) for one in of_offers(folder)] == [("offers/other.toml", "programme")]
