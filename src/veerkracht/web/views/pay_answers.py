"""What was asked about pay, played once and kept for who asks the same again."""

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import polars as pl

from veerkracht import region
from veerkracht.forecast.pay import Asked, Bought, Counted, Moved, Range, buys, cost, counted, moved, rise_of
from veerkracht.forecast.pay.asked import PAY, POSTS, TRAINING, TRAINING_PLACE
from veerkracht.forecast.pay.moved import assumed_part
from veerkracht.region import Region
from veerkracht.region.pay import MOST_PERCENT
from veerkracht.register import clock
from veerkracht.register.staff.queries.columns import SCHEMA, columns
from veerkracht.rulebook.dated import value_on
from veerkracht.rulebook.errors import DateFault

_KEPT = 64

# Counts of the register, as rows that can be told apart.
Rows = tuple[tuple[object, ...], ...]


@dataclass(frozen=True)
class Beside:
    """How as much money works in another way. `bought`: None where the region doesn't say what it costs."""

    kind: str
    bought: Bought | None


@dataclass(frozen=True)
class Known:
    """Which numbers move the outcome most. `assumed`: the part of the swings that rests on assumptions."""

    moved: tuple[Moved, ...]
    assumed: float | None


def answer(asked: Asked, rows: Rows = ()) -> Bought:
    """Raises `ForecastFault` for what can't be asked or played."""
    return _bought(region.current_folder(), asked, rows)


def others(asked: Asked, rows: Rows = ()) -> list[Beside]:
    """What is asked beside the other kinds, each for as much money in a full year; none where it is for no group.

    Raises `ForecastFault`.
    """
    bought = answer(asked, rows)
    if bought.euro is None or not asked.groups:
        return []
    euro = float(bought.euro.mean())
    found = [Beside(asked.kind, bought)]
    for kind in (PAY, POSTS, TRAINING):
        if kind != asked.kind:
            found.append(Beside(kind, _for_as_much(bought, kind, euro, rows)))
    return found


def known(asked: Asked, rows: Rows = ()) -> Known:
    """Raises `ForecastFault` for what can't be asked or played."""
    found = _moved(region.current_folder(), asked, rows)
    return Known(found, assumed_part(found))


def full_cost(asked: Asked) -> Range | None:
    """What a rise costs for all staff of its groups, in a full year; None when that is unknown or no rise is asked."""
    if asked.kind != PAY:
        return None
    here = region.current()
    rises = [rise_of(here, group, asked.number, asked.from_) for group in asked.groups]
    full = cost(here, rises, (asked.from_.year,)).full()
    return None if full is None else Range.of(full)


def counts(rows: Rows) -> Counted:
    """The region with the counts of the register where they are complete enough."""
    frame = pl.DataFrame(list(rows), schema=SCHEMA, orient="row")
    return counted(region.current(), frame, clock.today())


def register_rows() -> Rows:
    """What the register counts of staff today."""
    return tuple(columns(clock.today()).rows())


def _for_as_much(bought: Bought, kind: str, euro: float, rows: Rows) -> Bought | None:
    asked, here = bought.asked, region.current()
    if kind == POSTS:
        return answer(replace(asked, kind=POSTS, number=round(euro, -4)), rows)
    if kind == PAY:
        one = answer(replace(asked, kind=PAY, number=1.0), rows).euro
        percent = round(euro / float(one.mean()), 1) if one is not None else 0.0
        return answer(replace(asked, kind=PAY, number=percent), rows) if 0 < percent <= MOST_PERCENT else None
    each = _training_place(here)
    if not each or here.staff is None:
        return None
    profession = here.staff.professions[0].id
    places = replace(asked, kind=TRAINING, number=round(euro / each), profession=profession, groups=())
    return answer(places, rows) if places.number else None


def _training_place(here: Region) -> float:
    """Euro of one place in training as the file has it; 0 when it doesn't say."""
    named = [one for one in here.pay.parameters if one.id == TRAINING_PLACE] if here.pay else []
    try:
        return value_on(named, clock.today(), TRAINING_PLACE).value if named else 0.0
    except DateFault:
        return 0.0


@lru_cache(maxsize=_KEPT)
def _bought(folder: Path, asked: Asked, rows: Rows) -> Bought:
    """`folder`: of the region that is played."""
    return buys(counts(rows).region if rows else region.current(), asked)


@lru_cache(maxsize=_KEPT)
def _moved(folder: Path, asked: Asked, rows: Rows) -> tuple[Moved, ...]:
    return moved(counts(rows).region if rows else region.current(), asked)
