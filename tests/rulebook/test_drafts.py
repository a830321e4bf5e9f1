"""A draft of a programme is held to the same checks as a file."""

import dataclasses
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from tests.rulebook.making import BEGIN, HALVES, LAW, ON, programme, request, table, words
from veerkracht.rulebook.conditions import eligible
from veerkracht.rulebook.drafts import drafted
from veerkracht.rulebook.errors import RuleFault
from veerkracht.rulebook.types import (
    Assumption,
    CategoryScheme,
    Column,
    Conversion,
    Group,
    Order,
    Parameter,
    PointValue,
    RoundPlan,
)
from veerkracht.rulebook.validation import faults

ADULT, COMPLETE = programme().conditions
KEY = programme().splits[0]
ORDER = programme().orders[0]
ROUTE = programme().routes[0]
VALUE = programme().point_values[0]


def replace(thing: Any, **changes: Any) -> Any:
    return dataclasses.replace(thing, **changes)


def test_the_programme_of_the_tests_has_no_faults() -> None:
    assert faults(programme()) == []


def test_a_draft_holds_what_was_changed_and_leaves_the_programme_alone() -> None:
    before = programme()
    draft = drafted(before, conditions=(replace(ADULT, rule="age >= 65"),))
    rows = table(request(1))
    assert (eligible(rows, draft, ON).item(), eligible(rows, before, ON).item()) == (False, True)


def test_a_draft_with_faults_names_all_of_them() -> None:
    with pytest.raises(RuleFault) as fault:
        drafted(
            programme(),
            conditions=(replace(ADULT, rule="agee >= 18"),),
            splits=(replace(KEY, key={"group-1": 0.8}),),
        )
    assert str(fault.value) == (
        "condition[1].rule: The rule names a column that the programme does not declare. "
        "Found agee; expected “age”.\n"
        "split[1].key: The split does not add up. Found 0.8 = 0.8; expected together 1."
    )


LATER = date(2022, 1, 1)
SCHEME = CategoryScheme(id="s", requests_from=BEGIN, points={"1": 5.0}, source=LAW)
CONVERSION = Conversion(id="c", requests_until=LATER, to="s", holds_from=LATER, known_from=LATER, source=LAW)


