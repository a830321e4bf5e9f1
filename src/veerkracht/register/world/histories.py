"""The steps of every request, in the form in which the register's own actions write them."""

from collections.abc import Iterable

import polars as pl

from veerkracht.register.care.steps import FOLDED
from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, day
from veerkracht.register.world.cast import Cast

# Who sets a step, by role; who exactly is chosen when it is written.
ASSESSOR, OFFICER, SIGNER = "assessor", "officer", "signer"
REFUSED = "De handicap is niet erkend. / The disability was not recognised."
_TYPES = {
    "state": pl.String,
    "request_date": pl.Int64,
    "priority_group": pl.Int64,
    "priority_date": pl.Int64,
    "route": pl.String,
    "scheme": pl.String,
    "category": pl.String,
    "points": pl.Int64,
    "points_held": pl.Int64,
    "partial": pl.Boolean,
    "recognised": pl.Boolean,
    "plan_approved_on": pl.Int64,
    "complete": pl.Boolean,
    "converted": pl.Boolean,
    "register_date": pl.Int64,
    "bundle": pl.Int64,
    "respond_by": pl.Int64,
}
SCHEMA = {
    "request": pl.Int64,
    "on": pl.Int64,
    "turn": pl.Int64,
    "kind": pl.String,
    "role": pl.String,
    "recorded": pl.Int64,
    "round": pl.Int64,
    "reason": pl.String,
    "text": pl.String,
    **{name: _TYPES[name] for name in FOLDED},
}


def steps(blueprint: Blueprint, cast: Cast, budgets: pl.DataFrame) -> pl.DataFrame:
    """All steps, in the order in which they were written down (`recorded`); `turn` orders those of one day."""
    parts = [
        *_beginnings(blueprint, cast.requests),
        *_decisions(blueprint, cast),
        *_ends(cast.requests),
        *_of_budgets(budgets),
    ]
    typed = [part.cast({k: v for k, v in SCHEMA.items() if k in part.columns}) for part in parts]
    found = pl.concat([pl.DataFrame(schema=SCHEMA), *typed], how="diagonal")
    return found.with_columns(
        recorded=pl.coalesce("recorded", "on"),
        reason=pl.col("reason").fill_null(""),
        text=pl.col("text").fill_null(""),
    ).sort("recorded", "turn", "request")


def _step(
    rows: pl.DataFrame, kind: str, on: str | pl.Expr, turn: int, role: str, **sets: object
) -> pl.DataFrame:
    """One step for each row. `sets`: a name of a column is that column, a value is itself."""
    day_of = pl.col(on) if isinstance(on, str) else on
    columns = {name: value if isinstance(value, pl.Expr) else pl.lit(value) for name, value in sets.items()}
    return rows.select(
        pl.col("row").alias("request"),
        day_of.alias("on"),
        pl.lit(turn).alias("turn"),
        pl.lit(kind).alias("kind"),
        pl.lit(role).alias("role"),
        **columns,
    )


