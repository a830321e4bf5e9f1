"""All requests of the demo world, one row each: once in a priority group, on a route, undecided or refused."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from veerkracht.register.world import flow as played
from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, YEAR, Days, day, to_date, year_of
from veerkracht.rulebook.types import Route

START_SOONEST, START_LATEST = 12, 100


@dataclass(frozen=True)
class Draw:
    """`requests`: numbered by `row`; days that have not come are NEVER. `moves`: request, day, group."""

    requests: pl.DataFrame
    moves: pl.DataFrame


def draw(blueprint: Blueprint, rng: np.random.Generator) -> Draw:
    """Draw every request with what happens to it and when; who asks it is not known yet."""
    flow = played.play(blueprint, rng)
    events = flow.frame()
    parts = [
        _of_groups(flow, events),
        _of_routes(blueprint, events, rng),
        _undecided(blueprint, rng),
        _refused(blueprint, rng),
    ]
    requests = (
        pl.concat(parts, how="diagonal").with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    )
    moves = events.filter(pl.col("what") == played.MOVED).select("request", "day", "group")
    last = moves.group_by("request", maintain_order=True).agg(last_group=pl.col("group").last())
    requests = requests.join(last, left_on="row", right_on="request", how="left", maintain_order="left")
    requests = requests.with_columns(last_group=pl.coalesce("last_group", "first_group"))
    return Draw(_followed(requests, blueprint, rng), moves)


def _of_groups(flow: played.Flow, events: pl.DataFrame) -> pl.DataFrame:
    def first(what: str) -> Days:
        found = np.full(flow.size, NEVER)
        rows = events.filter(pl.col("what") == what)
        found[rows["request"].to_numpy()] = rows["day"].to_numpy()
        return found

    return pl.DataFrame(
        {
            "origin": pl.Series(["group"]).new_from_index(0, flow.size),
            "route": pl.Series([""]).new_from_index(0, flow.size),
            "asked": flow.asked,
            "decided": flow.entered,
            "first_group": flow.first_group,
            "group": flow.group,
            "priority": flow.priority,
            "shielded": flow.shielded > 0,
            "granted": first(played.GRANTED),
            "left": first(played.LEFT),
            "part": first(played.PARTLY),
            "part_refused": first(played.PART_REFUSED),
        }
    )


# ---------------------------------------------------------------------------------------------- routes
def _of_routes(blueprint: Blueprint, events: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Grants outside the queue in each quarter, and those approved that wait for the next round."""
    parts = []
    usual = 0.0
    grid = blueprint.grid
    for year in sorted({year_of(end) for end in grid[1:]}):
        number = _route_grants(blueprint, year, events)
        usual = usual if number is None else number
        quarters = [n for n in range(1, len(grid)) if year_of(grid[n]) == year]
        for n in quarters:
            parts.append(_quarter(blueprint, grid[n - 1], grid[n], round(usual / len(quarters)), rng))
    parts.append(_pending(blueprint, rng))
    return pl.concat(parts)


def _route_grants(blueprint: Blueprint, year: int, events: pl.DataFrame) -> float | None:
    """Grants outside the queue in a year: as published, or what the published total leaves."""
    known = blueprint.granted("route", year)
    total = blueprint.granted("total", year)
    if known is not None or total is None:
        return known
    first, last = day(to_date(0).replace(year=year)), day(to_date(0).replace(year=year + 1))
    in_groups = events.filter(
        pl.col("what").is_in([played.GRANTED, played.PARTLY]) & pl.col("day").is_between(first, last - 1)
    )
    return max(total - in_groups.height, 0.0)


def _quarter(
    blueprint: Blueprint, begin: int, end: int, count: int, rng: np.random.Generator
) -> pl.DataFrame:
    in_round = min(begin + played.ROUND_DAY, end)
    routes = _routes_open(blueprint, in_round)
    if not routes or not count:
        return _routed([], np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))
    chosen = rng.choice(len(routes), count, p=_route_weights(blueprint, routes))
    temporary = np.array([bool(route.months or route.weeks) for route in routes])[chosen]
    at_once = not_new_year(rng.integers(begin + 1, end + 1, count))
    granted = np.where(temporary, at_once, in_round)
    decided = np.where(temporary, granted, granted - rng.integers(10, 80, count))
    asked = decided - np.where(temporary, rng.integers(1, 6, count), rng.integers(20, 70, count))
    # A temporary grant is checked against the route that is open on its own day.
    names = [routes[number].id for number in chosen.tolist()]
    return _routed(names, asked, decided, granted)


def _pending(blueprint: Blueprint, rng: np.random.Generator) -> pl.DataFrame:
    """Approved outside the queue and waiting for the next round: an assumption of the demo."""
    end = blueprint.grid[-1]
    routes = [route for route in _routes_open(blueprint, end) if not (route.months or route.weeks)]
    count = blueprint.scaled(blueprint.habits.pending_routes) if routes else 0
    chosen = rng.choice(len(routes), count, p=_route_weights(blueprint, routes)) if count else []
    decided = rng.integers(end - 40, end - 2, count)
    asked = decided - rng.integers(20, 70, count)
    return _routed([routes[number].id for number in chosen], asked, decided, np.full(count, NEVER))