@pytest.mark.parametrize(
    ("changes", "path", "message"),
    [
        ({"kinds": ()}, ("kinds",), "The programme has no kinds of requests."),
        ({"coexist": (frozenset({"first", "rest"}),)}, ("coexist", 0, "kinds"), "There is no such kind."),
        ({"coexist": (frozenset({"first"}),)}, ("coexist", 0, "kinds"), "These are not two kinds."),
        (
            {"columns": (*programme().columns, Column("points", "text", words("p")))},
            ("columns", "points", "type"),
            "This column always has another type.",
        ),
        (
            {"conditions": (replace(ADULT, rule="age >="),)},
            ("condition", 0, "rule"),
            "The rule can't be read.",
        ),
        ({"conditions": (replace(ADULT, rule=" "),)}, ("condition", 0, "rule"), "The rule is empty."),
        (
            {"conditions": (replace(ADULT, rule="age + 1"),)},
            ("condition", 0, "rule"),
            "The rule gives the wrong type.",
        ),
        (
            {"conditions": (replace(ADULT, rule="request_date < 'soon'"),)},
            ("condition", 0, "rule"),
            "The rule can't be run.",
        ),
        (
            {"conditions": (replace(ADULT, rule="age > AVG(age)"),)},
            ("condition", 0, "rule"),
            "The rule does not judge each request by itself.",
        ),
        (
            {"conditions": (replace(ADULT, rule="SUM(age) > 3"),)},
            ("condition", 0, "rule"),
            "The rule does not judge each request by itself.",
        ),
        (
            {"group_rules": (replace(programme().group_rules[0], rule="weight > 3"),)},
            ("group_rule", 0, "rule"),
            "The rule gives the wrong type.",
        ),
        (
            {"priority_date_rules": (replace(programme().priority_date_rules[0], rule="age"),)},
            ("priority_date_rule", 0, "rule"),
            "The rule gives the wrong type.",
        ),
        (
            {"routes": (replace(ROUTE, rule="older"),)},
            ("route", 0, "rule"),
            "The rule names a column that the programme does not declare.",
        ),
        (
            {"partials": (replace(HALVES, rule="age"),)},
            ("partial", 0, "rule"),
            "The rule gives the wrong type.",
        ),
        ({"conditions": (ADULT, ADULT)}, ("condition", 1, "id"), "This id is used twice."),
        ({"routes": (ROUTE, ROUTE)}, ("route", 1, "id"), "This id is used twice."),
        (
            {
                "groups": (
                    Group(1, "group-1", words("a")),
                    Group(1, "group-2", words("b")),
                    Group(3, "group-3", words("c")),
                )
            },
            ("group", 1, "number"),
            "This number is used twice.",
        ),
        (
            {"conditions": (replace(ADULT, until=BEGIN),)},
            ("condition", 0, "until"),
            "This ends before it begins.",
        ),
        ({"orders": ()}, ("order",), "This is missing."),
        ({"splits": ()}, ("split",), "This is missing."),
        ({"point_values": ()}, ("point_value",), "This is missing."),
        (
            {"orders": (replace(ORDER, from_=LATER),)},
            ("order", 0, "from"),
            "Dates are missing: the programme began earlier.",
        ),
        (
            {"splits": (replace(KEY, until=LATER), replace(KEY, id="k2", from_=date(2022, 1, 2)))},
            ("split", 1, "from"),
            "Dates are missing: nothing holds in between.",
        ),
        (
            {"splits": (replace(KEY, id="k2", from_=LATER), replace(KEY, until=date(2022, 1, 2)))},
            ("split", 0, "from"),
            "Dates overlap: two hold on one day.",
        ),
        ({"point_values": (VALUE, VALUE)}, ("point_value", 1, "from"), "Dates overlap: two hold on one day."),
        ({"orders": (replace(ORDER, by=("priority_date",)),)}, ("order", 0, "by"), "The order is not total."),
        (
            {"orders": (replace(ORDER, by=("id", "priority_date")),)},
            ("order", 0, "by"),
            "The order is not total.",
        ),
        ({"orders": (replace(ORDER, by=()),)}, ("order", 0, "by"), "The order is not total."),
        ({"orders": (replace(ORDER, by=("-wait", "id")),)}, ("order", 0, "by"), "There is no such column."),
        ({"orders": (replace(ORDER, by=("area", "id")),)}, ("order", 0, "by"), "The order can't use a text."),
        (
            {"orders": (Order(by=("points", "-points", "id"), from_=BEGIN, source=LAW),)},
            ("order", 0, "by"),
            "The order names a column twice.",
        ),
        (
            {"schemes": (replace(SCHEME, points={}),)},
            ("scheme", 0, "points"),
            "The scheme has no categories.",
        ),
        (
            {"schemes": (replace(SCHEME, points={"1": -1.0}),)},
            ("scheme", 0, "points", "1"),
            "A category needs points.",
        ),
        (
            {"schemes": (SCHEME, replace(SCHEME, id="t", requests_from=LATER))},
            ("scheme", 1, "requests_from"),
            "Dates overlap: a request would have two schemes.",
        ),
        (
            {"schemes": (replace(SCHEME, requests_until=LATER), replace(SCHEME, id="t", requests_from=ON))},
            ("scheme", 1, "requests_from"),
            "Dates are missing: a request would have no scheme.",
        ),
        ({"conversions": (CONVERSION,)}, ("conversion", 0, "to"), "There is no such scheme."),
        (
            {"schemes": (SCHEME,), "conversions": (replace(CONVERSION, categories={"I": "2"}),)},
            ("conversion", 0, "categories", "I"),
            "There is no such category.",
        ),
        (
            {"schemes": (SCHEME,), "conversions": (replace(CONVERSION, annulled_known_from=LATER),)},
            ("conversion", 0, "annulled_known_from"),
            "It was annulled before it was known.",
        ),
        (
            {"point_values": (replace(VALUE, value=Decimal(0)),)},
            ("point_value", 0, "value"),
            "A point must be worth something.",
        ),
        (
            {"point_values": (replace(VALUE, value=Decimal("1.005")),)},
            ("point_value", 0, "value"),
            "The value has parts of a cent.",
        ),
        (
            {
                "point_values": (
                    PointValue(value=Decimal(9), from_=BEGIN, assumption=Assumption(words("x"), 1, 8)),
                )
            },
            ("point_value", 0, "value"),
            "The value is outside its own range.",
        ),
        (
            {"routes": (replace(ROUTE, weeks=3),)},
            ("route", 0, "weeks"),
            "A route lasts either months or weeks.",
        ),
        (
            {"routes": (replace(ROUTE, definitive=True),)},
            ("route", 0, "definitive"),
            "What has no end can't last months or weeks.",
        ),
        (
            {"partials": (replace(HALVES, group="group-9"),)},
            ("partial", 0, "group"),
            "There is no such group.",
        ),
        ({"partials": (replace(HALVES, share=1.0),)}, ("partial", 0, "share"), "This is not a part."),
        ({"partials": (replace(HALVES, share=0.33333),)}, ("partial", 0, "share"), "This is not a part."),
        ({"partials": (HALVES, HALVES)}, ("partial", 1, "from"), "Dates overlap: two hold for one group."),
        (
            {"splits": (replace(KEY, key={"group-0": 1.0}),)},
            ("split", 0, "key", "group-0"),
            "There is no such group.",
        ),
        (
            {"splits": (replace(KEY, key={"group-1": 0.9, "group-2": 0.2}),)},
            ("split", 0, "key"),
            "The split does not add up.",
        ),
        ({"splits": (replace(KEY, key={}),)}, ("split", 0, "key"), "The key is missing."),
        (
            {"splits": (replace(KEY, programme_share=1.2),)},
            ("split", 0, "programme_share"),
            "This is not a share.",
        ),
        ({"round": RoundPlan()}, ("round", "dates"), "The days of the rounds are missing."),
        (
            {"parameters": (Parameter(id="p", value=1, from_=BEGIN, assumption=Assumption(words("x"))),)},
            ("parameter", 0, "low"),
            "An assumption needs a range.",
        ),
        (
            {"parameters": (Parameter(id="p", value=1, low=2, high=3, from_=BEGIN, source=LAW),)},
            ("parameter", 0, "value"),
            "The value is outside its own range.",
        ),
    ],
)
def test_one_thing_wrong_is_one_fault(changes: dict[str, Any], path: tuple[Any, ...], message: str) -> None:
    assert [(fault.path, fault.message) for fault in faults(programme(**changes))] == [(path, message)]


def test_a_condition_may_come_back_with_another_rule_when_the_dates_follow() -> None:
    first, second = replace(ADULT, until=LATER), replace(ADULT, rule="age >= 21", from_=LATER)
    assert faults(programme(conditions=(first, second, COMPLETE))) == []


def test_kinds_that_may_live_together() -> None:
    together = programme(coexist=(frozenset({"first", "increase"}),))
    assert together.may_coexist("first", "increase")
    assert not together.may_coexist("first", "first")
    assert not programme().may_coexist("first", "increase")
