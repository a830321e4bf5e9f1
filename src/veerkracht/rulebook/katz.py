"""The Katz category of a resident: from six items, orientation and a diagnosis to O, A, B, C, Cd or D.

Each item is scored from 1 (does it alone) to 4 (wholly dependent on others); 3 and 4 are dependent. Source: BelRAI
wiki, Katz scale in care homes (belraiwiki.health.belgium.be/nl/Wiki.jsp?page=KATZ). The category Cc (comatose) of
older texts is not given: no item tells of it.

The heaviest that holds counts, tried in the order Cd, C, D, B, A, O. That order is our reading; the cases that rest on
it say so in the region's table of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from itertools import product
from typing import Literal, get_args

import polars as pl

from veerkracht.rulebook.errors import Fault

Category = Literal["O", "A", "B", "C", "Cd", "D"]
CATEGORIES: tuple[Category, ...] = get_args(Category)
LEAST, MOST = 1, 4
_DEPENDENT_FROM = 3


class KatzFault(Fault):
    """The items are not those of a Katz scale. `item`: which; `found`, `expected`: what is there, and what should."""

    def __init__(self, item: str, found: object, expected: str):
        super().__init__(f"{item}: found {found}, expected {expected}.")
        self.item, self.found, self.expected = item, found, expected


@dataclass(frozen=True, slots=True)
class Katz:
    """The six items, each from 1 to 4. Raises `KatzFault` for another score."""

    washing: int
    dressing: int
    transfer: int
    toilet: int
    continence: int
    eating: int

    def __post_init__(self) -> None:
        for item in ITEMS:
            score = getattr(self, item)
            if isinstance(score, bool) or not isinstance(score, int) or not LEAST <= score <= MOST:
                raise KatzFault(item, score, f"a whole number from {LEAST} to {MOST}")

    @classmethod
    def of(cls, scores: Mapping[str, object]) -> Katz:
        """The items in a mapping, all six and no other. Raises `KatzFault` naming what lacks or is not known."""
        for item in ITEMS:
            if item not in scores:
                raise KatzFault(item, "nothing", f"a whole number from {LEAST} to {MOST}")
        for name in scores:
            if name not in ITEMS:
                raise KatzFault(str(name)[:40], "an item that is not known", f"one of: {', '.join(ITEMS)}")
        return cls(**scores)  # type: ignore[arg-type]

    def dependent(self) -> tuple[bool, ...]:
        """Of each item, in their order, whether somebody depends on others for it."""
        return tuple(getattr(self, item) >= _DEPENDENT_FROM for item in ITEMS)


ITEMS = tuple(field.name for field in fields(Katz))


def category(items: Katz, *, disoriented: bool, dementia_diagnosed: bool) -> Category:
    """The category. `disoriented`: in time and in place, both. `dementia_diagnosed`: in a written report by a
    neurologist, psychiatrist or geriatrician.
    """
    return _category(items.dependent(), disoriented=disoriented, dementia_diagnosed=dementia_diagnosed)


def categories(table: pl.DataFrame) -> pl.Series:
    """The category of every row, by the same rule. Columns: the six items, `disoriented` and `dementia_diagnosed`.

    Raises `KatzFault` for the first row with an item that is missing or out of range, or with an unknown flag.
    """
    _check(table)
    keys = [*((pl.col(item) >= _DEPENDENT_FROM).alias(item) for item in ITEMS), *_FLAGS]
    found = table.select(keys).join(_every_answer(), on=[*ITEMS, *_FLAGS], how="left", maintain_order="left")
    return found.get_column("category")


_FLAGS = ("disoriented", "dementia_diagnosed")


def _category(dependent: tuple[bool, ...], *, disoriented: bool, dementia_diagnosed: bool) -> Category:
    washing, dressing, transfer, toilet, incontinent, eating = dependent
    body = washing and dressing
    demented = disoriented or dementia_diagnosed
    if demented and body and incontinent and (transfer or toilet or eating):
        return "Cd"
    if body and transfer and toilet and (incontinent or eating):
        return "C"
    if dementia_diagnosed:
        return "D"
    if (body and (transfer or toilet)) or (disoriented and (washing or dressing)):
        return "B"
    if washing or dressing or (disoriented and not any(dependent)):
        return "A"
    return "O"


@cache
def _every_answer() -> pl.DataFrame:
    """The category of all that can be answered, so that whole columns are judged by the very same rule."""
    return pl.DataFrame(list(_answers()), schema=[*ITEMS, *_FLAGS, "category"], orient="row")


def _answers() -> Iterator[tuple[bool | str, ...]]:
    for *dependent, disoriented, diagnosed in product((False, True), repeat=len(ITEMS) + len(_FLAGS)):
        found = _category(tuple(dependent), disoriented=disoriented, dementia_diagnosed=diagnosed)
        yield (*dependent, disoriented, diagnosed, found)


def _check(table: pl.DataFrame) -> None:
    for item in ITEMS:
        wrong = table.filter(~pl.col(item).is_between(LEAST, MOST) | pl.col(item).is_null())
        if wrong.height:
            found = wrong.get_column(item)[0]
            raise KatzFault(
                item, "nothing" if found is None else found, f"a whole number from {LEAST} to {MOST}"
            )
    for flag in _FLAGS:
        if table.get_column(flag).null_count():
            raise KatzFault(flag, "nothing", "true or false")