def _routes_open(blueprint: Blueprint, on: int) -> list[Route]:
    return [route for route in blueprint.programme.routes if route.holds(to_date(on))]


def _route_weights(blueprint: Blueprint, routes: list[Route]) -> np.ndarray:
    """By the latest published grants of each route; a route of which nothing was published counts as the smallest."""
    latest = [blueprint.granted_on_route(route.id) for route in routes]
    known = [value for value in latest if value]
    weights = np.array([value or (min(known) if known else 1.0) for value in latest])
    return weights / weights.sum()


def _routed(routes: list[str], asked: Days, decided: Days, granted: Days) -> pl.DataFrame:
    count = len(routes)
    return pl.DataFrame(
        {
            "origin": pl.Series(["route"] * count, dtype=pl.String),
            "route": pl.Series(routes, dtype=pl.String),
            "asked": asked,
            "decided": decided,
            "first_group": np.zeros(count, np.int64),
            "group": np.zeros(count, np.int64),
            "priority": asked,
            "shielded": np.zeros(count, bool),
            "granted": granted,
            "left": np.full(count, NEVER),
            "part": np.full(count, NEVER),
            "part_refused": np.full(count, NEVER),
        }
    )


# ---------------------------------------------------------------------------------------------- others
def _undecided(blueprint: Blueprint, rng: np.random.Generator) -> pl.DataFrame:
    """Asked in the last months, and waiting for a decision: an assumption of the demo."""
    count, end = blueprint.scaled(blueprint.habits.undecided), blueprint.grid[-1]
    asked = rng.integers(end - 150, end - 3, count)
    return _other("undecided", asked, np.full(count, NEVER))


def _refused(blueprint: Blueprint, rng: np.random.Generator) -> pl.DataFrame:
    """The disability was not recognised: an assumption of the demo."""
    first, last = blueprint.grid[0], blueprint.grid[-1]
    count = round(blueprint.scaled(blueprint.habits.refused_a_year) * (last - first) / YEAR)
    decided = rng.integers(first, last, count)
    return _other("refused", decided - rng.integers(60, 150, count), decided)


def _other(origin: str, asked: Days, decided: Days) -> pl.DataFrame:
    count = len(asked)
    return _routed([""] * count, asked, decided, np.full(count, NEVER)).with_columns(
        pl.lit(origin).alias("origin")
    )


# ---------------------------------------------------------------------------------------------- after a grant
def _followed(requests: pl.DataFrame, blueprint: Blueprint, rng: np.random.Generator) -> pl.DataFrame:
    """What follows a grant: it starts, is declined or lapses; and how those who left did leave."""
    count, end = requests.height, blueprint.grid[-1]
    granted = requests["granted"].to_numpy()
    part = np.where(requests["part_refused"].to_numpy() < NEVER, NEVER, requests["part"].to_numpy())
    has = granted < NEVER
    luck = rng.random(count)
    months = blueprint.programme.round.start_within_months or 4
    temporary = requests["route"].is_in(_temporary(blueprint)).to_numpy()
    declined = has & ~temporary & (luck < blueprint.habits.declined)
    lapsed = has & ~temporary & ~declined & (luck < blueprint.habits.declined + blueprint.habits.lapsed)
    respond_by = np.where(has, months_later(granted, months), NEVER)
    soon = rng.integers(START_SOONEST, START_LATEST, count)
    started = np.where(has & ~declined & ~lapsed, not_new_year(granted + np.where(temporary, 0, soon)), NEVER)
    part_started = np.where(
        part < NEVER, np.minimum(part + np.minimum(soon, 60), requests["left"].to_numpy() - 1), NEVER
    )
    return requests.with_columns(
        respond_by=respond_by,
        started=_by(started, end),
        declined=_by(np.where(declined, granted + rng.integers(8, 29, count), NEVER), end),
        lapsed=_by(np.where(lapsed, respond_by + 1, NEVER), end),
        part_started=_by(part_started, end),
        died=(requests["left"].to_numpy() < NEVER) & (rng.random(count) < blueprint.habits.died),
        temporary=temporary,
    )


def _temporary(blueprint: Blueprint) -> list[str]:
    return sorted({route.id for route in blueprint.programme.routes if route.months or route.weeks})


def not_new_year(days: Days) -> Days:
    """The day itself, or the next when it is the first of January: then all budgets are reckoned again."""
    dates = np.where(days < NEVER, days, 0).astype("datetime64[D]")
    return days + (dates == dates.astype("datetime64[Y]").astype("datetime64[D]"))


def _by(days: Days, end: int) -> Days:
    """What would come after the world's date has not come."""
    return np.where(days > end, NEVER, days)


def months_later(days: Days, months: int) -> Days:
    dates = np.where(days < NEVER, days, 0).astype("datetime64[D]")
    inside = dates - dates.astype("datetime64[M]").astype("datetime64[D]")
    later = (dates.astype("datetime64[M]") + months).astype("datetime64[D]") + np.minimum(
        inside.astype(np.int64), 27
    )
    return later.astype(np.int64)
