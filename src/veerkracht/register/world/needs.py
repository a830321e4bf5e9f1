"""How much each request asks: its category and care points, those after a conversion, and what its person holds."""

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.optimize import brentq

from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, Days, day, to_date
from veerkracht.register.world.cast import Cast
from veerkracht.rulebook.cost import cents_per_point
from veerkracht.rulebook.schemes import first_scheme, scheme
from veerkracht.rulebook.types import CategoryScheme, Conversion

# An assumption of the demo: who asks more asks on average this part of what others ask, spread by this shape.
MORE, SHAPE = 0.6, 2.2
MICRO = 1_000_000

Points = NDArray[np.int64]


def add_needs(blueprint: Blueprint, cast: Cast, rng: np.random.Generator) -> Cast:
    """Add scheme, category, points and points_held (millionths of a point), and the same after a conversion."""
    requests = cast.requests
    held_category = cast.persons["held"].to_numpy()[requests["person"].to_numpy()]
    more = (requests["kind"] != "first").to_numpy()
    held = np.where(more & (held_category >= 0), _points(blueprint.programme.schemes[0])[held_category], 0)
    asked = _wanted(blueprint, requests, held, more, rng)
    days = requests["asked"].unique().to_list()
    by_day = {d: first_scheme(blueprint.programme, to_date(d)).id for d in days}
    names = requests["asked"].replace_strict(by_day, return_dtype=pl.String).to_numpy()
    category, points = np.full(len(names), "", dtype=object), np.zeros(len(names), np.int64)
    for one in blueprint.programme.schemes:
        here = names == one.id
        category[here], points[here] = _nearest_above(one, asked[here], held[here])
    requests = requests.with_columns(
        scheme=names,
        category=category.astype(str),
        points=points,
        points_held=held,
        converted_on=NEVER,
        converted_scheme=pl.lit(""),
        converted_category=pl.lit(""),
        converted_points=pl.lit(0),
        restored_on=NEVER,
    )
    for conversion in blueprint.programme.conversions:
        requests = _convert(blueprint, requests, conversion)
    return Cast(_with_parts(blueprint, requests), cast.moves, cast.persons)


def _wanted(
    blueprint: Blueprint,
    requests: pl.DataFrame,
    held: Points,
    more: NDArray[np.bool_],
    rng: np.random.Generator,
) -> Points:
    """About how many points somebody asks: spread like the holders' categories, but tilted so that a grant in a group,
    or on a route, costs on average what the programme's file says; more is asked on top of what is held.
    """
    levels = _points(blueprint.programme.schemes[0])
    groups = requests["first_group"].to_numpy()
    wanted = np.zeros(len(groups), np.int64)
    for group in np.unique(groups).tolist():
        here = np.flatnonzero(groups == group)
        mean = _mean_asked(blueprint, group, levels)
        extra = rng.gamma(SHAPE, MORE * mean / SHAPE, len(here)).astype(np.int64)
        share = more[here].mean()
        weights = _tilted(blueprint.spread, levels, mean * (1 - MORE * share) / max(1 - share, 0.1))
        drawn = levels[rng.choice(len(levels), len(here), p=weights)]
        whole = (drawn * rng.uniform(0.94, 1.06, len(here))).astype(np.int64)
        wanted[here] = np.where(more[here], held[here] + extra, whole)
    return wanted


def _mean_asked(blueprint: Blueprint, group: int, levels: Points) -> float:
    """Millionths of a point that a grant gives on average: what it costs over the value of a point."""
    name = next((g.id for g in blueprint.programme.groups if g.number == group), "route")
    on = blueprint.grid[-1]
    value = cents_per_point(blueprint.programme, blueprint.date) / 100
    usual = float(blueprint.spread @ levels) / MICRO * value
    return blueprint.parameter(f"cost.{name}", on, usual) / value * MICRO


def _tilted(spread: NDArray[np.float64], levels: Points, mean: float) -> NDArray[np.float64]:
    """The spread with more weight on high (or low) categories, so that its mean is the wanted one as far as can be."""

    def weights(tilt: float) -> NDArray[np.float64]:
        found = spread * np.exp(tilt * levels / MICRO)
        return found / found.sum()

    if not weights(-0.05) @ levels < mean < weights(0.05) @ levels:
        return weights(0.05 if mean > spread @ levels else -0.05)
    return weights(brentq(lambda tilt: float(weights(tilt) @ levels) - mean, -0.05, 0.05))


def _points(one: CategoryScheme) -> Points:
    return np.rint(np.array(list(one.points.values())) * MICRO).astype(np.int64)


