"""The rounds of the past: who was granted what from which pot, in order, and who was the first who was not."""

from dataclasses import dataclass

import polars as pl

from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import to_date
from veerkracht.register.world.cast import Cast
from veerkracht.register.world.needs import MICRO
from veerkracht.rulebook.cost import cents_per_point
from veerkracht.rulebook.rounds import FIRST_NOT_SERVED, GRANTED, PARTLY, split_on

# Money is set apart in whole tens of thousands of euro; what a pot does not need is left.
_WHOLE = 1_000_000


@dataclass(frozen=True)
class Rounds:
    """`rounds`: round, on, money, spent, split, envelopes, pots. `lines`: as `RoundLine`, in order."""

    rounds: list[dict]
    lines: pl.DataFrame


def rounds(blueprint: Blueprint, cast: Cast) -> Rounds:
    whole = cast.requests.filter(pl.col("round").is_not_null()).select(
        "row", "round", on="granted", cost_cents="grant_cents", share=pl.lit(1.0)
    )
    parts = cast.requests.filter(pl.col("part_round").is_not_null()).select(
        "row", round="part_round", on="part", cost_cents="part_cents", share="part_share"
    )
    granted = pl.concat([whole, parts])
    found, lines = [], [pl.DataFrame(schema=_LINES)]
    for (number,), ours in granted.group_by("round", maintain_order=True):
        on = ours.item(0, "on")
        here = _lines(blueprint, cast, ours, on)
        lines.append(here.with_columns(round=pl.lit(number, pl.Int64)).select(list(_LINES)))
        found.append(_round(blueprint, int(number), on, here))
    return Rounds(
        sorted(found, key=lambda one: one["round"]), pl.concat(lines).sort("round", "pot", "position")
    )


_LINES = {
    "round": pl.Int64,
    "row": pl.Int64,
    "priority": pl.Int64,
    "pot": pl.String,
    "position": pl.Int64,
    "cost_cents": pl.Int64,
    "share": pl.Float64,
    "granted": pl.Boolean,
    "reason": pl.String,
}


def _lines(blueprint: Blueprint, cast: Cast, granted: pl.DataFrame, on: int) -> pl.DataFrame:
    """The granted in order, and in each group the first after them who was on the list and got nothing."""
    names = {group.number: group.id for group in blueprint.programme.groups}
    group = pl.col("group").replace_strict(names, default="", return_dtype=pl.String)
    route = pl.format("route.{}", "route")
    everyone = standing(cast, on).with_columns(
        pot=pl.when(pl.col("route") == "").then(group).otherwise(route)
    )
    value = cents_per_point(blueprint.programme, to_date(on))
    served = granted.join(everyone, on="row", how="left", maintain_order="left").with_columns(
        granted=pl.lit(True),
        reason=pl.when(pl.col("share") < 1).then(pl.lit(PARTLY)).otherwise(pl.lit(GRANTED)),
    )
    last = served.group_by("pot").agg(pl.col("priority").max().alias("last"), pl.col("share").min())
    behind = (
        everyone.join(granted, on="row", how="anti")
        .join(last, on="pot")
        .filter((pl.col("closed") > on) & (pl.col("route") == ""))
        .with_columns(behind=pl.len().over("pot"))
    )
    waiting = (
        behind.filter(pl.col("priority") > pl.col("last"))
        .sort("pot", "priority", "row")
        .unique("pot", keep="first", maintain_order=True)
        .with_columns(
            cost_cents=(pl.col("grant_points") * value * pl.col("share") / MICRO).round().cast(pl.Int64),
            granted=pl.lit(False),
            reason=pl.lit(FIRST_NOT_SERVED),
        )
    )
    columns = ["row", "pot", "priority", "cost_cents", "share", "granted", "reason", "behind"]
    served = served.with_columns(behind=pl.lit(0, pl.UInt32))
    both = pl.concat([served.select(columns), waiting.select(columns)])
    order = pl.struct("granted", "priority", "row")
    return both.with_columns(granted=~pl.col("granted")).with_columns(
        position=order.rank("ordinal").over("pot").cast(pl.Int64), granted=~pl.col("granted")
    )


def standing(cast: Cast, on: int) -> pl.DataFrame:
    """Who had been decided about by a day, with the group and priority date they had then."""
    moved = (
        cast.moves.filter(pl.col("day") <= on)
        .group_by("request", maintain_order=True)
        .agg(pl.col("day", "group").last())
        .rename({"request": "row", "day": "moved_on", "group": "moved_to"})
    )
    return (
        cast.requests.filter((pl.col("decided") <= on) & (pl.min_horizontal("granted", "left") >= on))
        .join(moved, on="row", how="left", maintain_order="left")
        .select(
            "row",
            "route",
            group=pl.coalesce("moved_to", "first_group"),
            priority=pl.coalesce("moved_on", "asked"),
            closed=pl.min_horizontal("granted", "left"),
            grant_points="grant_points",
        )
    )


def _round(blueprint: Blueprint, number: int, on: int, lines: pl.DataFrame) -> dict:
    split = split_on(blueprint.programme, to_date(on))
    pots = (
        lines.group_by("pot")
        .agg(
            spent_cents=pl.col("cost_cents").filter("granted").sum(),
            granted=pl.col("granted").sum().cast(pl.Int64),
            waiting=pl.col("behind").sum().cast(pl.Int64),
            first_not_served=pl.col("row").filter(~pl.col("granted")).first(),
            first_not_served_cost=pl.col("cost_cents").filter(~pl.col("granted")).first(),
        )
        .sort(~pl.col("pot").str.starts_with("route."), "pot")
    )
    available = -(-pots["spent_cents"] // _WHOLE) * _WHOLE
    pots = pots.with_columns(available_cents=available, order=pl.int_range(pl.len()))
    return {
        "round": number,
        "on": on,
        "split": split.id,
        "money": int(available.sum()),
        "spent": int(pots["spent_cents"].sum()),
        "granted": int(pots["granted"].sum()),
        "waiting": int(pots["waiting"].sum()),
        "envelopes": {
            row["pot"]: row["available_cents"]
            for row in pots.iter_rows(named=True)
            if not row["pot"].startswith("route.")
        }
        if split.method == "envelopes"
        else None,
        "pots": pots,
    }
