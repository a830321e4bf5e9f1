"""The round that an officer signs and the round that the forecast plays are one: same grants on the same list."""

import dataclasses
from datetime import date, timedelta

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.forecast import worlds
from tests.rulebook import making
from veerkracht import forecast
from veerkracht.forecast import Start
from veerkracht.rulebook import rounds
from veerkracht.rulebook.types import Order, Programme, RoundPlan, Split

ROUND = date(2024, 1, 1)
KEY = {"group-1": 0.5, "group-2": 0.3, "group-3": 0.2}


@st.composite
def splits(draw: st.DrawFn) -> Split:
    by_key = draw(st.booleans())
    return Split(
        id="drawn",
        method="key" if by_key else "envelopes",
        key=KEY if by_key or draw(st.booleans()) else {},
        overflow=draw(st.sampled_from(["down", "carry"])),
        strict=draw(st.booleans()),
        routes_first=draw(st.booleans()),
        from_=worlds.BEGIN,
        source=making.LAW,
    )


@st.composite
def programmes(draw: st.DrawFn) -> Programme:
    order = draw(
        st.sampled_from(
            [
                ("priority_group", "priority_date", "id"),
                ("priority_date", "id"),
                ("-points", "priority_date", "-id"),
                ("-id",),
            ]
        )
    )
    part = making.HALVES
    if draw(st.booleans()):
        part = dataclasses.replace(part, others="full")
    return worlds.programme(
        splits=(draw(splits()),),
        orders=(Order(by=order, from_=worlds.BEGIN, text=making.words("order"), source=making.LAW),),
        partials=(part,) if draw(st.booleans()) else (),
        round=RoundPlan(dates=((1, 1),), source=making.LAW),
    )


@settings(max_examples=60, deadline=None)
@given(
    table=making.tables(),
    programme=programmes(),
    cents=st.integers(1, 900_000),
    envelopes=st.tuples(*[st.integers(0, 200_000)] * 3),
)
def test_the_same_grants(table, programme, cents, envelopes):
    # A request whose cost is unknown stands aside in a round; the forecast draws a cost for it.
    table = table.with_columns(pl.col("points").fill_null(10.0))
    split = programme.splits[0]
    given_ = {}
    if split.method == "envelopes" and (sum(envelopes) > 0 or not split.key):
        given_ = {f"group-{number + 1}": amount for number, amount in enumerate(envelopes)}
        given_["group-1"] += 1
    money = cents + sum(given_.values())

    live = rounds.share_out(table, programme, ROUND, money, envelopes=given_ or None)
    played = play(table, programme, cents, given_)

    granted = live.lines.filter(pl.col("granted"))
    whole = granted.filter(pl.col("share") == 1.0).get_column("id").to_list()
    served = (
        played.list.filter(pl.Series(played.outcome[0] == 1, dtype=pl.Boolean)).get_column("id").to_list()
    )
    assert sorted(served) == sorted(whole)
    assert played.ledger[0, 0, 4] == live.spent_cents
    assert played.ledger[0, 0, 5] == live.left_cents
    by_pot = {
        name: granted.filter(pl.col("pot") == name).height for name in ("group-1", "group-2", "group-3")
    }
    in_year = {name: int(played.values[f"help.granted.{name}"][0, 1]) for name in by_pot}
    assert in_year == by_pot


def play(
    table: pl.DataFrame, programme: Programme, cents: int, envelopes: dict[str, int]
) -> forecast.Forecast:
    measures = [
        worlds.money(amount / 100, ROUND, id=name, to=name) for name, amount in envelopes.items() if amount
    ]
    region = worlds.region(programme, worlds.plan("round", *measures))
    start = Start(date=ROUND - timedelta(days=1), waiting=table, money_free_cents=cents)
    return forecast.run(region, programme.id, "round", start, forecast.Experiment(1, 1))


def test_a_cent_too_little_is_seen():
    """A round that can't be told apart from another would pass the test above for nothing."""
    programme = worlds.programme(
        splits=(dataclasses.replace(worlds.programme().splits[0], key={"group-1": 1.0}),)
    )
    three = worlds.waiting(3)
    assert play(three, programme, 300_000, {}).ledger[0, 0, 4] == 300_000
    assert play(three, programme, 299_999, {}).ledger[0, 0, 4] == 200_000
    assert rounds.share_out(three, programme, ROUND, 299_999).spent_cents == 200_000
