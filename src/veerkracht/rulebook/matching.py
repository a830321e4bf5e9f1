"""Which places fit a family that needs one now, and in which order they are asked: written rules, on whole columns.

A place is a service with what is free there. A rule names the columns below: what the family needs, what the service
takes, how far it is. Every place gives its reasons; one that is left out for safety does not say which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.tables import on_date, run
from veerkracht.rulebook.types import Dated, Text

# What a rule may name: type, meaning.
COLUMNS: dict[str, tuple[pl.DataType, Text]] = {
    "id": (pl.Int64(), Text("nummer van de dienst", "number of the service")),
    "persons": (pl.Int64(), Text("hoeveel personen een plaats zoeken", "how many persons need a place")),
    "adults": (pl.Int64(), Text("hoeveel van hen volwassen zijn", "how many of them are adults")),
    "children": (pl.Int64(), Text("hoeveel van hen kinderen zijn", "how many of them are children")),
    "youngest": (pl.Int64(), Text("leeftijd van het jongste kind", "age of the youngest child")),
    "oldest": (pl.Int64(), Text("leeftijd van het oudste kind", "age of the oldest child")),
    "pets": (pl.Int64(), Text("hoeveel huisdieren meekomen", "how many pets come along")),
    "wheelchair": (pl.Boolean(), Text("iemand gebruikt een rolstoel", "somebody uses a wheelchair")),
    "nights": (pl.Int64(), Text("voor hoeveel nachten", "for how many nights")),
    "furthest_km": (pl.Float64(), Text("hoogstens zo ver, in kilometer", "no farther than this, in kilometres")),
    "takes_adults": (pl.Boolean(), Text("neemt volwassenen op", "takes in adults")),
    "from_age": (pl.Int64(), Text("vanaf welke leeftijd kinderen", "children from this age")),
    "to_age": (pl.Int64(), Text("tot en met welke leeftijd kinderen", "children up to and with this age")),
    "takes_pets": (pl.Boolean(), Text("huisdieren mogen mee", "pets may come")),
    "step_free": (pl.Boolean(), Text("toegankelijk met een rolstoel", "accessible with a wheelchair")),
    "secret": (pl.Boolean(), Text("op een geheim adres", "at a secret address")),
    "free_units": (pl.Int64(), Text("vrije plaatsen", "free places")),
    "units_needed": (pl.Int64(), Text("nodige plaatsen, leeg: het past niet", "places needed, empty: does not fit")),
    "spare_beds": (pl.Int64(), Text("bedden die dan leeg blijven", "beds that then stay empty")),
    "zone_step": (pl.Int64(), Text("0 in de eigen zone, dan de terugval", "0 in one's own zone, then the fall-back")),
    "km": (pl.Float64(), Text("kilometer ver; geheim: tussen zones", "kilometres away; secret: between zones")),
    "school_km": (pl.Float64(), Text("als km, van de verste school", "as km, to the farthest school of a child")),
    "work_km": (pl.Float64(), Text("als km, van het verste werk", "as km, to the farthest work of an adult")),
    "near_km": (pl.Float64(), Text("als km, van school of werk samen", "as km, to school or work, not told apart")),
    "avoid_km": (pl.Float64(), Text("afstand tot wat gemeden wordt", "distance to what is avoided")),
    "avoided_name_there": (pl.Boolean(), Text("iemand die gemeden wordt, is er", "somebody to avoid is there")),
    "languages_asked": (pl.Int64(), Text("gevraagde talen", "languages asked for")),
    "languages_shared": (pl.Int64(), Text("daarvan gesproken talen", "languages of these spoken there")),
    "told_hours": (pl.Float64(), Text("uren sinds de laatste bevestiging", "hours since last confirmed")),
    "refused_before": (pl.Boolean(), Text("weigerde al voor deze zoektocht", "refused for this search already")),
}  # fmt: skip
FIT = "fit."
KEY = "key."


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit(Dated):
    """What must hold for a place to be asked. `is_safety`: when it does not, only that it is for safety is told."""

    id: str
    rule: str
    reason: Text
    unmet: Text
    is_safety: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Preference(Dated):
    """Which of two places that fit is asked first: the one with the lowest value; unknown comes last.

    `reason`: in words, with the value in `{value}` where it says something.
    """

    id: str
    rule: str
    reason: Text


@dataclass(frozen=True, slots=True)
class Matching:
    """The rules of a region. The most important preference first; at the end the number of the service."""

    fits: tuple[Fit, ...] = ()
    preferences: tuple[Preference, ...] = ()


def judged(places: pl.DataFrame, rules: Matching, on: date) -> pl.DataFrame:
    """The places with a column `fit.<id>` for each condition and `key.<id>` for each preference that holds on a day.

    An unknown fact meets no condition. Raises `TableFault` when a column that a rule names is not there.
    """
    prepared = on_date(places, on)
    fits = [
        run(prepared, fit.rule, fit.id).fill_null(value=False).alias(FIT + fit.id)
        for fit in all_on(rules.fits, on)
    ]
    keys = [
        run(prepared, one.rule, one.id).cast(pl.Float64()).alias(KEY + one.id)
        for one in all_on(rules.preferences, on)
    ]
    return places.with_columns(*fits, *keys)


def in_order(table: pl.DataFrame) -> pl.DataFrame:
    """Of judged places those that meet every condition, the first to be asked first."""
    fits = [name for name in table.columns if name.startswith(FIT)]
    keys = [name for name in table.columns if name.startswith(KEY)]
    fitting = table.filter(pl.all_horizontal(pl.lit(value=True), *map(pl.col, fits)))
    return fitting.sort([*keys, "id"], nulls_last=True)


def left_out(table: pl.DataFrame) -> dict[str, int]:
    """Of judged places that can't be asked, how many do not meet each condition; none that all meet."""
    counts = {
        name.removeprefix(FIT): int((~table[name]).sum()) for name in table.columns if name.startswith(FIT)
    }
    return {id: count for id, count in counts.items() if count}


def choose(sleeps: Sequence[int], persons: int) -> tuple[int, ...] | None:
    """The places, by their position, in which so many persons sleep: as few places as can be; None when they don't.

    The last of them is the smallest that is enough, so that large ones stay for large families.
    """
    by_size = sorted(range(len(sleeps)), key=lambda one: (-sleeps[one], one))
    taken: list[int] = []
    left = persons
    while left > 0:
        rest = by_size[len(taken) :]
        if not rest:
            return None
        enough = [one for one in rest if sleeps[one] >= left]
        # `rest` goes from large to small, and of equal ones the first is meant.
        taken.append(min(enough, key=lambda one: (sleeps[one], one)) if enough else rest[0])
        left -= sleeps[taken[-1]]
    return tuple(taken)
