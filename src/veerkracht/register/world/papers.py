"""The papers of a request: its plan, its assessment, whether the file is complete, in which round it was granted."""

import numpy as np
import polars as pl

from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, day
from veerkracht.register.world.cast import Cast
from veerkracht.register.world.requests import months_later


def add_papers(blueprint: Blueprint, cast: Cast, rng: np.random.Generator) -> Cast:
    requests = _assessed(blueprint, cast.requests, rng)
    requests = _complete(blueprint, requests, rng)
    requests = _held(blueprint, requests, cast.persons)
    return Cast(_couples(blueprint, _in_rounds(blueprint, requests), rng), cast.moves, cast.persons)


def _assessed(blueprint: Blueprint, requests: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Between the request and the decision: first the plan is approved, then there is a report."""
    asked, decided = requests["asked"].to_numpy(), requests["decided"].to_numpy()
    end = blueprint.grid[-1]
    open_ = decided == NEVER
    until = np.where(open_, asked + 110, decided)
    plan = asked + ((until - asked) * rng.uniform(0.15, 0.4, len(asked))).astype(np.int64)
    assessed = asked + ((until - asked) * rng.uniform(0.6, 1.0, len(asked))).astype(np.int64)
    assessed = np.where(open_ & (assessed > end), NEVER, assessed)
    old = asked < day(blueprint.programme.begins)
    return requests.with_columns(
        plan_approved_on=np.where(old, blueprint.taken_over, plan),
        assessed_on=np.where(old, blueprint.taken_over, assessed),
    )


def _complete(blueprint: Blueprint, requests: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Most files are complete when they are assessed; of the others some are completed later, some still are not."""
    count, end = requests.height, blueprint.grid[-1]
    assessed = requests["assessed_on"].to_numpy()
    may_miss = (
        ~requests["shielded"].to_numpy()
        & (assessed < NEVER)
        & (requests["part"].to_numpy() == NEVER)
        & (requests["origin"] == "group").to_numpy()
    )
    missing = may_miss & (rng.random(count) < 2 * blueprint.habits.incomplete)
    later = np.where(missing & (rng.random(count) < 0.5), assessed + rng.integers(40, 400, count), NEVER)
    closed = np.minimum(requests["granted"].to_numpy(), requests["left"].to_numpy())
    later = np.where((later > end) | (later >= closed), NEVER, later)
    # Who was granted something had a complete file in time.
    missing &= (later < NEVER) | (requests["granted"].to_numpy() == NEVER)
    return requests.with_columns(complete=~missing, completed_on=np.where(missing, later, NEVER))


def _in_rounds(blueprint: Blueprint, requests: pl.DataFrame) -> pl.DataFrame:
    """The round of each grant, numbered by day; temporary grants are outside rounds."""
    days = sorted(
        set(requests.filter((pl.col("granted") < NEVER) & ~pl.col("temporary"))["granted"].to_list())
        | set(requests.filter(pl.col("part") < NEVER)["part"].to_list())
    )
    number = {on: place for place, on in enumerate(days)}
    in_round = pl.when(~pl.col("temporary")).then(
        pl.col("granted").replace_strict(number, default=None, return_dtype=pl.Int64)
    )
    months = blueprint.programme.round.start_within_months or 4
    names = {group.number: group.id for group in blueprint.programme.groups}
    group = pl.col("last_group").replace_strict(names, default="", return_dtype=pl.String)
    return requests.with_columns(
        pot=pl.when(pl.col("route") == "").then(group).otherwise(pl.format("route.{}", "route")),
        part_pot=pl.col("first_group").replace_strict(names, default="", return_dtype=pl.String),
        round=in_round,
        part_round=pl.col("part").replace_strict(number, default=None, return_dtype=pl.Int64),
        part_respond_by=months_later(requests["part"].to_numpy(), months),
    )


def _held(blueprint: Blueprint, requests: pl.DataFrame, persons: pl.DataFrame) -> pl.DataFrame:
    """What somebody held when they asked: nothing yet, when their budget began only later."""
    since = persons["held_since"].to_numpy()[requests["person"].to_numpy()]
    asked = requests["asked"].to_numpy()
    registered = np.where(asked < day(blueprint.programme.begins), blueprint.taken_over, asked)
    held = requests["points_held"].to_numpy()
    first = np.where((since > registered) & (held > 0), 0, held)
    return requests.with_columns(held_since=since, points_held_first=first, registered=registered)


def _couples(blueprint: Blueprint, requests: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Two people of one home who wait in the same group are granted together or not at all."""
    bundle = np.full(requests.height, -1)
    free = requests.filter(
        (pl.col("group") > 1) & (pl.col("kind") == "first") & (pl.col("part") == NEVER) & ~pl.col("shielded")
    )
    pairs = max(blueprint.scaled(blueprint.habits.couples), 1)
    for _, together in free.group_by("group", maintain_order=True):
        rows = together["row"].to_numpy()
        chosen = rng.permutation(rows)[: 2 * (pairs // 2 or 1)]
        for one, other in zip(chosen[::2], chosen[1::2], strict=False):
            bundle[one] = bundle[other] = min(one, other)
    return requests.with_columns(bundle=pl.Series(bundle).replace(-1, None))
