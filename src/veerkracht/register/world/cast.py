"""Who asks: gives every request a person, and keeps the number of budget holders at what was published."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import polars as pl

from veerkracht.register.world import names
from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, YEAR, Days, day, to_date
from veerkracht.register.world.requests import Draw
from veerkracht.rulebook.tables import on_date, run

# The kinds of a request that has somebody's budget under it.
HOLDING = ("increase", "rest")
DIED, STOPPED = "died", "stopped"
# Days from the beginning of the programme until all adults of an older system had come over.
CAME_OVER = 275
# How many years older somebody is made at most, to meet the rule of a route.
OLDER = 8


@dataclass(frozen=True)
class Cast:
    """`requests`: with `person` and `kind`. `persons`: a row a person, its number in `person`; `held` is the place of
    the category of the budget they had before the world begins (-1: none), `left` the day on which a holder leaves.
    """

    requests: pl.DataFrame
    moves: pl.DataFrame
    persons: pl.DataFrame


def cast(blueprint: Blueprint, drawn: Draw, rng: np.random.Generator) -> Cast:
    requests = drawn.requests.with_columns(gives_budget=_gives_budget(drawn.requests))
    starts = _starts(requests)
    new, leaving = _balance(blueprint, starts, rng)
    kind = _kinds(blueprint, requests, new, rng)
    person, held = _persons(blueprint, requests, kind, rng)
    requests = requests.with_columns(kind=pl.Series(kind), person=person)
    left, reason = _leavers(blueprint, requests, held, leaving, rng)
    persons = _people(blueprint, requests, held, left, reason, rng)
    return Cast(requests, drawn.moves, persons)


def without_past(whole: Cast) -> Cast:
    """Only the requests that are still open, with who asks them."""
    closed = [pl.col(name) < NEVER for name in ("left", "started", "declined", "lapsed")]
    open_ = whole.requests.filter(~pl.any_horizontal(closed) & (pl.col("origin") != "refused"))
    return Cast(
        open_,
        whole.moves.join(open_, left_on="request", right_on="row", how="semi", maintain_order="left"),
        whole.persons.join(open_, on="person", how="semi", maintain_order="left"),
    )


def _gives_budget(requests: pl.DataFrame) -> pl.Series:
    """The day on which a request gives its person (more of) a budget; NEVER when it does not."""
    return requests.select(pl.min_horizontal("started", "part_started")).to_series()


def _starts(requests: pl.DataFrame) -> Days:
    return requests["gives_budget"].to_numpy()


# ---------------------------------------------------------------------------------------------- holders
def _balance(
    blueprint: Blueprint, starts: Days, rng: np.random.Generator
) -> tuple[Days, dict[tuple[int, int], int]]:
    """Between two published numbers of holders: which starts are of new holders, and how many holders leave."""
    new: list[Days] = []
    leaving: dict[tuple[int, int], int] = {}
    known = list(blueprint.holders.items())
    rate = blueprint.parameter("holder.exit", blueprint.grid[-1], blueprint.habits.holder_leaves)
    for (begin, before), (end, after) in pairwise(known):
        rows = rng.permutation(np.flatnonzero((starts > begin) & (starts <= end)))
        usual = rate * before * (end - begin) / YEAR
        number = int(np.clip(round(after - before + usual), max(after - before, 0), len(rows)))
        new.append(rows[:number])
        leaving[begin, end] = before + number - after
    return np.concatenate([np.empty(0, np.int64), *new]), leaving


def _kinds(blueprint: Blueprint, requests: pl.DataFrame, new: Days, rng: np.random.Generator) -> np.ndarray:
    """First or more: who starts and is no new holder asks more; of those who wait, as many hold one as published."""
    count = requests.height
    first = rng.random(count) >= blueprint.habits.increase_when_closed
    first[_starts(requests) < NEVER] = False
    first[new] = True
    waits = (requests["group"] > 0).to_numpy()
    partly = waits & (_starts(requests) < NEVER)
    free = rng.permutation(np.flatnonzero(waits & ~partly))
    double = blueprint.requests - blueprint.persons
    holding = max(blueprint.waiting_holders - int(partly.sum()), double) + double
    first[free] = True
    first[free[:holding]] = False
    kind = np.where(first, "first", "increase").astype(object)
    more = np.flatnonzero(~first & ~partly & (requests["origin"] != "route").to_numpy())
    kind[more[rng.random(len(more)) < blueprint.habits.rest_of_increases]] = "rest"
    return kind


def _persons(
    blueprint: Blueprint, requests: pl.DataFrame, kind: np.ndarray, rng: np.random.Generator
) -> tuple[pl.Series, np.ndarray]:
    """A person for each request. Holders of before come first; who asks more is one of them, and nobody asks twice but
    the few who have two requests on the list.
    """
    before = next(iter(blueprint.holders.values()), 0)
    second = _seconds(blueprint, requests, kind)
    asks_more = np.flatnonzero(kind != "first")
    single = np.setdiff1d(asks_more, [pair[1] for pair in second])
    holders = max(before, len(single))
    person = np.full(requests.height, -1)
    held = _categories_held(blueprint, holders, len(single), rng)
    person[single] = np.arange(len(single))
    firsts = np.flatnonzero(kind == "first")
    person[firsts] = holders + np.arange(len(firsts))
    for one, other in second:
        kind[one], kind[other] = "increase", "rest"
        person[other] = person[one]
    none = np.full(len(firsts), -1)
    return pl.Series("person", person), np.concatenate([held, none])


def _seconds(blueprint: Blueprint, requests: pl.DataFrame, kind: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of waiting requests that are of one person, as many as there are more requests than persons."""
    double = blueprint.requests - blueprint.persons
    can = np.flatnonzero(
        (requests["group"] > 0).to_numpy() & (kind != "first") & (_starts(requests) == NEVER)
    )
    can = can[~requests["shielded"].to_numpy()[can]]
    chosen = can[: 2 * double]
    return [(int(chosen[n]), int(chosen[n + 1])) for n in range(0, len(chosen) - 1, 2)]


