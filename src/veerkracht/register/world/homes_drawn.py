"""Draws homes with their rooms, and who lived there when: columns, before anything is written.

Totals are those published of all homes, or a part of them; who and where is by luck that hangs on the seed alone. What
no figure says stands in `Habits`: it shapes invented histories and is never shown as a fact. Days are numbers since
1970-01-01.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.region.residence import PublishedHomes
from veerkracht.register.people.actors import Actor
from veerkracht.register.world.calendar import NEVER, Days, day

Luck = np.random.Generator


@dataclass(frozen=True)
class Habits:
    """Assumptions of the demo world: shares, days, and years, so that histories look as in life.

    A stay is short or long, each with its own chance of ending on any day: half of all end within two years, and the
    mean is 2.8 years, as published.
    """

    closed: float = 0.02
    shared: int = 40
    special: int = 5
    short: float = 0.4
    short_days: float = 0.7 * 365.25
    long_days: float = 4.2 * 365.25
    died: float = 0.88
    away: float = 0.012
    was_away: float = 0.35
    age: float = 85.0
    age_spread: float = 6.0
    uneven: float = 0.3


HABITS = Habits()
YOUNGEST, OLDEST = 66, 104
# Of the free rooms of the first home so many were left one after another, from so many days ago: long enough to be
# ready. The two after them were left yesterday and the day before; the others have waited for weeks.
READY, READY_DAYS, NOT_READY = 4, 6, 2
_BETWEEN_DAYS = 2
# Every home of the demo world opened on this day: nobody has been there longer.
OPENED = date(2015, 1, 1)
_FIRST = day(OPENED)


@dataclass(frozen=True)
class Wanted:
    """How many homes for how many people, how full and how heavy; from which day past stays are told, and today."""

    homes: int
    places: int
    extra: int
    occupied: int
    heavy: float
    since: int
    today: int

    @classmethod
    def part(cls, published: PublishedHomes, homes: int, since: int, today: int) -> "Wanted":
        """So many homes, with their part of what was published of all."""
        share = homes / published.homes
        places = round(published.places * share)
        return cls(
            homes=homes,
            places=places,
            extra=round(published.extra * share),
            occupied=round(places * published.occupied),
            heavy=published.heavy,
            since=since,
            today=today,
        )


@dataclass(frozen=True)
class Making:
    """What is made of: in which programme, as published, how much of it, and who is said to have done it."""

    programme: str
    published: PublishedHomes
    wanted: Wanted
    by: Actor


def sizes(wanted: Wanted, luck: Luck) -> NDArray[np.int64]:
    """For how many people each home is; together just what is wanted."""
    weight = np.exp(luck.normal(0, HABITS.uneven, wanted.homes))
    return apportioned(weight, wanted.places)


def apportioned(weight: NDArray[np.float64], total: int) -> NDArray[np.int64]:
    """A total shared out in whole numbers by weight, the largest remainders first."""
    exact = weight / weight.sum() * total
    whole = np.floor(exact).astype(np.int64)
    left = int(total - whole.sum())
    whole[np.argsort(whole - exact, kind="stable")[:left]] += 1
    return whole


def rooms(size: NDArray[np.int64], kinds: tuple[str, ...]) -> pl.DataFrame:
    """One row a room: `home`, `room` (from 1), `kind`, `sleeps`, `ward`. The last kind is for two; one in five of the
    others is of the second kind, in a ward of its own.
    """
    shared = size // HABITS.shared if len(kinds) > 1 else np.zeros_like(size)
    count = size - shared
    home = np.repeat(np.arange(len(size)), count)
    room = np.arange(len(home)) - np.repeat(np.cumsum(count) - count, count) + 1
    of_two = room <= np.repeat(shared, count)
    special = (room > np.repeat(count - count // HABITS.special, count)) & (len(kinds) > 2)
    kind = np.where(of_two, kinds[-1], np.where(special, kinds[min(1, len(kinds) - 1)], kinds[0]))
    return pl.DataFrame(
        {
            "home": home,
            "room": room,
            "kind": kind,
            "sleeps": np.where(of_two, 2, 1),
            "ward": np.where(special, 0, 1 + room // 31),
        }
    )


def closed(rooms_: pl.DataFrame, today: int, luck: Luck) -> Days:
    """Since when rooms are closed for a while (`NEVER`: open): single ones, so that it is known for how many."""
    chosen = (luck.random(rooms_.height) < HABITS.closed) & (rooms_["sleeps"].to_numpy() == 1)
    return np.where(chosen, today - luck.integers(10, 200, rooms_.height), NEVER)


def beds(rooms_: pl.DataFrame, closed_: Days, occupied: int, luck: Luck) -> pl.DataFrame:
    """One row a bed: `unit` (row of its room), `home`, `bed`, `closed` (since when), `taken`. Just so many of the open
    ones are taken.
    """
    sleeps = rooms_["sleeps"].to_numpy()
    unit = np.repeat(np.arange(rooms_.height), sleeps)
    bed = np.arange(len(unit)) - np.repeat(np.cumsum(sleeps) - sleeps, sleeps) + 1
    since = closed_[unit]
    open_ = np.flatnonzero(since == NEVER)
    taken = np.zeros(len(unit), bool)
    taken[luck.choice(open_, min(occupied, len(open_)), replace=False)] = True
    home = rooms_["home"].to_numpy()[unit]
    return pl.DataFrame({"unit": unit, "home": home, "bed": bed, "closed": since, "taken": taken})


def stays(beds_: pl.DataFrame, wanted: Wanted, luck: Luck) -> pl.DataFrame:
    """One row a stay, of now and of the past: `unit`, `home`, `bed`, `start`, `end` (`NEVER`: it goes on), by bed and
    day.
    """
    taken, today, empty = beds_["taken"].to_numpy(), wanted.today, _empty_days(beds_)
    row = np.arange(beds_.height)
    # How long who is there now has been there: a long stay is met more often than a short one.
    start = today - _age(len(row), today - _FIRST, luck)
    found = [(row[taken], start[taken], np.full(taken.sum(), NEVER))]
    free_from = np.minimum(beds_["closed"].to_numpy(), today)
    ended = np.where(taken, start, free_from) - _days(empty, len(row), luck)
    while (going := ended > wanted.since).any():
        row, ended = row[going], ended[going]
        start = np.maximum(ended - _length(len(row), luck), _FIRST)
        found.append((row, start, ended))
        ended = start - _days(empty, len(row), luck)
    bed, begin, end = (np.concatenate(part) for part in zip(*found, strict=True))
    return (
        pl.DataFrame({"row": bed, "start": begin, "end": end})
        .join(beds_.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64)), on="row")
        .sort("row", "start")
        .select("unit", "home", "bed", "start", "end")
    )


def left_lately(stays_: pl.DataFrame, beds_: pl.DataFrame, today: int) -> pl.DataFrame:
    """The same stays, where who last had a free room of the first home left it in the last weeks, one after another:
    most rooms are ready for the next by now, the others nearly so.
    """
    is_free = (~pl.col("taken") & (pl.col("closed") == NEVER)).all()
    free = (
        beds_.filter(pl.col("home") == 0).group_by("unit").agg(is_free=is_free).filter("is_free").sort("unit")
    )
    left_before = _left_days(free.height)
    left = free.select("unit", left=pl.Series(today - left_before, dtype=pl.Int64))
    is_last = pl.col("start") == pl.col("start").max().over("unit", "bed")
    latest = pl.max_horizontal("end", "left")
    found = stays_.join(left, on="unit", how="left", maintain_order="left")
    return found.with_columns(end=pl.when(is_last).then(latest).otherwise("end")).drop("left")


def _left_days(count: int) -> Days:
    """How many days ago each of so many free rooms was left."""
    place = np.arange(count)
    recent = 1 + place - READY
    return np.where(
        (place >= READY) & (place < READY + NOT_READY), recent, READY_DAYS + _BETWEEN_DAYS * place
    )


def _empty_days(beds_: pl.DataFrame) -> float:
    """How long a bed stays empty after somebody left, on average: so that as many were empty before as are now."""
    open_, taken = int((beds_["closed"] == NEVER).sum()), int(beds_["taken"].sum())
    stay = HABITS.short * HABITS.short_days + (1 - HABITS.short) * HABITS.long_days
    return max(1.0, stay * (open_ - taken) / max(taken, 1))


def _length(count: int, luck: Luck) -> Days:
    """How long a stay lasts."""
    mean = np.where(luck.random(count) < HABITS.short, HABITS.short_days, HABITS.long_days)
    return 1 + luck.exponential(mean).astype(np.int64)


def _age(count: int, most: int, luck: Luck) -> Days:
    """How long somebody who is met on a day has been there already, shorter than `most` days."""
    short, long = HABITS.short * HABITS.short_days, (1 - HABITS.short) * HABITS.long_days
    is_short = luck.random(count) < short / (short + long)
    mean = np.where(is_short, HABITS.short_days, HABITS.long_days)
    # Exponential, cut off at the most.
    drawn = -mean * np.log1p(-luck.random(count) * -np.expm1(-(most - 1) / mean))
    return 1 + drawn.astype(np.int64)


def _days(mean: float, count: int, luck: Luck) -> Days:
    return 1 + luck.exponential(mean, count).astype(np.int64)


def absences(stays_: pl.DataFrame, wanted: Wanted, luck: Luck) -> pl.DataFrame:
    """One row an absence: `stay` (its row), `left`, `back` (`NEVER`: still away). At most one a stay."""
    start, end = stays_["start"].to_numpy(), stays_["end"].to_numpy()
    here, count = end == NEVER, stays_.height
    today = wanted.today
    away = here & (luck.random(count) < HABITS.away)
    left = np.maximum(start, today - luck.integers(0, 15, count))
    last = np.minimum(end, today)
    begin = np.maximum(start, wanted.since)
    was = ~away & (luck.random(count) < HABITS.was_away) & (last - begin > 30)
    at = begin + (luck.random(count) * np.maximum(last - begin - 25, 1)).astype(np.int64)
    back = at + luck.integers(1, 21, count)
    stay = np.arange(count)
    return pl.DataFrame(
        {
            "stay": np.concatenate([stay[away], stay[was]]),
            "left": np.concatenate([left[away], at[was]]),
            "back": np.concatenate([np.full(away.sum(), NEVER), back[was]]),
        }
    ).sort("stay")


def births(stays_: pl.DataFrame, luck: Luck) -> Days:
    """When each was born: some age on the day they came."""
    age = np.clip(luck.normal(HABITS.age, HABITS.age_spread, stays_.height), YOUNGEST, OLDEST)
    return stays_["start"].to_numpy() - (age * 365.25).astype(np.int64)


def heavy(stays_: pl.DataFrame, share: float, luck: Luck, first: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Whose care is heavy: just that share of those who are there, and as often of those who were; theirs who come
    `first` before all others'.
    """
    here = stays_["end"].to_numpy() == NEVER
    found = first | (luck.random(stays_.height) < share)
    rows = luck.permutation(np.flatnonzero(here))
    rows = rows[np.argsort(~first[rows], kind="stable")]
    found[rows] = np.arange(len(rows)) < round(share * len(rows))
    return found
