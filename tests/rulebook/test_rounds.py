"""A round: routes first, the key or envelopes, overflow, parts, bundles; every cent accounted for."""

import dataclasses
from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rulebook.making import BEGIN, HALVES, LAW, ON, programme, request, table, tables
from veerkracht.rulebook.errors import DateFault, Fault, MoneyFault
from veerkracht.rulebook.order import order
from veerkracht.rulebook.queues import queue_of
from veerkracht.rulebook.rounds import RoundResult, share_out
from veerkracht.rulebook.types import Programme, Split

KEY = programme().splits[0]
ENVELOPES = dataclasses.replace(KEY, method="envelopes", key={}, overflow="carry")


def split(**changes: Any) -> Split:
    return dataclasses.replace(KEY, **changes)


def euro(amount: float) -> int:
    return round(amount * 100)


def granted(result: RoundResult) -> list[int]:
    return result.lines.filter("granted")["id"].to_list()


def amounts(result: RoundResult, column: str = "spent_cents") -> dict[str, float]:
    return {pot: cents / 100 for pot, cents in result.pots.select("pot", column).rows()}


# Each costs 1,000 euro.
LIST = table(
    request(1, priority_group=3),
    request(2, priority_group=1, priority_date=date(2021, 1, 2)),
    request(3, priority_group=1, priority_date=date(2021, 1, 1)),
    request(4, priority_group=2),
    request(5, route="emergency", priority_group=0),
    request(6, priority_group=2, complete=False),
    request(7, priority_group=1, state="granted"),
)


def test_routes_come_first_and_the_rest_goes_by_the_key() -> None:
    result = share_out(LIST, programme(), ON, euro(3_000))
    assert amounts(result, "available_cents") == {
        "route.emergency": 3_000, "group-1": 1_700, "group-2": 200, "group-3": 100,
    }  # fmt: skip
    assert granted(result) == [5, 3]
    assert result.pots.select("first_not_served", "first_not_served_cost", "granted", "waiting").rows() == [
        (None, None, 1, 0),
        (2, euro(1_000), 1, 1),
        (4, euro(1_000), 0, 1),
        (1, euro(1_000), 0, 1),
    ]
    assert (result.spent_cents, result.left_cents, result.elsewhere_cents) == (euro(2_000), euro(1_000), 0)
    assert result.not_eligible.rows() == [(6, ["complete"])]


def test_each_line_says_why() -> None:
    result = share_out(LIST, programme(), ON, euro(2_500))
    assert result.lines.select("id", "pot", "position", "cost_cents", "share", "reason").rows() == [
        (5, "route.emergency", 1, euro(1_000), 1.0, "granted"),
        (3, "group-1", 1, euro(1_000), 1.0, "granted"),
        (2, "group-1", 2, euro(1_000), 1.0, "first-not-served"),
        (4, "group-2", 1, euro(1_000), 1.0, "first-not-served"),
        (1, "group-3", 1, euro(1_000), 1.0, "first-not-served"),
    ]


@pytest.mark.parametrize(
    ("money", "expected", "left"),
    [
        (999.99, [], 999.99),
        (1_000, [5], 0),
        (2_176.47, [5, 3], 176.47),  # 85% of 1,176.47 is just enough
        (2_176.46, [5], 1_176.46),
        (3_352.93, [5, 3], 1_352.93),
        (3_352.94, [5, 3, 2], 352.94),  # group 2 now has 235.29 and waits for 1,000
        (9_000, [5, 3, 2, 4, 1], 4_000),
    ],
)
def test_the_edge_of_the_money(money: float, expected: list[int], left: float) -> None:
    result = share_out(LIST, programme(), ON, euro(money))
    assert (granted(result), result.left_cents) == (expected, euro(left))


def test_what_a_group_leaves_goes_down_or_is_kept() -> None:
    down = share_out(LIST, programme(), ON, euro(9_000), split=split(key={"group-1": 1.0}))
    kept = share_out(LIST, programme(), ON, euro(9_000), split=split(key={"group-1": 1.0}, overflow="carry"))
    assert granted(down) == [5, 3, 2, 4, 1]
    assert granted(kept) == [5, 3, 2]
    assert kept.left_cents == euro(6_000)


