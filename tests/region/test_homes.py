"""Homes' own rules and what their lists share: read whole, and each fault told with its file, line and field."""

import pytest

from tests.region.conftest import Spoil
from veerkracht import region
from veerkracht.region import Region, check, load

NO_COLUMN = "The rule names a column that the programme does not declare."
NOT_POSSIBLE = "This number is not possible here."
TWICE = '[[leave_reason]]\nid = "over"\nname = { nl = "a", en = "a" }\nchosen = true\n[[leave_reason]]'
SOURCE = 'source = { title = "Het zingende huis" }'
LISTS, RULES = "homes/lists.toml", "homes/rules/singing.toml"


def test_testland_has_its_own(testland: Region) -> None:
    lists, singing = testland.lists, testland.homes["singing"]
    assert lists is not None
    assert (lists.programme, lists.instrument, lists.after_admission) == ("home-place", "strength", "end")
    assert {name: str(kind) for name, kind in lists.fact_types().items()} == {
        "choir": "Boolean",
        "moved_on": "Date",
    }
    assert lists.vacated.known == (0.1, 0.2, 0.3)
    assert (singing.fictitious, singing.facts) == (False, lists.fact_types())
    assert [one.while_ for one in singing.priorities] == ["home_residents < 40"]


def test_the_region_in_use_gives_every_rule_a_source_or_an_assumption() -> None:
    for rules in region.current().homes.values():
        for one in (*rules.conditions, *rules.wards, *rules.priorities, *rules.points, *rules.orders):
            assert one.source or one.assumption


def test_a_region_may_keep_no_lists(folder) -> None:
    (folder / LISTS).unlink()
    (folder / RULES).unlink()
    assert (load(folder).lists, load(folder).homes) == (None, {})


@pytest.mark.parametrize(
    ("file", "old", "new", "field", "message"),
    [
        (LISTS, 'programme = "home-place"', 'programme = "home"', "programme", "There is no such programme."),
        (LISTS, '"strength"', '"luck"', "instrument", "There is no such instrument."),
        (LISTS, "ask_again_months = 3", "ask_again_months = 0", "ask_again_months", NOT_POSSIBLE),
        (LISTS, '"end"', '"forget"', "after_admission", "This is not one of the possible words."),
        (LISTS, "[facts.choir]", "[facts.age]", "facts.age", "A list has a column of this name already."),
        (LISTS, "[facts.choir]", "[facts.Choir]", "facts.Choir", "A rule can't name this."),
        (LISTS, 'no_answer = "silent"', 'no_answer = "over"', "reasons.no_answer", "There is no such reason."),
        (LISTS, 'not_wanted = "over"', 'not_wanted = "silent"', "reasons.not_wanted", "There is no such reason."),
        (LISTS, "chosen = true", "chosen = false", "leave_reason", "Nobody could leave a list."),
        (LISTS, "high = 0.3", "high = 1.3", "vacated.value", NOT_POSSIBLE),
        (LISTS, "[[leave_reason]]", TWICE, "leave_reason[over].id", "This id is used twice."),
        (RULES, '"age >= 50"', '"agee >= 50"', "condition[grown].rule", NO_COLUMN),
        (RULES, '"age >= 50"', '"age"', "condition[grown].rule", "The rule gives the wrong type."),
        (RULES, '"moved_on", "list_date", "id"]', '"moved_on"]', "order[1].by", "The order leaves two entries equal."),
        (RULES, 'while = "home_residents < 40"', 'while = "age < 40"', "priority[singers].while", NO_COLUMN),
        (RULES, SOURCE + "\n\n[[ward]]", "\n[[ward]]", "condition[grown].source", "This has no source."),
        (RULES, 'en = "You are 50."', 'en = ""', "condition[grown].reason.en", "The text is missing in a language."),
    ],
)  # fmt: skip
def test_one_change_is_one_fault(
    spoil: Spoil, file: str, old: str, new: str, field: str, message: str
) -> None:
    found = [one for one in check(spoil(file, old, new)) if one.file == file]
    assert [(one.field, one.message) for one in found] == [(field, message)]
    assert found[0].line > 0
