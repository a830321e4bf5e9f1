"""Help that is given at once or not at all: nobody waits for it, so it has no list and no order of requests.

What takes their place: kinds of help, which places fit and in which order they are asked (`matching`), how long a stay
may last (`stay_terms`) and what can follow. A programme file says it with `handout = "now"`.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from veerkracht.rulebook.matching import Fit, Matching, Preference
from veerkracht.rulebook.stay_terms import StayNorm
from veerkracht.rulebook.types import Assumption, Programme, Source, Text

NOW = "now"
# What somebody occupies who is helped: so many beds, or one place whoever comes.
BEDS, CASE = "beds", "case"
# What can be done when a norm is nearly over: the verbs that the register knows.
HAND_OVER, EXTEND, END, CONSENT, CONSULT = "hand-over", "extend", "end", "consent", "consult"
DOES = (HAND_OVER, EXTEND, END, CONSENT, CONSULT)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of help that is sought. `fills`: `BEDS` or `CASE`. `hold_minutes`: how long a desk may hold a place.

    `minors`: for children and young people alone, without an adult. `secret`: at addresses that nobody may know.
    """

    id: str
    name: Text
    text: Text
    fills: str
    hold_minutes: int
    minors: bool
    secret: bool
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Follow:
    """What can be done when a norm is nearly over. `does`: which of the register's verbs it is, one of `DOES`.

    `programmes`: to which kinds of help is handed over; none named: to every one. `for_children`: those of them that
    are asked for the children alone.
    """

    id: str
    name: Text
    does: str
    text: Text = field(default_factory=Text)
    programmes: tuple[str, ...] = ()
    for_children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NowProgramme(Programme):
    """A kind of help that is given at once or not at all: everything its file says."""

    help_kinds: tuple[Kind, ...] = ()
    fits: tuple[Fit, ...] = ()
    preferences: tuple[Preference, ...] = ()
    norms: tuple[StayNorm, ...] = ()
    follows: tuple[Follow, ...] = ()

    @property
    def matching(self) -> Matching:
        """Which places fit, and in which order they are asked."""
        return Matching(self.fits, self.preferences)
