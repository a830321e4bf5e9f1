"""Plays the published stocks quarter by quarter: who enters a group, moves up, leaves or is granted, and when.

Between two published days the stock follows a straight line; arrivals or grants are what balances it. In one quarter a
request has at most one event, so that no event can overtake its cause. Days are numbers since 1970-01-01.
"""

from dataclasses import dataclass, field

import numpy as np
import polars as pl

from veerkracht.register.world.blueprint import Blueprint
from veerkracht.register.world.calendar import NEVER, YEAR, Days, day, to_date, year_of
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.types import Partial

MOVED, GRANTED, PARTLY, PART_REFUSED, LEFT = "moved", "granted", "partly", "part-refused", "left"
# A round falls in the middle of a quarter and serves who was on the list when the quarter began.
ROUND_DAY = 46


@dataclass
class Flow:
    """One row a request: when it was asked, when it entered which group, where it stands at the end.

    `group` 0: it has left. `shielded`: the last day until which nothing may happen to it, for it is published as the
    next in line. `events`: (request, day, what, group).
    """

    asked: Days
    entered: Days
    first_group: Days
    group: Days
    priority: Days
    shielded: Days
    partial: Days
    events: list[tuple[Days, Days, str, int]] = field(default_factory=list)
    rounds: list[int] = field(default_factory=list)

    @property
    def size(self) -> int:
        return len(self.asked)

    def add(self, asked: Days, entered: Days, group: int) -> Days:
        """Append requests that enter a group with the day of the request as their priority date; gives their rows."""
        rows = np.arange(self.size, self.size + len(asked))
        here = np.full(len(asked), group, np.int64)
        none = np.zeros(len(asked), np.int64)
        added = (asked, entered, here, here, asked, none, none)
        names = ("asked", "entered", "first_group", "group", "priority", "shielded", "partial")
        for name, values in zip(names, added, strict=True):
            setattr(self, name, np.concatenate([getattr(self, name), values]))
        return rows

    def happen(self, rows: Days, days: Days, what: str, group: int = 0) -> None:
        if len(rows):
            self.events.append((rows, days, what, group))

    def frame(self) -> pl.DataFrame:
        """The events: request, day, what, group; in order of request and day."""
        parts = [
            pl.DataFrame({"request": rows, "day": days}).with_columns(
                pl.lit(what).alias("what"), pl.lit(group).cast(pl.Int64).alias("group")
            )
            for rows, days, what, group in self.events
        ]
        empty = pl.DataFrame(
            schema={"request": pl.Int64, "day": pl.Int64, "what": pl.String, "group": pl.Int64}
        )
        return pl.concat([empty, *parts]).sort("request", "day", maintain_order=True)


def play(blueprint: Blueprint, rng: np.random.Generator) -> Flow:
    """All requests that ever were in a priority group, from the first published day to the world's date."""
    none = np.empty(0, np.int64)
    flow = Flow(none, none, none, none, none, none, none)
    for group in range(1, blueprint.groups + 1):
        _first_stock(flow, blueprint, group, rng)
    arrivals = planned_arrivals(blueprint)
    for number in range(1, len(blueprint.grid)):
        _Quarter(flow, blueprint, number, rng).play(arrivals[number])
    return flow


# ---------------------------------------------------------------------------------------------- the first stock
def _first_stock(flow: Flow, blueprint: Blueprint, group: int, rng: np.random.Generator) -> None:
    """Who waits in a group on the first published day: dates from the published next in line on."""
    count, today = int(blueprint.stocks[0, group - 1]), blueprint.grid[0]
    fronts = sorted({front.date for front in blueprint.fronts[group - 1] if front.date <= today})[:count]
    asked = _first_dates(blueprint, group, count, fronts, rng)
    entered = np.where(
        asked < day(blueprint.programme.begins), blueprint.taken_over, asked + _delay(rng, group, count)
    )
    rows = flow.add(asked, np.minimum(entered, today), group)
    for place, date in enumerate(fronts):
        flow.shielded[rows[place]] = _shielded_until(blueprint, group, date)


