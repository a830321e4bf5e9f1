"""Splits of a sum of money over uses: which are allowed, and a set of them that is spread evenly to begin with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.faults import ForecastFault
from veerkracht.rulebook.types import Text

_MOST_POINTS = 30
_HALVINGS = 80
_HAIR = 1e-6  # what halving leaves below a whole euro

_BUDGET = Text(
    "Een bedrag van {budget} euro kan niet verdeeld worden: een bedrag boven 0 wordt verwacht.",
    "A budget of {budget} euro can't be split: expected an amount above 0.",
)
_NEGATIVE = Text(
    "Voor {use} kan {euro} euro geen grens zijn: een bedrag vanaf 0 wordt verwacht.",
    "{euro} euro can't be a bound for {use}: expected an amount of 0 or more.",
)
_CROSSED = Text(
    "Voor {use} is ten minste {least} euro meer dan ten hoogste {most} euro: verlaag het ene of verhoog het andere.",
    "For {use} at least {least} euro is more than at most {most} euro: lower the one or raise the other.",
)
_TOO_MUCH = Text(
    "Wat ten minste gegeven moet worden, {least} euro samen, is meer dan het bedrag van {budget} euro: vraag minder of "
    "verdeel meer.",
    "What must at least be given, {least} euro together, is more than the budget of {budget} euro: ask less, or split "
    "more.",
)


@dataclass(frozen=True)
class Limits:
    """What may be given to each use, in the order of `ids`, out of `budget` euro a year."""

    ids: tuple[str, ...]
    budget: float
    least: Real
    most: Real

    def allowed(self, split: Real) -> Real:
        """The nearest split that is allowed: within its bounds, and not a euro more than the budget in all."""

        def less(by: float) -> Real:
            return np.asarray(np.clip(split - by, self.least, self.most), np.float64)

        if less(0.0).sum() <= self.budget:
            return less(0.0)
        # Everybody gives up the same, within bounds; where that is just enough is found by halving.
        low, high = 0.0, float(np.max(split - self.least))
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            low, high = (middle, high) if less(middle).sum() > self.budget else (low, middle)
        return less(high)

    def whole(self, split: Real) -> tuple[int, ...]:
        """An allowed split in whole euro and round sums, never more than the budget together."""
        allowed = self.allowed(split)
        least = np.ceil(self.least).astype(int)
        most = np.floor(self.most).astype(int)
        rounded = np.floor((allowed + _HAIR) / self._step).astype(int) * self._step
        euro = np.clip(rounded, least, np.maximum(least, most))
        spent_all = allowed.sum() > self.budget - len(allowed)
        left = int(self.budget) - int(euro.sum())
        if spent_all or left < 0:
            # The rest goes to whom has most and may have more; what is too much comes from whom can miss it.
            for number in np.argsort(-allowed):
                changed = int(np.clip(euro[number] + left, least[number], max(least[number], most[number])))
                left -= changed - int(euro[number])
                euro[number] = changed
        return tuple(int(one) for one in euro)

    @property
    def _step(self) -> int:
        """Round sums: about a thousandth of the budget."""
        return int(max(1, 10 ** (np.floor(np.log10(self.budget)) - 3)))

    def points(self) -> list[tuple[int, ...]]:
        """Splits to begin with: what is free in equal parts, laid out over the uses in all ways; some tens of them."""
        free = self.budget - self.least.sum()
        uses = len(self.ids)
        parts = next(
            (parts for parts in range(6, 1, -1) if comb(parts + uses - 1, uses - 1) <= _MOST_POINTS), 1
        )
        found = [self.whole(self.least + free * shares / parts) for shares in _lattice(uses, parts)]
        found.append(self.equal())
        return list(dict.fromkeys(found))

    def equal(self) -> tuple[int, ...]:
        """The same to each, as far as the bounds allow."""
        free = self.budget - self.least.sum()
        return self.whole(self.least + free / len(self.ids))


def limits(
    ids: Sequence[str], budget: float, least: Mapping[str, float], most: Mapping[str, float]
) -> Limits:
    """The bounds as somebody asks them. Raises `ForecastFault` when no split can keep them."""
    if not 0 < budget < np.inf:
        raise ForecastFault(_BUDGET.fill(budget=f"{budget:g}"))
    for use, euro in (*least.items(), *most.items()):
        if not 0 <= euro < np.inf:
            raise ForecastFault(_NEGATIVE.fill(use=use, euro=f"{euro:g}"))
    low = np.array([least.get(id, 0.0) for id in ids], np.float64)
    high = np.array([min(most.get(id, budget), budget) for id in ids], np.float64)
    for id, one, other in zip(ids, low, high, strict=True):
        if one > other and id in most:
            raise ForecastFault(_CROSSED.fill(use=id, least=f"{one:,.0f}", most=f"{other:,.0f}"))
    if low.sum() > budget:
        raise ForecastFault(_TOO_MUCH.fill(least=f"{low.sum():,.0f}", budget=f"{budget:,.0f}"))
    return Limits(tuple(ids), float(budget), low, high)


def _lattice(uses: int, parts: int) -> Iterator[Real]:
    """All ways to lay so many equal parts over the uses (stars and bars)."""
    for bars in combinations(range(parts + uses - 1), uses - 1):
        edges = np.array([-1, *bars, parts + uses - 1])
        yield np.asarray(np.diff(edges) - 1, np.float64)