def test_nothing_goes_down_while_somebody_waits() -> None:
    rows = table(request(1), request(2, points=30.0), request(3, priority_group=2))
    all_to_one = split(key={"group-1": 1.0})
    assert granted(share_out(rows, programme(), ON, euro(3_999), split=all_to_one)) == [1]
    assert granted(share_out(rows, programme(), ON, euro(4_999), split=all_to_one)) == [1, 2]
    assert granted(share_out(rows, programme(), ON, euro(5_000), split=all_to_one)) == [1, 2, 3]
    fill = split(key={"group-1": 1.0}, strict=False)
    assert granted(share_out(rows, programme(), ON, euro(3_999), split=fill)) == [1, 3]


def test_a_route_that_can_not_be_served_stops_the_common_money() -> None:
    rows = table(request(1, points=5.0), request(2, route="emergency", points=30.0))
    assert granted(share_out(rows, programme(), ON, euro(1_000))) == []
    assert granted(share_out(rows, programme(), ON, euro(1_000), split=split(strict=False))) == [1]


def test_routes_can_come_last() -> None:
    result = share_out(
        LIST, programme(), ON, euro(3_000), split=split(routes_first=False, key={"group-1": 1.0})
    )
    assert result.pots["pot"].to_list() == ["group-1", "group-2", "group-3", "route.emergency"]
    assert granted(result) == [3, 2, 4]


def test_envelopes_are_set_apart_before_the_routes() -> None:
    given_ = {"group-1": euro(1_000), "group-3": euro(1_500)}
    result = share_out(LIST, programme(), ON, euro(3_600), split=ENVELOPES, envelopes=given_)
    assert amounts(result, "available_cents") == {
        "route.emergency": 1_100, "group-1": 1_000, "group-2": 0, "group-3": 1_500,
    }  # fmt: skip
    assert granted(result) == [5, 3, 1]
    assert result.left_cents == euro(600)


def test_without_envelopes_the_key_stands_in() -> None:
    result = share_out(LIST, programme(), ON, euro(3_000), split=dataclasses.replace(KEY, method="envelopes"))
    assert granted(result) == granted(share_out(LIST, programme(), ON, euro(3_000)))


