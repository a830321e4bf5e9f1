"""How many places the staff of a service can keep open, by the norm of that kind of help: pure functions.

A norm says how much staff goes with how many places (13 carers with 30 residents), of professions together. Places
are staffed one after another, in the order in which they are given, as long as no norm runs short. Norms may overlap
(5 of the 13 are nurses): each is counted by itself. Everything is exact, in fractions of a full-time equivalent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import groupby

from veerkracht.rulebook.types import Dated, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm(Dated):
    """`fte` full-time equivalents of some professions together for so many `places`.

    `kind`: of places (`Unit.kind` of the register); "" for every kind without a norm of its own. `low`, `high`: what
    else is said of `fte`, or seen in practice.
    """

    id: str
    text: Text
    professions: tuple[str, ...]
    fte: Fraction
    places: int
    kind: str = ""
    low: Fraction | None = None
    high: Fraction | None = None

    @property
    def per_place(self) -> Fraction:
        """Full-time equivalents for one place."""
        return self.fte / self.places


def in_force(norms: Iterable[Norm], on: date) -> tuple[Norm, ...]:
    """The norms that hold on a day."""
    return tuple(norm for norm in norms if norm.holds(on))


def of_kind(norms: Sequence[Norm], kind: str) -> tuple[Norm, ...]:
    """The norms for a kind of place: its own when it has some, else those for every kind."""
    own = tuple(norm for norm in norms if norm.kind == kind)
    return own or tuple(norm for norm in norms if not norm.kind)


def available(norms: Iterable[Norm], fte: Mapping[str, Fraction]) -> dict[str, Fraction] | None:
    """By norm, the staff there is for it; None when the staff of a profession that one asks for is not known."""
    asked = tuple(norms)
    if any(profession not in fte for norm in asked for profession in norm.professions):
        return None
    return {norm.id: sum((fte[one] for one in norm.professions), Fraction()) for norm in asked}


def staffed(norms: Sequence[Norm], kinds: Sequence[str], there_is: Mapping[str, Fraction]) -> list[bool]:
    """Of places in this order, by their kinds: which can be staffed with what `available` says there is."""
    left, found = dict(there_is), list[bool]()
    for kind, same in groupby(kinds):
        asked = [(norm.id, norm.per_place) for norm in of_kind(norms, kind)]
        places = len(list(same))
        # When one does not fit, no other of its kind after it does: nothing is used in between.
        fit = min([places, *(max(int(left[id] // share), 0) for id, share in asked if share)])
        for id, share in asked:
            left[id] -= fit * share
        found += [True] * fit + [False] * (places - fit)
    return found


def needed(norms: Sequence[Norm], kinds: Iterable[str]) -> dict[str, Fraction]:
    """By norm, the full-time equivalents that so many places of these kinds ask for."""
    total = {norm.id: Fraction() for norm in norms}
    for kind, places in Counter(kinds).items():
        for norm in of_kind(norms, kind):
            total[norm.id] += places * norm.per_place
    return total


def left_after(
    norms: Sequence[Norm], kinds: Iterable[str], there_is: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """By norm, the staff that is left when places of these kinds are taken; below zero when they had too little."""
    used = needed(norms, kinds)
    return {id: there - used.get(id, 0) for id, there in there_is.items()}
