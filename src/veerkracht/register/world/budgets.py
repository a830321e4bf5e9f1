"""The budgets of all holders: what ran before the world begins, what requests added, how it ended, what it costs."""

import numpy as np
import polars as pl

from veerkracht.register.care.actions.budgets import last_day
from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, Days, day, to_date
from veerkracht.register.world.cast import Cast
from veerkracht.register.world.needs import MICRO, cents

DEFINITIVE, PARTIAL, TEMPORARY = "definitive", "partial", "temporary"
REPLACED = "replaced"
# A follow-up decides about this many days before a temporary budget ends.
FOLLOW_UP = 20


def budgets(blueprint: Blueprint, cast: Cast) -> pl.DataFrame:
    """One row a budget, by person and start: person, request, kind, points (millionths), scheme, category, start, until
    (of a temporary one), ended, reason, cents_added (what starting it took), definitive_on (its follow-up).
    """
    both = pl.concat([_before(blueprint, cast), _started(cast)], how="diagonal").sort("person", "start")
    left = cast.persons.select("person", "left", left_for="reason")
    both = both.join(left, on="person", how="left", maintain_order="left")
    following = pl.col("start").shift(-1).over("person")
    replaced = pl.max_horizontal(following - 1, "start")
    gone = pl.col("left") < NEVER
    ended = both.with_columns(
        ended=pl.when(following.is_not_null())
        .then(replaced)
        .when(gone)
        .then("left")
        .otherwise(pl.lit(NEVER)),
        end_reason=pl.when(following.is_not_null())
        .then(pl.lit(REPLACED))
        .when(gone)
        .then("left_for")
        .otherwise(pl.lit("")),
    )
    return _temporary(blueprint, ended).drop("left", "left_for")


def _before(blueprint: Blueprint, cast: Cast) -> pl.DataFrame:
    """Who had a budget when the world begins."""
    holders = cast.persons.filter(pl.col("held") >= 0)
    one = blueprint.programme.schemes[0]
    points = np.rint(np.array(list(one.points.values())) * MICRO).astype(np.int64)
    place = holders["held"].to_numpy()
    return pl.DataFrame(
        {
            "person": holders["person"],
            "kind": pl.Series([DEFINITIVE]).new_from_index(0, holders.height),
            "points": points[place],
            "scheme": pl.Series([one.id]).new_from_index(0, holders.height),
            "category": np.array(list(one.points))[place],
            "start": holders["held_since"],
            "cents_added": np.zeros(holders.height, np.int64),
        }
    )


def _started(cast: Cast) -> pl.DataFrame:
    """What grants and partial grants gave once they started."""
    converted = pl.col("converted_on") < NEVER
    common = {
        "scheme": pl.when(converted).then("converted_scheme").otherwise("scheme"),
        "category": pl.when(converted).then("converted_category").otherwise("category"),
        "route": pl.col("route"),
    }
    whole = cast.requests.filter(pl.col("started") < NEVER).select(
        "person",
        request="row",
        kind=pl.when("temporary").then(pl.lit(TEMPORARY)).otherwise(pl.lit(DEFINITIVE)),
        points="in_force",
        start="started",
        granted="granted",
        cents_added="grant_cents",
        **common,
    )
    parts = cast.requests.filter(pl.col("part_started") < NEVER).select(
        "person",
        request="row",
        kind=pl.lit(PARTIAL),
        points=pl.col("points_held") + pl.col("part_points"),
        start="part_started",
        granted="part",
        cents_added="part_cents",
        **common,
    )
    return pl.concat([whole, parts])


def _temporary(blueprint: Blueprint, found: pl.DataFrame) -> pl.DataFrame:
    """When a temporary budget ends, or became definitive before that: who would be past its end has had a follow-up."""
    end = blueprint.grid[-1]
    starts = found.filter(pl.col("kind") == TEMPORARY).select("route", "start").unique()
    last = {(route, start): _last_day(blueprint, route, start) for route, start in starts.iter_rows()}
    until = pl.Series(
        [
            last.get((route, start), NEVER) if kind == TEMPORARY else NEVER
            for route, start, kind in found.select("route", "start", "kind").iter_rows()
        ],
        dtype=pl.Int64,
    )
    followed = until - FOLLOW_UP
    done = (until < NEVER) & (followed <= end)
    definitive = done & (found["ended"] > followed)
    return found.with_columns(
        until=pl.when(definitive).then(pl.lit(NEVER)).otherwise(until),
        definitive_on=pl.when(definitive).then(followed).otherwise(pl.lit(NEVER)),
        kind=pl.when(definitive).then(pl.lit(DEFINITIVE)).otherwise("kind"),
    )


def _last_day(blueprint: Blueprint, route: str, start: int) -> int:
    found = blueprint.programme.route(route, to_date(start))
    last = last_day(found, to_date(start)) if found else None
    return NEVER if last is None else day(last)


# ---------------------------------------------------------------------------------------------- amounts
def with_amounts(blueprint: Blueprint, found: pl.DataFrame) -> pl.DataFrame:
    """Add what each budget costs a year in the books: `opened` when it starts, `closed` at its end (or on the
    world's date).

    What a budget took over from the one before is in it. On the first of January all are reckoned again at the new
    value of a point.
    """
    end = blueprint.grid[-1]
    start = np.maximum(found["start"].to_numpy(), blueprint.grid[0])
    stop = np.minimum(found["ended"].to_numpy(), end)
    points, added = found["points"].to_numpy(), found["cents_added"].to_numpy()
    reckoned_then, reckoned_last = cents(blueprint, points, start), cents(blueprint, points, stop)
    same_year = _years(start) == _years(stop)
    opened, closed = np.zeros(len(points), np.int64), np.zeros(len(points), np.int64)
    person = found["person"].to_numpy()
    initial = found["request"].is_null().to_numpy()
    opened[initial] = reckoned_then[initial]
    closed[initial] = np.where(same_year[initial], opened[initial], reckoned_last[initial])
    # By person and start: what a budget replaces stands just before it.
    for row in np.flatnonzero(~initial).tolist():
        takes_over = row > 0 and person[row - 1] == person[row]
        opened[row] = added[row] + (closed[row - 1] if takes_over else 0)
        closed[row] = opened[row] if same_year[row] else reckoned_last[row]
    return found.with_columns(opened=opened, closed=closed)


def _years(days: Days) -> Days:
    return days.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64)