def _categories_held(blueprint: Blueprint, count: int, asking: int, rng: np.random.Generator) -> np.ndarray:
    """The category of each holder of before, spread as published; who asks more (the first `asking`) has room to."""
    places = rng.permutation(rng.choice(len(blueprint.spread), count, p=blueprint.spread))
    highest = np.flatnonzero(places[:asking] >= len(blueprint.spread) - 2)
    lower = asking + np.flatnonzero(places[asking:] < len(blueprint.spread) - 2)
    if len(lower) < len(highest):
        places[highest] = rng.integers(0, max(len(blueprint.spread) - 2, 1), len(highest))
        return places
    chosen = rng.permutation(lower)[: len(highest)]
    places[highest], places[chosen] = places[chosen], places[highest]
    return places


def _leavers(
    blueprint: Blueprint,
    requests: pl.DataFrame,
    held: np.ndarray,
    leaving: dict[tuple[int, int], int],
    rng: np.random.Generator,
) -> tuple[Days, np.ndarray]:
    """When each holder leaves, and why: who dies while asking more, and others until the number is as published."""
    left, reason = np.full(len(held), NEVER), np.full(len(held), "", dtype=object)
    asking = requests.filter(pl.col("kind") != "first")["person"].to_numpy()
    _dead_while_asking(requests, left, reason)
    quiet = np.setdiff1d(np.flatnonzero(held >= 0), asking)
    served = requests.filter(
        (pl.col("kind") == "first") & (pl.col("started") < NEVER) & (pl.col("part_started") == NEVER)
    )
    since = np.full(len(held), NEVER)
    since[quiet] = 0
    since[served["person"].to_numpy()] = served["started"].to_numpy()
    for (begin, end), number in leaving.items():
        dead = int(((left > begin) & (left <= end)).sum())
        can = rng.permutation(np.flatnonzero((since <= begin) & (left == NEVER)))[: max(number - dead, 0)]
        left[can] = rng.integers(begin + 1, end, len(can))
        reason[can] = np.where(rng.random(len(can)) < 0.8, DIED, STOPPED)
    return left, reason


def _dead_while_asking(requests: pl.DataFrame, left: Days, reason: np.ndarray) -> None:
    """Somebody with a budget who dies while waiting for more leaves as a holder too."""
    dead = requests.filter(
        pl.col("died") & ((pl.col("kind") != "first") | (pl.col("part_started") < pl.col("left")))
    )
    left[dead["person"].to_numpy()] = dead["left"].to_numpy()
    reason[dead["person"].to_numpy()] = DIED


