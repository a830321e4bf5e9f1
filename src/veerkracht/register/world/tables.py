"""The drawn world as rows of the register's tables: numbers become ids, days become dates."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from veerkracht.register.care.models import LIVE_STATES
from veerkracht.register.care.steps import FOLDED, fold
from veerkracht.register.people.models import User
from veerkracht.register.people.names import search_name
from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER
from veerkracht.register.world.cast import Cast
from veerkracht.register.world.needs import MICRO

_DAYS = ("request_date", "priority_date", "plan_approved_on", "register_date", "respond_by")


@dataclass(frozen=True)
class Ids:
    """The id of each drawn request and person: by the day on which they came into the register, as numbers are."""

    requests: pl.Series
    persons: pl.Series

    def request(self, column: str = "request") -> pl.Expr:
        return _looked_up(column, self.requests)

    def person(self, column: str = "person") -> pl.Expr:
        return _looked_up(column, self.persons)


def ids(cast: Cast) -> Ids:
    order = cast.requests.select("row", "registered", "asked").sort("registered", "asked", "row")["row"]
    first = cast.requests.group_by("person").agg(pl.col("registered").min())
    came = cast.persons.join(first, on="person", how="left").with_columns(
        since=pl.min_horizontal("registered", "held_since").fill_null(NEVER)
    )
    people = came.sort("since", "person")["person"]
    return Ids(_places(order), _places(people))


def _places(order: pl.Series) -> pl.Series:
    places = np.zeros(int(order.max() or 0) + 1, np.int64)
    places[order.to_numpy()] = np.arange(1, len(order) + 1)
    return pl.Series(places)


def _looked_up(column: str, by: pl.Series) -> pl.Expr:
    return pl.col(column).map_batches(by.gather, return_dtype=pl.Int64).alias(column)


# ---------------------------------------------------------------------------------------------- people
def persons(cast: Cast, ids_: Ids) -> pl.DataFrame:
    names = cast.persons.select("given_name", "family_name").unique()
    searched = names.with_columns(
        search_name=pl.Series([search_name(given, family) for given, family in names.iter_rows()])
    )
    return (
        cast.persons.with_columns(ids_.person().alias("id"))
        .join(searched, on=["given_name", "family_name"], how="left", maintain_order="left")
        .sort("id")
        .select(
            "id",
            number("P"),
            "given_name",
            "family_name",
            "search_name",
            birth_date=as_date("born"),
            died_on=as_date("died"),
            area="area",
            language="language",
            fictitious=pl.lit(value=True),
        )
    )


def number(prefix: str, column: str = "id") -> pl.Expr:
    return pl.format(f"{prefix}-{{}}", pl.col(column).cast(pl.String).str.zfill(7)).alias("number")


def as_date(column: str) -> pl.Expr:
    """A day as a date; one that never comes as null."""
    day = pl.when(pl.col(column) < NEVER).then(pl.col(column))
    return day.cast(pl.Int32).cast(pl.Date).alias(column)


# ---------------------------------------------------------------------------------------------- steps
def steps(blueprint: Blueprint, drawn: pl.DataFrame, ids_: Ids, staff: dict[str, list[User]]) -> pl.DataFrame:
    """The drawn steps as rows of `Step`, with ids in the order in which they were written down."""
    who = _by(staff)
    return (
        drawn.with_columns(
            ids_.request(),
            bundle=ids_.request("bundle"),
            person_of_day=(pl.col("request") * 7 + pl.col("on")) % 2,
        )
        .join(who, on=["role", "person_of_day"], how="left", maintain_order="left")
        .with_row_index("id", offset=1)
        .select(
            pl.col("id").cast(pl.Int64),
            "kind",
            "role",
            "by_id",
            "by_name",
            "reason",
            "text",
            *(as_date(name) if name in _DAYS else pl.col(name) for name in FOLDED),
            request_id="request",
            holds_from=as_date("on"),
            recorded_at=moment(blueprint.zone, "recorded", pl.col("request") % 300 + pl.col("turn") * 15),
            round_id=pl.col("round") + 1,
        )
        .with_columns(pl.col("points", "points_held") / MICRO)
    )


def _by(staff: dict[str, list[User]]) -> pl.DataFrame:
    """Which of the users in a role it was, on an even and on an odd day."""
    return pl.DataFrame(
        [
            {"role": role, "person_of_day": place, "by_id": user.pk, "by_name": user.full_name}
            for role, users in staff.items()
            for place, user in ((0, users[0]), (1, users[-1]))
        ],
        schema={"role": pl.String, "person_of_day": pl.Int64, "by_id": pl.Int64, "by_name": pl.String},
    )


def moment(zone: str, column: str, minutes: pl.Expr) -> pl.Expr:
    """So many minutes after the office opens (eight o'clock there) on a day, in UTC."""
    local = pl.col(column).cast(pl.Int32).cast(pl.Date).cast(pl.Datetime("us")) + pl.duration(
        hours=8, minutes=minutes
    )
    return local.dt.replace_time_zone(zone, ambiguous="earliest").dt.convert_time_zone("UTC")


# ---------------------------------------------------------------------------------------------- requests
def requests(blueprint: Blueprint, cast: Cast, steps_: pl.DataFrame, ids_: Ids) -> pl.DataFrame:
    """The requests, whose columns are what their steps say."""
    counted = steps_.group_by("request_id").agg(version=pl.len(), updated_at=pl.col("recorded_at").max())
    folded = fold(steps_).join(counted, on="request_id")
    who = cast.requests.join(
        cast.persons.select("person", "area"), on="person", how="left", maintain_order="left"
    )
    fixed = who.select(ids_.request("row").alias("id"), ids_.person().alias("person_id"), "kind", "area")
    return (
        fixed.join(folded, left_on="id", right_on="request_id")
        .sort("id")
        .with_columns(
            number("V"), programme=pl.lit(blueprint.programme.id), live=pl.col("state").is_in(LIVE_STATES)
        )
    )


def budgets(blueprint: Blueprint, drawn: pl.DataFrame, ids_: Ids) -> pl.DataFrame:
    return drawn.with_columns(ids_.person(), ids_.request()).select(
        pl.int_range(1, pl.len() + 1).alias("id"),
        "kind",
        "scheme",
        "category",
        "end_reason",
        person_id="person",
        request_id="request",
        programme=pl.lit(blueprint.programme.id),
        points=pl.col("points") / MICRO,
        amount_cents="closed",
        from_date=as_date("start"),
        until_date=as_date("until"),
        ended_on=as_date("ended"),
        version=1
        + (pl.col("ended") < NEVER).cast(pl.Int64)
        + (pl.col("definitive_on") < NEVER).cast(pl.Int64),
    )
