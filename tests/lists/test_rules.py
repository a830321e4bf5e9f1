"""A home's own rules over a list: who may come, who goes first, and why; no database."""

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from veerkracht import region
from veerkracht.rulebook import home_lists
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.home_rules import COLUMNS, HomeRules, faults
from veerkracht.rulebook.types import Condition, Order, Text

ON = date(2024, 1, 15)
EXAMPLES = ("example-by-date", "example-heavy-care", "example-points")
HOME = {
    "home_area": "h",
    "home_zone": "z",
    "home_province": "p",
    "home_residents": 100,
    "home_heavy_share": 0.5,
}
WAITS = {
    "birth_date": date(1940, 1, 1),
    "area": "elsewhere",
    "category": "b",
    "category_valid": True,
    "heavy": True,
    "ready": True,
    "list_date": date(2023, 1, 1),
    "preference": 1,
    "couple": False,
}


def rules(id: str = "example-points") -> HomeRules:
    return region.current().homes[id]


def table(own: HomeRules, *rows: dict[str, object]) -> pl.DataFrame:
    """A list: each row says what is special about it."""
    types = {name: kind for name, kind in own.columns().items() if name not in ("on", "age")}
    filled = [
        {"id": id, "request": id, "bundle": id, "bundle_size": 1, **WAITS, **HOME, **row}
        for id, row in enumerate(rows, 1)
    ]
    return pl.DataFrame([{name: row.get(name) for name in types} for row in filled], schema=types)


def order(own: HomeRules, *rows: dict[str, object], ward: str = "") -> list[int]:
    judged = home_lists.judged(table(own, *rows), own, ON, ward)
    return home_lists.ranked(judged, own, ON)["id"].to_list()


def why(own: HomeRules, *rows: dict[str, object], ward: str = "") -> list[tuple[str, str, object]]:
    """The reasons of the last row."""
    judged = home_lists.judged(table(own, *rows), own, ON, ward)
    found = home_lists.reasons(judged.row(len(rows) - 1, named=True), own, ON, ward)
    return [(one.kind, one.id, one.points if one.kind == "points" else one.met) for one in found]


def test_points_decide_and_the_date_breaks_ties():
    own = rules()
    rows = (
        {"list_date": date(2022, 1, 1), "category": "o"},
        {"area": "h"},
        {"category": "cd", "list_date": date(2023, 6, 1)},
        {"category": "c", "list_date": date(2023, 5, 1)},
        {"family_here": True, "urgency": 3},
    )
    assert order(own, *rows) == [5, 2, 4, 3, 1]
    assert why(own, *rows)[-4:] == [
        ("points", "ties", 2), ("points", "urgency", 3), ("points", "need", 3), ("order", "order", None)
    ]  # fmt: skip


def test_whoever_has_a_priority_goes_before_all_points():
    assert order(
        rules(), {"area": "h", "urgency": 3}, {"own_assisted": True}, {"partner_resident": True}
    ) == [3, 2, 1]


def test_a_home_stops_giving_priority_to_heavy_care_above_its_share():
    own = rules("example-heavy-care")
    light = {"category": "a", "heavy": False, "list_date": date(2022, 1, 1)}
    assert order(own, light, {}) == [2, 1]
    full = {"home_heavy_share": 0.8}
    assert order(own, {**light, **full}, full) == [1, 2]
    unknown = {"home_heavy_share": None}
    assert order(own, {**light, **unknown}, unknown) == [1, 2]
    assert [one for one in why(own, full) if one[0] in ("priority", "paused")] == [
        ("paused", "heavy-care", False)
    ]
    assert [one for one in why(own, {}) if one[0] in ("priority", "paused")] == [
        ("priority", "heavy-care", True)
    ]


def test_a_condition_that_is_not_met_or_not_known_keeps_out_and_says_which():
    own = rules()
    young, unmeasured = {"birth_date": date(1960, 1, 1)}, {"category": None}
    assert order(own, young, unmeasured, {"ready": False}, {}) == [4]
    assert why(own, young)[0] == ("condition", "of-age", False)
    assert why(own, {"ready": None})[1] == ("condition", "ready", None)


def test_a_ward_has_a_list_of_its_own():
    own = rules()
    rows = ({"category": "b", "area": "h"}, {"category": "d"})
    assert order(own, *rows) == [1, 2]
    assert order(own, *rows, ward="dementia") == [2]
    assert ("ward", "dementia", False) in why(own, {"category": "b"}, ward="dementia")
    with pytest.raises(DateFault, match="No ward “attic” of example-points holds"):
        order(own, *rows, ward="attic")


def test_a_couple_comes_together_or_not_at_all():
    own = rules()
    couple = {"bundle": 7, "bundle_size": 2, "couple": True}
    judged = home_lists.judged(
        table(own, {"area": "h"}, {**couple, "category": "o"}, {**couple, "urgency": 3}, {}), own, ON
    )
    found = home_lists.ranked(judged, own, ON)
    assert found.select("id", "rank").rows() == [(1, 1), (2, 2), (3, 2), (4, 3)]
    alone = order(own, {**couple, "category": "o"}, {})
    assert alone == [2]
    assert why(own, couple)[3:4] == [("together", "whole", False)]
    young = {**couple, "birth_date": date(1990, 1, 1)}
    assert order(own, couple, young) == []