# ---------------------------------------------------------------------------------------------- persons
def _people(
    blueprint: Blueprint,
    requests: pl.DataFrame,
    held: np.ndarray,
    left: Days,
    reason: np.ndarray,
    rng: np.random.Generator,
) -> pl.DataFrame:
    count = len(held)
    given, family = names.draw(rng, count)
    begins = day(blueprint.programme.begins)
    first = requests.group_by("person").agg(
        pl.col("asked").min(),
        pl.when(pl.col("asked") < begins).then("decided").otherwise("asked").min().alias("adult_by"),
    )
    since = np.full(count, blueprint.taken_over)
    adult_by = np.full(count, blueprint.taken_over)
    since[first["person"].to_numpy()] = first["asked"].to_numpy()
    adult_by[first["person"].to_numpy()] = first["adult_by"].to_numpy()
    adult_by = np.where(held >= 0, np.minimum(adult_by, blueprint.taken_over), adult_by)
    died = np.where(reason == DIED, left, NEVER)
    gone = requests.filter(pl.col("died"))
    died[gone["person"].to_numpy()] = gone["left"].to_numpy()
    return pl.DataFrame(
        {
            "person": np.arange(count),
            "given_name": given,
            "family_name": family,
            "born": _old_enough(blueprint, requests, _births(since, adult_by, died, rng)),
            "died": died,
            "area": np.asarray(blueprint.areas)[_areas(blueprint, count, rng)],
            "language": np.where(rng.random(count) < 0.96, blueprint.languages[0], blueprint.languages[-1]),
            "held": held,
            "held_since": _held_since(blueprint, held, rng),
            "left": left,
            "reason": reason.astype(str),
        }
    )


def _held_since(blueprint: Blueprint, held: np.ndarray, rng: np.random.Generator) -> Days:
    """Most holders of before came over together, some months after the programme began; others since."""
    came_over = min(day(blueprint.programme.begins) + CAME_OVER, blueprint.grid[0] - 60)
    later = rng.integers(came_over, blueprint.grid[0] - 30, len(held))
    return np.where(held < 0, NEVER, np.where(rng.random(len(held)) < 0.85, came_over, later))


def _births(since: Days, adult_by: Days, died: Days, rng: np.random.Generator) -> Days:
    """Adults when they are decided about, born well before they ask; who dies is on average older."""
    old = died < NEVER
    age = 18.2 + 52 * rng.beta(np.where(old, 2.2, 1.1), np.where(old, 1.4, 2.0))
    born = adult_by - (age * YEAR).astype(np.int64)
    return np.minimum(born, since - int(4 * YEAR))


def _old_enough(blueprint: Blueprint, requests: pl.DataFrame, born: Days) -> Days:
    """Who is on a route that has a rule just meets it on the day of the grant, by their age."""
    ruled = sorted({route.id for route in blueprint.programme.routes if route.rule})
    on_route = requests.filter(pl.col("route").is_in(ruled)).with_columns(
        on=pl.min_horizontal("granted", pl.lit(blueprint.grid[-1]))
    )
    for (route, on), rows in on_route.group_by("route", "on", maintain_order=True):
        people = rows["person"].to_numpy()
        fresh = rows["kind"].to_numpy() == "first"
        young = people[fresh]
        born[young] = rows["asked"].to_numpy()[fresh] - int(18.3 * YEAR) - young % 330
        for _ in range(OLDER):
            too_young = people[~_may_use(blueprint, str(route), int(on), born[people])]
            born[too_young] -= 365
    return born


def _may_use(blueprint: Blueprint, route: str, on: int, born: Days) -> np.ndarray:
    known = blueprint.programme.route(route, to_date(on))
    if known is None or not known.rule:
        return np.ones(len(born), bool)
    table = pl.DataFrame(
        {"id": np.arange(len(born)), "birth_date": pl.Series(born).cast(pl.Int32).cast(pl.Date)}
    )
    return (
        run(on_date(table, to_date(on)), known.rule, f"The route {route}").fill_null(value=False).to_numpy()
    )


def _areas(blueprint: Blueprint, count: int, rng: np.random.Generator) -> np.ndarray:
    """By inhabitants, some municipalities a little more than others."""
    weights = blueprint.inhabitants * rng.lognormal(0.0, 0.15, len(blueprint.areas))
    return rng.choice(len(blueprint.areas), count, p=weights / weights.sum())