def _first_dates(
    blueprint: Blueprint, group: int, count: int, fronts: list[int], rng: np.random.Generator
) -> Days:
    """Each published next in line; a few between the first and the last of those, gone by then; the others after it."""
    today = blueprint.grid[0]
    oldest, newest = (fronts[0], fronts[-1]) if fronts else (today - int(3 * YEAR),) * 2
    between = round(0.004 * count) if newest > oldest else 0
    after = max(count - len(fronts) - between, 0)
    latest = max(today - 45, newest + 2)
    # Most of the last group were taken over from an older register; the middle one filled up in its first years.
    crowd = {1: 0.8, blueprint.groups: 0.75}.get(group, 3.5)
    return np.concatenate(
        [
            np.array(fronts, np.int64),
            rng.integers(oldest + 1, max(newest, oldest + 2), min(between, count - len(fronts) - after)),
            newest + 1 + ((latest - newest - 1) * rng.random(after) ** crowd).astype(np.int64),
        ]
    )


def _shielded_until(blueprint: Blueprint, group: int, date: int) -> int:
    return max(front.on for front in blueprint.fronts[group - 1] if front.date == date)


def _delay(rng: np.random.Generator, group: int, count: int) -> Days:
    """Days from the request to the decision on the group: weeks for the most urgent, months for others."""
    low, high = (7, 40) if group == 1 else (45, 170)
    return rng.integers(low, high, count)


# ---------------------------------------------------------------------------------------------- what is planned
def planned_arrivals(blueprint: Blueprint) -> list[int]:
    """How many come into the first group in each quarter (moves included), so that grants fit the year's figure."""
    grid, stock = blueprint.grid, blueprint.stocks[:, 0]
    plan, usual = [0] * len(grid), 0.0
    for year in sorted({year_of(end) for end in grid[1:]}):
        quarters = [n for n in range(1, len(grid)) if year_of(grid[n]) == year]
        last, before = quarters[-1], quarters[0] - 1
        granted = blueprint.granted(blueprint.programme.groups[0].id, year)
        leaving = exit_rate(blueprint, 1, grid[last]) / 4 * stock[before:last].sum()
        coming = usual * len(quarters) if granted is None else stock[last] - stock[before] + granted + leaving
        fixed = int(stock[last]) if _swept(blueprint, last) else None
        free = quarters[:-1] if fixed is not None else quarters
        rest = max(coming - (fixed or 0), 0) if granted is not None else usual * len(free)
        for n in free:
            plan[n] = round(rest / len(free))
        if fixed is not None:
            plan[last] = fixed
        usual = sum(plan[n] for n in quarters) / len(quarters)
    return plan


def exit_rate(blueprint: Blueprint, group: int, on: int) -> float:
    """Share of a group's stock that leaves in a year without a budget."""
    name = blueprint.programme.groups[group - 1].id
    return blueprint.parameter(f"exit.{name}", on, blueprint.habits.leave)


def _swept(blueprint: Blueprint, number: int) -> bool:
    """Whether at the end of this quarter nobody from before it is left in the first group, by its published front."""
    end, begin = blueprint.grid[number], blueprint.grid[number - 1]
    return any(front.on == end and front.date > begin for front in blueprint.fronts[0])