def _nearest_above(one: CategoryScheme, wanted: Points, held: Points) -> tuple[NDArray[np.object_], Points]:
    """The nearest category of a scheme, but one that is more than what is held."""
    levels, categories = _points(one), np.array(list(one.points), dtype=object)
    middles = (levels[1:] + levels[:-1]) // 2
    place = np.searchsorted(middles, wanted)
    lowest = np.minimum(np.searchsorted(levels, held, side="right"), len(levels) - 1)
    place = np.maximum(place, lowest)
    return categories[place], levels[place]


# ---------------------------------------------------------------------------------------------- conversions
def _convert(blueprint: Blueprint, requests: pl.DataFrame, conversion: Conversion) -> pl.DataFrame:
    """Who was on the list on that day gets the category just below in the other scheme, where none was published.

    Its annulment, when known by the demo's day, gives back what those who still wait had.
    """
    on = day(conversion.holds_from)
    target = scheme(blueprint.programme, conversion.to)
    closed = pl.min_horizontal("granted", "left")
    after = 0 if conversion.requests_from is None else day(conversion.requests_from)
    hit = requests.select(
        (pl.col("asked") < day(conversion.requests_until))
        & (pl.col("asked") >= after)
        & (pl.col("decided") <= on)
        & (closed > on)
        & (pl.col("origin") == "group")
    ).to_series()
    levels, categories = _points(target), np.array(list(target.points))
    points, held = requests["points"].to_numpy(), requests["points_held"].to_numpy()
    place = np.maximum(
        np.searchsorted(levels, points, side="right") - 1, np.searchsorted(levels, held, side="right")
    )
    place = np.clip(place, 0, len(levels) - 1)
    published = {old: new for old, new in conversion.categories.items() if new in target.points}
    new = pl.Series(categories[place])
    if published:
        known = requests["category"].replace_strict(published, default=None, return_dtype=pl.String)
        new = pl.select(pl.coalesce(known, new)).to_series()
    new_points = new.replace_strict(
        dict(zip(categories, levels.tolist(), strict=True)), return_dtype=pl.Int64
    )
    annulled = conversion.annulled_known_from
    back = annulled is not None and annulled <= blueprint.demo_day
    restored = (
        hit & (requests["group"] > 0) if back else pl.Series([False]).new_from_index(0, requests.height)
    )
    return requests.with_columns(
        converted_on=pl.when(hit).then(pl.lit(on)).otherwise("converted_on"),
        converted_scheme=pl.when(hit).then(pl.lit(target.id)).otherwise("converted_scheme"),
        converted_category=pl.when(hit).then(new).otherwise("converted_category"),
        converted_points=pl.when(hit).then(new_points).otherwise("converted_points"),
        restored_on=pl.when(restored)
        .then(pl.lit(day(annulled) if annulled else NEVER))
        .otherwise("restored_on"),
    )


# ---------------------------------------------------------------------------------------------- parts and costs
def _with_parts(blueprint: Blueprint, requests: pl.DataFrame) -> pl.DataFrame:
    """Add what a partial budget gave (points), and what a grant cost on its day (cents a year)."""
    in_force = np.where(
        requests["converted_on"].to_numpy() < NEVER,
        requests["converted_points"].to_numpy(),
        requests["points"].to_numpy(),
    )
    part = requests["part"].to_numpy()
    share = np.zeros(len(part))
    for partial in blueprint.programme.partials:
        first, last = day(partial.from_), NEVER if partial.until is None else day(partial.until)
        share = np.where((part >= first) & (part < last), partial.share, share)
    held = requests["points_held"].to_numpy()
    given = np.rint((in_force - held) * share).astype(np.int64)
    kept = np.where(requests["part_refused"].to_numpy() < NEVER, 0, given)
    return requests.with_columns(
        in_force=in_force,
        part_points=given,
        part_cents=cents(blueprint, given, part),
        part_share=share,
        grant_points=in_force - held - kept,
        grant_cents=cents(blueprint, in_force - held - kept, requests["granted"].to_numpy()),
    )


def cents(blueprint: Blueprint, points: Points, on: Days) -> Points:
    """What points cost a year at their value on each day, half a cent up; 0 for a day that never comes."""
    values = {d: cents_per_point(blueprint.programme, to_date(d)) for d in np.unique(on[on < NEVER]).tolist()}
    value = np.array([values.get(d, 0) for d in on.tolist()], np.int64)
    return (points * value + MICRO // 2) // MICRO