def _beginnings(blueprint: Blueprint, requests: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Asked and assessed; or taken over from an older register, with its date."""
    begins = day(blueprint.programme.begins)
    old = requests.filter(pl.col("asked") < begins)
    fresh = requests.filter(pl.col("asked") >= begins)
    needs = {name: pl.col(name) for name in ("scheme", "category", "points")}
    held = {"points_held": pl.col("points_held_first"), "bundle": pl.col("bundle")}
    yield _step(
        old,
        "taken-over",
        pl.lit(blueprint.taken_over),
        0,
        OFFICER,
        state="waiting",
        request_date=pl.col("asked"),
        register_date=pl.col("asked"),
        converted=True,
        priority_group=pl.col("first_group"),
        priority_date=pl.col("asked"),
        recognised=True,
        plan_approved_on=pl.lit(blueprint.taken_over),
        complete=pl.col("complete"),
        **needs,
        **held,
    )
    yield _step(fresh, "asked", "asked", 0, OFFICER, state="asked", request_date=pl.col("asked"), **held)
    yield _step(
        fresh.filter(pl.col("assessed_on") < NEVER),
        "assessed",
        "assessed_on",
        1,
        ASSESSOR,
        recognised=pl.col("origin") != "refused",
        plan_approved_on=pl.col("plan_approved_on"),
        complete=pl.col("complete") & (pl.col("origin") != "refused"),
        **needs,
    )
    completed = requests.filter(pl.col("completed_on") < NEVER)
    yield _step(completed, "corrected", "completed_on", 3, OFFICER, complete=True, reason="file-completed")
    later = requests.filter(pl.col("points_held") != pl.col("points_held_first"))
    sets = {"points_held": pl.col("points_held"), "reason": "budget-changed"}
    yield _step(later, "changed", "held_since", 3, OFFICER, **sets)


def _decisions(blueprint: Blueprint, cast: Cast) -> Iterable[pl.DataFrame]:
    requests = cast.requests
    fresh = requests.filter(
        (pl.col("asked") >= day(blueprint.programme.begins)) & (pl.col("decided") < NEVER)
    )
    yield _step(
        fresh.filter(pl.col("origin") == "group"),
        "prioritised",
        "decided",
        2,
        ASSESSOR,
        state="waiting",
        priority_group=pl.col("first_group"),
        priority_date=pl.col("asked"),
    )
    yield _step(
        fresh.filter(pl.col("origin") == "route"),
        "routed",
        "decided",
        2,
        ASSESSOR,
        state="waiting",
        route=pl.col("route"),
    )
    moved = cast.moves.join(requests.select("row"), left_on="request", right_on="row").rename(
        {"request": "row"}
    )
    yield _step(
        moved,
        "revised",
        "day",
        4,
        ASSESSOR,
        state="waiting",
        priority_group=pl.col("group"),
        priority_date=pl.col("day"),
    )
    yield from _conversions(requests)


def _conversions(requests: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Another scheme for who was on the list, and its annulment."""
    yield _step(
        requests.filter(pl.col("converted_on") < NEVER),
        "converted",
        "converted_on",
        5,
        OFFICER,
        scheme=pl.col("converted_scheme"),
        category=pl.col("converted_category"),
        points=pl.col("converted_points"),
    )
    # Holds from the day of the conversion, as if that had never been; known only since the judgment.
    yield _step(
        requests.filter(pl.col("restored_on") < NEVER),
        "restored",
        "converted_on",
        6,
        OFFICER,
        recorded=pl.col("restored_on"),
        scheme=pl.col("scheme"),
        category=pl.col("category"),
        points=pl.col("points"),
    )


def _ends(requests: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Grants and what became of them, and who left the list without one."""
    yield from _parts(requests)
    granted = requests.filter(pl.col("granted") < NEVER)
    offer = {"state": "granted", "reason": pl.col("pot"), "round": pl.col("round")}
    in_rounds = granted.filter(~pl.col("temporary"))
    yield _step(in_rounds, "granted", "granted", 8, SIGNER, **offer, respond_by=pl.col("respond_by"))
    yield _step(granted.filter("temporary"), "granted", "granted", 8, SIGNER, **offer)
    round = {"round": pl.col("round")}
    started = requests.filter(pl.col("started") < NEVER)
    yield _step(started, "started", "started", 9, OFFICER, state="served", **round)
    declined = requests.filter(pl.col("declined") < NEVER)
    yield _step(declined, "declined", "declined", 9, OFFICER, state="declined", **round)
    lapsed = requests.filter(pl.col("lapsed") < NEVER)
    yield _step(lapsed, "lapsed", "lapsed", 9, OFFICER, state="lapsed", reason="not-taken-up", **round)
    refused = requests.filter(pl.col("origin") == "refused")
    yield _step(
        refused, "refused", "decided", 3, SIGNER, state="refused", reason="not-recognised", text=REFUSED
    )
    left = requests.filter(pl.col("left") < NEVER)
    yield _step(left.filter("died"), "died", "left", 9, OFFICER, state="deceased")
    yield _step(left.filter(~pl.col("died")), "withdrawn", "left", 9, OFFICER, state="withdrawn")


def _parts(requests: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """A part of a budget: the request keeps waiting for the rest, with the same date."""
    part = requests.filter(pl.col("part") < NEVER)
    round = {"round": pl.col("part_round")}
    yield _step(
        part,
        "granted-partially",
        "part",
        7,
        SIGNER,
        partial=True,
        points_held=pl.col("points_held") + pl.col("part_points"),
        respond_by=pl.col("part_respond_by"),
        reason=pl.col("part_pot"),
        **round,
    )
    no = part.filter(pl.col("part_refused") < NEVER)
    before = {"partial": False, "points_held": pl.col("points_held")}
    yield _step(no, "declined", "part_refused", 8, OFFICER, **before, **round)
    yield _step(part.filter(pl.col("part_started") < NEVER), "started", "part_started", 8, OFFICER, **round)


def _of_budgets(budgets: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """What became of a budget, told with the request that gave it."""
    of_requests = budgets.filter(pl.col("request").is_not_null()).rename({"request": "row"})
    followed = of_requests.filter(pl.col("definitive_on") < NEVER)
    yield _step(followed, "changed", "definitive_on", 10, SIGNER, reason="definitive")
    ended = of_requests.filter(pl.col("end_reason").is_in(["died", "stopped"]))
    yield _step(ended, "ended", "ended", 11, OFFICER, reason=pl.col("end_reason"))