# ---------------------------------------------------------------------------------------------- one quarter
class _Quarter:
    def __init__(self, flow: Flow, blueprint: Blueprint, number: int, rng: np.random.Generator):
        self.flow, self.blueprint, self.number, self.rng = flow, blueprint, number, rng
        self.begin, self.end = blueprint.grid[number - 1], blueprint.grid[number]
        self.length = (self.end - self.begin) / YEAR
        self.round_day = min(self.begin + ROUND_DAY, self.end)
        self.moved_in = dict.fromkeys(range(blueprint.groups + 1), 0)
        self.busy: Days = np.empty(0, np.int64)
        flow.rounds.append(self.round_day)

    def play(self, planned: int) -> None:
        self._hand_out_parts()
        here = {group: self._stock(group) for group in range(1, self.blueprint.groups + 1)}
        for group in range(self.blueprint.groups, 0, -1):
            self._play_group(group, here[group], planned)

    def _stock(self, group: int) -> Days:
        return np.flatnonzero(self.flow.group == group)

    def _play_group(self, group: int, stock: Days, planned: int) -> None:
        front = self._front(group)
        free = self.rng.permutation(stock[self.flow.shielded[stock] < self.end])
        free = free[self.flow.entered[free] <= self.begin]
        free = free[~np.isin(free, self.busy)]
        leaving, free = _take(free, self._number(self._leaving(group) * len(stock)))
        moving, free = _take(free, 0 if group == 1 else self._number(self._rising(group) * len(stock)))
        gone = len(leaving) + len(moving)
        wanted = int(self.blueprint.stocks[self.number, group - 1])
        come = len(stock) - gone + self.moved_in[group] - wanted
        granted = self._next_in_line(free, self._grants(group, come, planned, free, front), front)
        free = np.setdiff1d(free, granted, assume_unique=True)
        too_old = free[self.flow.priority[free] < front]
        # What stays too many, though nobody arrives, leaves; what is too few arrives.
        spare, _ = _take(np.setdiff1d(free, too_old), max(come - len(granted) - len(too_old), 0))
        self._leave(np.concatenate([leaving, too_old, spare]))
        self._move_up(moving, group)
        self._grant(granted)
        self._arrive(group, max(len(granted) + len(too_old) - come, 0))

    def _grants(self, group: int, come: int, planned: int, free: Days, front: int) -> int:
        """How many get a budget; in the first group as many as makes room for those who are planned to arrive."""
        if group > 1:
            return self._later_grants(group)
        below = int((self.flow.priority[free] < front).sum())
        if _swept(self.blueprint, self.number):
            return below
        return max(come + max(planned - self.moved_in[group], 0), below)

    def _later_grants(self, group: int) -> int:
        """Whole budgets outside the first group, where a figure of the year says that there were any."""
        name = self.blueprint.programme.groups[group - 1].id
        year = year_of(self.end)
        if any(partial.group == name and year >= partial.from_.year for partial in self._partials()):
            return 0
        # Where only the sum of the later groups is known, the first of them had it.
        together = self.blueprint.granted_beyond_first(year) if group == 2 else 0.0
        return self._number((self.blueprint.granted(name, year) or together) / 4)

    def _leaving(self, group: int) -> float:
        """Share of the stock that leaves in this quarter without a budget."""
        return exit_rate(self.blueprint, group, self.end) * self.length

    def _rising(self, group: int) -> float:
        """Share of the stock that moves up one group in this quarter."""
        groups = self.blueprint.programme.groups
        name = f"move.{groups[group - 1].id}.{groups[group - 2].id}"
        return self.blueprint.parameter(name, self.end, self.blueprint.habits.move_up) * self.length

    def _number(self, expected: float) -> int:
        """A whole number that is on average what was expected."""
        whole = int(expected)
        return whole + int(self.rng.random() < expected - whole)

    def _front(self, group: int) -> int:
        """Nobody with an older priority date may be left at the end of this quarter."""
        return max((f.date for f in self.blueprint.fronts[group - 1] if f.on <= self.end), default=0)

    def _next_in_line(self, free: Days, count: int, front: int) -> Days:
        """Who is served: by priority date, but some files were not complete in time and wait for a later round."""
        late = np.where(self.rng.random(len(free)) < self.blueprint.habits.incomplete, 200, 0)
        date = self.flow.priority[free]
        turn = np.where(date < front, date - NEVER, date + late)
        return free[np.lexsort((free, turn))[:count]]

    def _days(self, count: int) -> Days:
        return self.rng.integers(self.begin + 1, self.end + 1, count)

    def _leave(self, rows: Days) -> None:
        # Not on the last day, on which stocks are counted: then it is clear who is in them.
        self.flow.happen(rows, self.rng.integers(self.begin + 1, self.end, len(rows)), LEFT)
        self.flow.group[rows] = 0

    def _move_up(self, rows: Days, group: int) -> None:
        days = np.maximum(self._days(len(rows)), self._front(group - 1))
        self.flow.happen(rows, days, MOVED, group - 1)
        self.flow.group[rows], self.flow.priority[rows] = group - 1, days
        self.moved_in[group - 1] += len(rows)

    def _grant(self, rows: Days) -> None:
        self.flow.happen(rows, np.full(len(rows), self.round_day), GRANTED)
        self.flow.group[rows] = 0

    def _arrive(self, group: int, count: int) -> None:
        if group == 1:
            asked = self.rng.integers(self.begin + 1, self.end - 9, count)
            entered = np.minimum(asked + _delay(self.rng, group, count), self.end)
        else:
            entered = self._days(count)
            asked = entered - _delay(self.rng, group, count)
        new_fronts = {f.date for f in self.blueprint.fronts[group - 1] if self.begin < f.date <= self.end}
        for place, date in enumerate(sorted(new_fronts)[:count]):
            asked[place], entered[place] = date, min(date + 20, self.end)
        rows = self.flow.add(asked, entered, group)
        for place, date in enumerate(sorted(new_fronts)[:count]):
            self.flow.shielded[rows[place]] = _shielded_until(self.blueprint, group, date)

    # partial budgets
    def _partials(self) -> tuple[Partial, ...]:
        return self.blueprint.programme.partials

    def _hand_out_parts(self) -> None:
        """The first round of a partial budget, and one a quarter later for those who take the place of who refused."""
        for partial in self._partials():
            first = day(partial.from_)
            group = next(g.number for g in self.blueprint.programme.groups if g.id == partial.group)
            number = self.blueprint.granted(partial.group, year_of(first))
            if number is None:
                continue
            rate = self.blueprint.parameter(
                f"decline.{partial.group}", first, self.blueprint.habits.refused_part
            )
            refusing = round(number * rate)
            if self.begin < first <= self.end:
                self._parts(partial, group, round(number), first, refusing)
            elif self.begin - 100 < first <= self.begin:
                self._parts(partial, group, refusing, self.round_day, 0)

    def _parts(self, partial: Partial, group: int, count: int, on: int, refusing: int) -> None:
        rows = self._stock(group)
        rows = rows[np.lexsort((rows, self.flow.priority[rows]))]
        rows = rows[(self.flow.partial[rows] == 0) & self._may_have_part(rows, group, on)][:count]
        self.flow.happen(rows, np.full(len(rows), on), PARTLY, group)
        self.flow.partial[rows] = on
        self.busy = np.concatenate([self.busy, rows])
        no = self.rng.permutation(rows)[:refusing]
        self.flow.happen(
            no, np.minimum(on + self.rng.integers(10, 28, len(no)), self.end), PART_REFUSED, group
        )
        self.flow.partial[no] = -1

    def _may_have_part(self, rows: Days, group: int, on: int) -> np.ndarray:
        """By the programme's own rule."""
        table = pl.DataFrame(
            {
                "id": rows,
                "priority_group": np.full(len(rows), group),
                "priority_date": pl.Series(self.flow.priority[rows]).cast(pl.Int32).cast(pl.Date),
                "birth_date": pl.Series([to_date(0)]).new_from_index(0, len(rows)),
                "partial": self.flow.partial[rows] != 0,
                "route": pl.Series([""]).new_from_index(0, len(rows)),
            }
        )
        parts = share(table, self.blueprint.programme, to_date(on)).to_numpy()
        return (parts > 0) & (parts < 1)


def _take(rows: Days, count: int) -> tuple[Days, Days]:
    count = min(count, len(rows))
    return rows[:count], rows[count:]