@st.composite
def lists(draw: st.DrawFn) -> list[dict[str, object]]:
    size = draw(st.integers(1, 12))
    return [
        {
            "category": draw(st.sampled_from(["o", "a", "b", "c", "cd", "d", None])),
            "area": draw(st.sampled_from(["h", "elsewhere"])),
            "list_date": draw(st.sampled_from([date(2022, 1, 1), date(2023, 1, 1)])),
            "urgency": draw(st.sampled_from([0, 2, 3, None])),
            "own_assisted": draw(st.booleans()),
            "bundle": draw(st.integers(1, 4)) + 100,
        }
        for _ in range(size)
    ]


@settings(max_examples=40)
@given(lists(), st.sampled_from(EXAMPLES), st.randoms(use_true_random=False))
def test_the_order_is_total_and_stable(rows, home, random):
    """Whatever the sequence of the rows: the same order, each rank once, bundles whole, and who leaves moves nobody."""
    own = rules(home)
    sizes = {row["bundle"]: sum(other["bundle"] == row["bundle"] for other in rows) for row in rows}
    listed = table(own, *({**row, "bundle_size": sizes[row["bundle"]]} for row in rows))

    def ranked(of: pl.DataFrame) -> list[tuple[int, int]]:
        found = home_lists.ranked(home_lists.judged(of, own, ON), own, ON)
        return found.select("id", "rank").rows()

    found = ranked(listed)
    shuffled = list(range(listed.height))
    random.shuffle(shuffled)
    assert ranked(listed[shuffled]) == found
    bundles = dict(listed.select("id", "bundle").iter_rows())
    of_rank: dict[int, set[int]] = {}
    for id, rank in found:
        of_rank.setdefault(rank, set()).add(bundles[id])
    assert [len(one) for one in of_rank.values()] == [1] * len(of_rank)
    assert sorted(of_rank) == list(range(1, len(of_rank) + 1))
    if found:
        first = {id for id, rank in found if rank == 1}
        rest = ranked(listed.filter(~pl.col("id").is_in(first)))
        assert rest == [(id, rank - 1) for id, rank in found if rank > 1]


def test_every_example_of_the_region_is_marked_as_made_up_and_has_no_fault():
    assert tuple(region.current().homes) == EXAMPLES
    for own in region.current().homes.values():
        assert (own.fictitious, bool(own.note), faults(own)) == (True, True, [])


def condition(**facts: object) -> Condition:
    told = {
        "id": "x",
        "rule": "ready",
        "reason": Text("a", "a"),
        "unmet": Text("b", "b"),
        "from_": date(2020, 1, 1),
    }
    return Condition(**{**told, **facts})


@pytest.mark.parametrize(
    ("changed", "path", "expected"),
    [
        ({"conditions": (condition(rule="katzz = 'b'"),)}, ("condition", 0, "rule"), "one of: "),
        ({"conditions": (condition(rule="1"),)}, ("condition", 0, "rule"), "a rule that gives true or false"),
        (
            {"conditions": (condition(), condition())},
            ("condition", 1, "id"),
            "an end of the one from 2020-01-01",
        ),
        (
            {"conditions": (condition(until=date(2020, 1, 1)),)},
            ("condition", 0, "until"),
            "a date after 2020-01-01",
        ),
        ({"orders": ()}, ("order",), "[[order]]"),
        ({"orders": (Order(by=("list_date",), from_=ON),)}, ("order", 0, "by"), "“id” as the last"),
        ({"orders": (Order(by=("area", "id"), from_=ON),)}, ("order", 0, "by"), "a date, a number"),
        (
            {"orders": (Order(by=("luck", "id"), from_=ON),)},
            ("order", 0, "by"),
            "one of: priority, points, id",
        ),
    ],
)
def test_what_is_wrong_with_rules_is_said(changed, path, expected):
    (found,) = faults(replace(rules(), **changed))
    assert found.path == path
    assert found.expected.startswith(expected)


def test_a_priority_that_can_stop_says_when_and_tells_it():
    own = rules("example-heavy-care")
    heavy = next(one for one in own.priorities if one.while_)
    (silent,) = faults(replace(own, priorities=(replace(heavy, paused=Text()),)))
    assert (silent.path, silent.found) == (("priority", 0, "paused"), "one")
    (of_entry,) = faults(replace(own, priorities=(replace(heavy, while_="age > 3"),)))
    assert (of_entry.path, of_entry.found) == (("priority", 0, "while"), "age")


def test_every_column_that_a_rule_may_name_has_a_meaning():
    assert [name for name, (_, meaning) in COLUMNS.items() if not (meaning.nl and meaning.en)] == []
