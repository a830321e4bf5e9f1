"""The books of the demo world: every movement since it begins, and the credits that pay for it."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl

from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, day, to_date, year_of
from veerkracht.register.world.cast import Cast
from veerkracht.register.world.needs import cents
from veerkracht.rulebook.types import Text

# Free on the date of the world at least: a visitor can hand out 20 million, and turns still look like real ones.
FREE_AT_THE_END = 25_000_000_00
_WHOLE = 1_000_000_00
FICTITIOUS = Text(
    nl="Fictief krediet van de demowereld {year}", en="Fictitious credit of the demo world {year}"
)
INDEX = Text(nl="Indexering van lopende budgetten {year}", en="Indexation of running budgets {year}")

_SCHEMA = {
    "on": pl.Int64,
    "turn": pl.Int64,
    "kind": pl.String,
    "source": pl.String,
    "target": pl.String,
    "cents": pl.Int64,
    "request": pl.Int64,
    "round": pl.Int64,
    "credit": pl.Int64,
    "text": pl.String,
}


@dataclass(frozen=True)
class Credit:
    year: int
    name: Text
    amount_cents: int
    voted_on: date
    source_title: str
    source_url: str
    fictitious: bool


@dataclass(frozen=True)
class Books:
    """`movements`: one row a posting, in order; those of one round, or one without a request, share an entry."""

    credits: list[Credit]
    movements: pl.DataFrame


def books(blueprint: Blueprint, cast: Cast, budgets: pl.DataFrame) -> Books:
    caused = pl.concat([_of_requests(cast.requests), _of_budgets(blueprint, budgets)], how="diagonal")
    index = _index(blueprint, budgets)
    credits = [*index, *_credits(blueprint, caused)]
    voted = pl.DataFrame(
        [
            {
                "on": day(one.voted_on),
                "turn": 0,
                "kind": "voted",
                "source": "voted",
                "target": "free",
                "cents": one.amount_cents,
                "credit": number,
                "text": one.name.nl,
            }
            for number, one in enumerate(credits)
        ],
        schema={
            name: _SCHEMA[name]
            for name in ("on", "turn", "kind", "source", "target", "cents", "credit", "text")
        },
    )
    whole = pl.concat([pl.DataFrame(schema=_SCHEMA), voted, caused], how="diagonal")
    return Books(
        credits,
        whole.filter(pl.col("cents") > 0)
        .with_columns(pl.col("text").fill_null(""))
        .sort("on", "turn", "round", "request", "cents", nulls_last=True, maintain_order=True),
    )


def _movement(
    rows: pl.DataFrame,
    kind: str,
    source: str,
    target: str,
    on: str,
    amount: str,
    turn: int,
    round: str | None = None,
) -> pl.DataFrame:
    return rows.filter(pl.col(on) < NEVER).select(
        pl.col(on).alias("on"),
        turn=pl.lit(turn, pl.Int64),
        kind=pl.lit(kind),
        source=pl.lit(source),
        target=pl.lit(target),
        cents=amount,
        request="row",
        round=pl.lit(None, pl.Int64) if round is None else pl.col(round),
    )


def _of_requests(requests: pl.DataFrame) -> pl.DataFrame:
    """Granted, started, and returned when it was declined or lapsed."""
    whole, part = ("grant_cents", "round"), ("part_cents", "part_round")
    return pl.concat(
        [
            _movement(requests, "granted", "free", "granted", "granted", whole[0], 2, whole[1]),
            _movement(requests, "granted", "free", "granted", "part", part[0], 2, part[1]),
            _movement(requests, "started", "granted", "running", "started", whole[0], 3, whole[1]),
            _movement(requests, "started", "granted", "running", "part_started", part[0], 3, part[1]),
            _movement(requests, "returned", "granted", "free", "declined", whole[0], 3, whole[1]),
            _movement(requests, "returned", "granted", "free", "lapsed", whole[0], 3, whole[1]),
            _movement(requests, "returned", "granted", "free", "part_refused", part[0], 3, part[1]),
        ]
    )


def _of_budgets(blueprint: Blueprint, budgets: pl.DataFrame) -> pl.DataFrame:
    """What already ran, what is reckoned again each year, and what comes free."""
    ends = budgets.filter(pl.col("end_reason").is_in(["died", "stopped"])).select(
        "ended", "closed", row="request"
    )
    back = _movement(ends, "ended", "running", "free", "ended", "closed", 4)
    opening = pl.DataFrame(
        [
            {
                "on": blueprint.grid[0],
                "turn": 0,
                "kind": "opening",
                "source": "voted",
                "target": "running",
                "cents": int(budgets.filter(pl.col("request").is_null())["opened"].sum()),
            }
        ]
    )
    again = pl.DataFrame(
        [
            {
                "on": on,
                "turn": 1,
                "kind": "changed",
                "source": "free",
                "target": "running",
                "cents": amount,
                "text": INDEX.fill(year=to_date(on).year).nl,
            }
            for on, amount in _reckoned_again(blueprint, budgets).items()
        ],
        schema={name: _SCHEMA[name] for name in ("on", "turn", "kind", "source", "target", "cents", "text")},
    )
    return pl.concat([opening, again, back], how="diagonal")


def _reckoned_again(blueprint: Blueprint, budgets: pl.DataFrame) -> dict[int, int]:
    """By how much all running budgets rise on each first of January."""
    points = budgets["points"].to_numpy()
    opened = budgets["opened"].to_numpy()
    start = np.maximum(budgets["start"].to_numpy(), blueprint.grid[0])
    ended = budgets["ended"].to_numpy()
    rises: dict[int, int] = {}
    for year in range(year_of(blueprint.grid[0]) + 1, blueprint.date.year + 1):
        on = day(date(year, 1, 1))
        open_ = (start < on) & (ended >= on)
        before = np.where(
            start >= day(date(year - 1, 1, 1)), opened, cents(blueprint, points, np.full(len(points), on - 1))
        )
        rises[on] = int((cents(blueprint, points, np.full(len(points), on)) - before)[open_].sum())
    return rises


def _index(blueprint: Blueprint, budgets: pl.DataFrame) -> list[Credit]:
    """What the yearly rise of the value of a point takes: computed, as no figure says."""
    return [
        Credit(
            to_date(on).year,
            INDEX.fill(year=to_date(on).year),
            amount,
            to_date(on),
            "Berekend uit de waarde van een punt / Computed from the value of a point",
            "",
            fictitious=True,
        )
        for on, amount in _reckoned_again(blueprint, budgets).items()
        if amount > 0
    ]


def _credits(blueprint: Blueprint, caused: pl.DataFrame) -> list[Credit]:
    """The growth money of each year, and on top of it a fictitious credit where what happened took more."""
    growth = [
        Credit(one.on.year, one.name, one.cents, one.on, one.source_title, one.source_url, fictitious=False)
        for one in blueprint.voted
    ]
    came = pl.DataFrame(
        {"on": [day(one.voted_on) for one in growth], "change": [one.amount_cents for one in growth]}
    )
    daily = pl.concat([_changes(caused), came.cast({"on": pl.Int64, "change": pl.Int64})])
    left, extra = 0, []
    for year in range(year_of(blueprint.grid[0]) + 1, blueprint.date.year + 1):
        first, last = day(date(year, 1, 1)), day(date(year, 12, 31))
        ours = (
            daily.filter(pl.col("on").is_between(first, last))
            .group_by("on")
            .agg(pl.col("change").sum())
            .sort("on")
        )
        sums = left + ours["change"].cum_sum().to_numpy() if ours.height else np.array([left])
        wanted = round(FREE_AT_THE_END * max(blueprint.scale, 1.0)) if year == blueprint.date.year else 0
        short = max(-int(sums.min()), wanted - int(sums[-1]), 0)
        # Within a day grants may come before what returns, so a little more than just enough.
        amount = -(-short // _WHOLE) * _WHOLE + (_WHOLE if short else 0)
        if amount:
            extra.append(_fictitious(year, amount))
        left = int(sums[-1]) + amount
    return [*growth, *extra]


def _changes(caused: pl.DataFrame) -> pl.DataFrame:
    """What each movement adds to the free money; indexation has credits of its own."""
    amount = pl.col("cents")
    change = (
        pl.when(pl.col("target") == "free")
        .then(amount)
        .when(pl.col("source") == "free")
        .then(-amount)
        .otherwise(0)
    )
    return caused.filter(pl.col("kind") != "changed").select("on", change=change)


def _fictitious(year: int, amount: int) -> Credit:
    title = "Verzonnen voor de demowereld, geen echt krediet / Invented for the demo world, no real credit"
    return Credit(year, FICTITIOUS.fill(year=year), amount, date(year, 1, 1), title, "", fictitious=True)