def test_of_expansion_money_the_programme_gets_its_share() -> None:
    result = share_out(LIST, programme(), ON, euro(1_000.01), basis="expansion")
    assert (result.elsewhere_cents, result.left_cents) == (euro(150), euro(850.01))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"money_cents": 0}, "A round needs money to hand out: 0 cents were given, expected more than 0."),
        ({"money_cents": -5}, "A round needs money to hand out: -5 cents were given, expected more than 0."),
        ({"on": date(2019, 12, 31)}, "help began on 2020-01-01: there can be no round on 2019-12-31."),
        ({"envelopes": {"group-1": 1}}, "The split key shares by a key; envelopes have no place in it."),
        ({"split": ENVELOPES}, "The split key needs an envelope for each group: group-1, group-2, group-3."),
        (
            {"split": ENVELOPES, "envelopes": {"group-9": 1}},
            "There is no group “group-9” to give an envelope; there are: group-1, group-2, group-3.",
        ),
        ({"split": ENVELOPES, "envelopes": {"group-1": -1}}, "An envelope can't be negative."),
        (
            {"split": ENVELOPES, "envelopes": {"group-1": 90, "group-2": 11}},
            "The envelopes are together 101 cents, more than the 100 cents there are.",
        ),
    ],
)
def test_what_can_not_be_handed_out(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(Fault) as fault:
        share_out(**{"table": LIST, "programme": programme(), "on": ON, "money_cents": 100, **changes})
    assert str(fault.value) == message
    assert isinstance(fault.value, MoneyFault | DateFault)


def test_a_day_without_a_split_is_an_error() -> None:
    ended = programme(splits=(dataclasses.replace(KEY, until=date(2023, 1, 1)),))
    with pytest.raises(DateFault) as fault:
        share_out(LIST, ended, ON, 100)
    assert (
        str(fault.value)
        == "No split of help holds on 2024-01-01: the one from 2020-01-01 held until 2023-01-01."
    )


# -- parts, routes that closed, and who takes no part ------------------------------------------------------

GROUP_TWO = table(
    request(1, priority_group=2, priority_date=date(2021, 1, 1), partial=True, points_held=5.0),
    request(2, priority_group=2, priority_date=date(2021, 1, 2)),
    request(3, priority_group=2, priority_date=date(2021, 1, 3), route="emergency"),
)


def test_a_part_is_granted_and_says_so() -> None:
    result = share_out(
        GROUP_TWO, programme(partials=(dataclasses.replace(HALVES, others="full"),)), ON, euro(9_000)
    )
    assert result.lines.select("id", "cost_cents", "share", "reason").rows() == [
        (3, euro(1_000), 1.0, "granted"),
        (1, euro(500), 1.0, "granted"),
        (2, euro(500), 0.5, "granted-partially"),
    ]


def test_who_can_not_get_a_part_waits_when_there_are_only_parts() -> None:
    result = share_out(GROUP_TWO, programme(partials=(HALVES,)), ON, euro(9_000))
    assert granted(result) == [3, 2]
    assert result.not_eligible.rows() == [(1, ["only-parts"])] if HALVES.others == "wait" else []


@pytest.mark.parametrize(
    ("facts", "reasons"),
    [
        ({"priority_group": 0}, ["no-group"]),
        ({"priority_group": 0, "route": "closed"}, ["route-closed"]),
        ({"points": None}, ["cost-unknown"]),
        ({"complete": None}, ["complete"]),
        (
            {"complete": False, "birth_date": date(2020, 1, 1), "priority_group": 0},
            ["adult", "complete", "no-group"],
        ),
    ],
)
def test_who_takes_no_part_gets_every_reason(facts: dict[str, Any], reasons: list[str]) -> None:
    result = share_out(table(request(1, **facts), request(2)), programme(), ON, euro(9_000))
    assert result.not_eligible.rows() == [(1, reasons)]
    assert granted(result) == [2]


def test_a_closed_route_leaves_the_group() -> None:
    closed = programme(routes=(dataclasses.replace(programme().routes[0], until=ON),))
    rows = table(request(1, route="emergency"))
    assert queue_of(rows, closed, date(2023, 12, 31))["pot"].to_list() == ["route.emergency"]
    assert queue_of(rows, closed, ON)["pot"].to_list() == ["group-1"]


def test_the_rule_of_a_route_decides_who_may_use_it() -> None:
    ruled = programme(routes=(dataclasses.replace(programme().routes[0], rule="age >= 40"),))
    rows = table(request(1, route="emergency"), request(2, route="emergency", birth_date=date(1990, 1, 1)))
    assert queue_of(rows, ruled, ON).select("id", "pot").rows() == [(1, "route.emergency"), (2, "group-1")]


def test_a_family_is_served_whole_in_the_first_pot_of_one_of_them() -> None:
    rows = table(request(1, bundle=1, priority_group=3), request(2, bundle=1), request(3, priority_group=3))
    all_to_one = split(key={"group-1": 1.0}, overflow="carry")
    assert granted(share_out(rows, programme(), ON, euro(1_999), split=all_to_one)) == []
    assert granted(share_out(rows, programme(), ON, euro(2_000), split=all_to_one)) == [2, 1]
    stopped = share_out(rows, programme(), ON, euro(1_999), split=all_to_one)
    assert stopped.pots.row(1, named=True)["first_not_served_cost"] == euro(2_000)


def test_of_a_family_that_is_not_complete_nobody_takes_part() -> None:
    rows = table(request(1, bundle=1), request(2, bundle=1, complete=False), request(3))
    result = share_out(rows, programme(), ON, euro(9_000))
    assert granted(result) == [3]
    assert result.not_eligible.rows() == [(1, ["bundle-incomplete"]), (2, ["complete"])]


def test_an_empty_list_leaves_all_the_money() -> None:
    result = share_out(table(), programme(), ON, euro(10))
    assert (granted(result), result.left_cents) == ([], euro(10))
    assert result.pots.height == 4


def test_places_without_groups() -> None:
    places = programme(
        resource="places",
        groups=(),
        routes=(),
        orders=(dataclasses.replace(programme().orders[0], by=("-points", "id")),),
        splits=(Split(id="all", from_=BEGIN, source=LAW, strict=False),),
    )
    rows = table(request(1, bundle=1, points=9.0), request(2, points=8.0), request(3, bundle=1, points=7.0))
    result = share_out(rows, places, ON, 1)
    assert result.lines.select("id", "pot", "reason").rows() == [
        (1, "everyone", "first-not-served"),
        (2, "everyone", "granted"),
        (3, "everyone", "does-not-fit"),
    ]


# -- what always holds -------------------------------------------------------------------------------------

splits = st.sampled_from(
    [
        split(),
        split(overflow="carry"),
        split(strict=False),
        split(routes_first=False),
        split(routes_first=False, overflow="carry"),
        split(key={"group-2": 1.0}),
    ]
)
programmes = st.sampled_from([programme(), programme(partials=(HALVES,))])
money = st.integers(1, euro(20_000))
few = settings(max_examples=50)


@few
@given(tables(), programmes, splits, money, st.sampled_from(["programme", "expansion"]))
def test_every_cent_is_accounted_for(
    rows: pl.DataFrame, p: Programme, s: Split, cents: int, basis: Any
) -> None:
    result = share_out(rows, p, ON, cents, split=s, basis=basis)
    lines = result.lines
    assert result.money_cents == cents == result.elsewhere_cents + result.spent_cents + result.left_cents
    assert result.left_cents >= 0
    assert result.spent_cents == lines.filter("granted")["cost_cents"].sum()
    assert result.pots["spent_cents"].to_list() == [
        lines.filter((pl.col("pot") == pot) & pl.col("granted"))["cost_cents"].sum()
        for pot in result.pots["pot"]
    ]
    assert (result.pots["spent_cents"] <= result.pots["available_cents"]).all()


@few
@given(tables(), programmes, splits, money)
def test_everyone_who_waits_is_in_the_result_once(
    rows: pl.DataFrame, p: Programme, s: Split, cents: int
) -> None:
    result = share_out(rows, p, ON, cents, split=s)
    named = [*result.lines["id"], *result.not_eligible["id"]]
    assert sorted(named) == rows.filter(pl.col("state") == "waiting")["id"].sort().to_list()


@few
@given(tables(), programmes, splits, money)
def test_bundles_are_whole(rows: pl.DataFrame, p: Programme, s: Split, cents: int) -> None:
    lines = share_out(rows, p, ON, cents, split=s).lines.join(rows.select("id", "bundle"), on="id")
    assert (lines.group_by("bundle").agg(pl.col("granted").n_unique())["granted"] == 1).all()


@few
@given(tables(), programmes, money)
def test_in_strict_order_nobody_is_passed_over(rows: pl.DataFrame, p: Programme, cents: int) -> None:
    result = share_out(rows, p, ON, cents)
    places = dict(zip(rows["id"], order(rows, p, ON), strict=True))
    bundles = dict(rows.select("id", "bundle").rows())
    for pot in result.pots["pot"]:
        ids = result.lines.filter(pl.col("pot") == pot)["id"].to_list()
        assert ids == sorted(ids, key=places.__getitem__)
        served = set(granted(result))
        in_turn = list(dict.fromkeys(bundles[id_] for id_ in ids))
        reached = [b for b in in_turn if any(bundles[id_] == b and id_ in served for id_ in ids)]
        assert reached == in_turn[: len(reached)]


@few
@given(tables(), programmes, splits, money, st.randoms())
def test_the_same_result_twice_and_for_any_sequence_of_rows(
    rows: pl.DataFrame, p: Programme, s: Split, cents: int, random: Any
) -> None:
    numbers = list(range(rows.height))
    random.shuffle(numbers)
    once, again = (share_out(each, p, ON, cents, split=s) for each in (rows, rows[numbers]))
    assert once.lines.rows() == again.lines.rows()
    assert once.pots.rows() == again.pots.rows()
    assert sorted(once.not_eligible.rows()) == sorted(again.not_eligible.rows())


@few
@given(tables(), money, money)
def test_more_money_in_one_queue_takes_nothing_from_anyone(rows: pl.DataFrame, less: int, extra: int) -> None:
    one_queue = programme(groups=(), routes=(), splits=(Split(id="all", from_=BEGIN, source=LAW),))
    before = share_out(rows, one_queue, ON, less)
    after = share_out(rows, one_queue, ON, less + extra)
    assert set(granted(before)) <= set(granted(after))
