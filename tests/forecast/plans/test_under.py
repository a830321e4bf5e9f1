"""Programmes under a plan: what a rule's change does, from its day on, and in a forecast."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.forecast import worlds
from tests.rulebook import making
from veerkracht import region as regions
from veerkracht.forecast import run
from veerkracht.forecast.experiment import Experiment
from veerkracht.forecast.plans import plan_from_file, plan_named, programme_under
from veerkracht.region import Measure, Region, RegionFaults
from veerkracht.rulebook.errors import Fault, RuleFault
from veerkracht.rulebook.types import Partial, Split

TESTLAND = Path(__file__).parents[2] / "regions" / "testland"
KEY = {"group-1": 0.5, "group-2": 0.3, "group-3": 0.2}


@pytest.fixture(scope="module")
def testland() -> Region:
    return regions.load(TESTLAND)


def rule(section: str, change: dict, from_: date = date(2025, 1, 1), **facts) -> Measure:
    return replace(worlds.money(0, from_), id="rule", kind="rule", section=section, change=change, **facts)


def under(measure: Measure, split: Split | None = None, decided_by: date | None = None):
    of = worlds.programme(splits=(split or by_key(KEY),))
    region = worlds.region(of, worlds.plan("tried", measure))
    return programme_under(region, "tried", of, decided_by)


def by_key(key: dict[str, float], from_: date = worlds.BEGIN, until: date | None = None) -> Split:
    return Split(id="key", key=key, from_=from_, until=until, source=making.LAW)


ONE = {"group-1": 1.0, "group-2": 0.0, "group-3": 0.0}


def versions(programme) -> list[tuple[date, date | None, dict[str, float]]]:
    return [(split.from_, split.until, split.key) for split in programme.splits]


def test_what_is_changed_holds_from_its_day_on() -> None:
    day = date(2025, 1, 1)
    assert versions(under(rule("split", {"key": ONE}))) == [(worlds.BEGIN, day, KEY), (day, None, ONE)]


def test_what_is_changed_for_a_while_is_as_before_after_it() -> None:
    day, end = date(2025, 1, 1), date(2026, 1, 1)
    changed = under(rule("split", {"key": ONE}, until=end))
    assert versions(changed) == [(worlds.BEGIN, day, KEY), (day, end, ONE), (end, None, KEY)]


def test_every_later_version_is_changed_too() -> None:
    day, later = date(2025, 1, 1), date(2027, 1, 1)
    of = worlds.programme(splits=(by_key(KEY, until=later), by_key(ONE, later)))
    region = worlds.region(of, worlds.plan("tried", rule("split", {"strict": False})))
    changed = programme_under(region, "tried", of)
    assert [(one.from_, one.until, one.strict, one.key) for one in changed.splits] == [
        (worlds.BEGIN, day, True, KEY),
        (day, later, False, KEY),
        (later, None, False, ONE),
    ]


def test_a_change_from_before_the_first_version_leaves_nothing_of_it() -> None:
    changed = under(rule("split", {"key": ONE}, from_=worlds.BEGIN))
    assert versions(changed) == [(worlds.BEGIN, None, ONE)]


def test_what_ends_can_be_made_to_last_longer() -> None:
    """The end of a half budget is put off; the versions before and after it fit."""
    half = Partial(
        id="half", group="group-1", share=0.5, from_=worlds.BEGIN, until=date(2025, 1, 1), source=making.LAW
    )
    of = worlds.programme(partials=(half,))
    longer = rule("partial", {"until": date(2030, 1, 1)}, from_=date(2024, 7, 1))
    changed = programme_under(worlds.region(of, worlds.plan("tried", longer)), "tried", of)
    assert [(one.from_, one.until, one.share) for one in changed.partials] == [
        (worlds.BEGIN, date(2024, 7, 1), 0.5),
        (date(2024, 7, 1), date(2030, 1, 1), 0.5),
    ]
    with pytest.raises(RuleFault) as fault:
        under(rule("split", {"until": date(2024, 1, 1)}))
    assert str(fault.value) == (
        "measure rule, change.until: The change can't end then. Found 2024-01-01; expected a date after 2025-01-01, "
        "without quotes."
    )


def test_a_number_of_the_forecast_can_be_changed() -> None:
    number = {"value": 3, "low": 2, "high": 5}
    changed = under(rule("parameter", number, item="arrivals.group-1", from_=worlds.BEGIN))
    found = [one for one in changed.parameters if one.id == "arrivals.group-1"]
    assert [(one.value, one.low, one.high) for one in found] == [(3, 2, 5)]


def test_what_was_not_decided_yet_changes_nothing() -> None:
    measure = rule("split", {"key": ONE}, decided=date(2024, 6, 1))
    assert len(under(measure, decided_by=date(2024, 6, 1)).splits) == 2
    assert len(under(measure, decided_by=date(2024, 5, 31)).splits) == 1


def test_a_plan_that_changes_nothing_gives_the_programme_itself() -> None:
    of = worlds.programme()
    assert programme_under(worlds.region(of), "nothing", of) is of


def test_a_draft_with_faults_is_refused() -> None:
    with pytest.raises(RuleFault) as fault:
        under(rule("split", {"key": {**ONE, "group-2": 0.5}}))
    assert str(fault.value) == (
        "split[2].key: The split does not add up. Found 1 + 0.5 + 0 = 1.5; expected together 1."
    )


def test_a_changed_split_is_played_from_its_day_on() -> None:
    """Before it the money goes by the old key, after it all of it goes to group 3."""
    lists = [worlds.waiting(200, group, first_id=1 + 200 * group) for group in (1, 3)]
    table = lists[0].vstack(lists[1])
    of = worlds.programme(splits=(by_key({"group-1": 1.0, "group-2": 0.0, "group-3": 0.0}),))
    last = rule("split", {"key": {"group-1": 0.0, "group-2": 0.0, "group-3": 1.0}})
    money = [worlds.money(10_000, date(year, 1, 1)) for year in (2024, 2025)]
    region = worlds.region(of, worlds.plan("tried", *money, last))
    made = run(region, of, "tried", worlds.start(table), Experiment(2, 2))
    granted = {
        group: [
            round(float(made.values[f"help.granted.group-{group}"][0, made.records.index(day)]))
            for day in ENDS
        ]
        for group in (1, 3)
    }
    assert granted == {1: [10, 0], 3: [0, 10]}


ENDS = [date(2024, 12, 31), date(2025, 12, 31)]


# -- a plan of one's own -------------------------------------------------------------------------------------

OWN = 'id = "own"\nname = { nl = "Eigen", en = "Own" }\nbuilds_on = "as-is"\n'


def test_a_plan_from_a_file_stands_beside_those_of_the_region(testland: Region, tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_text(OWN)
    with_own, id = plan_from_file(testland, tmp_path / "my.toml")
    assert (id, list(with_own.plans)) == ("own", [*testland.plans, "own"])
    assert plan_named(testland, str(tmp_path / "my.toml")) == (with_own, "own")
    assert plan_named(testland, "more") == (testland, "more")


def test_a_plan_from_a_file_with_faults_is_refused_with_all_of_them(testland: Region, tmp_path: Path) -> None:
    file = tmp_path / "my.toml"
    file.write_text(OWN.replace("as-is", "as-isnt") + "year = 2024\n")
    with pytest.raises(RegionFaults) as fault:
        plan_from_file(testland, file)
    assert str(fault.value).splitlines() == [
        f"The plan {file} has 2 faults:",
        f"{file}:3: builds_on: There is no such plan. Found as-isnt; expected “as-is”, or one of: as-is, more.",
        f"{file}:4: year: This key is not known here. Found year; expected one of: builds_on, envelope, id, measure, "
        "name, summary.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "Can't read the plan {}: No such file or directory. Expected a TOML file with a plan."),
        (b"\xff\xfe", "The plan {} is not UTF-8: expected text in UTF-8."),
    ],
)
def test_a_file_that_can_not_be_read_is_refused(
    testland: Region, tmp_path: Path, text: bytes | None, said: str
) -> None:
    file = tmp_path / "my.toml"
    if text is not None:
        file.write_bytes(text)
    with pytest.raises(Fault) as fault:
        plan_from_file(testland, file)
    assert str(fault.value) == said.format(file)


def test_a_word_that_names_no_plan_is_refused(testland: Region) -> None:
    with pytest.raises(Fault) as fault:
        plan_named(testland, "less")
    assert str(fault.value) == "Testland has no plan “less”; it has: as-is, more."
