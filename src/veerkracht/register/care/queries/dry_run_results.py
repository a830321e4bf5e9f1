"""What a round would do (`dry_runs`), rounded or not."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register.care.queries.round_views import Line, NotEligible, PotView
from veerkracht.rulebook.rounds import Basis
from veerkracht.rulebook.types import Programme, Split


@dataclass(frozen=True)
class Outcome:
    """What a split does with the money, in cents a year; `granted` and `waiting` count requests."""

    split: Split
    pots: tuple[PotView, ...]
    elsewhere_cents: int
    spent_cents: int
    left_cents: int
    granted: int
    waiting: int


@dataclass(frozen=True)
class Comparison:
    """Another split beside the one that holds: who only gets something there, and who only here.

    Lines are the first of each; they are empty for who may see no requests, the counts are not.
    """

    other: Outcome
    gains: int
    losses: int
    gaining: tuple[Line, ...]
    losing: tuple[Line, ...]


@dataclass(frozen=True)
class DryRun:
    """A round that isn't. `free_cents`: what there is to hand out; `within_money`: the round fits in it.

    `not_eligible`: why waiting requests take no part, and how many they are together (`kept_out`).
    """

    programme: Programme
    on: date
    money_cents: int
    basis: Basis
    outcome: Outcome
    kept_out: int
    not_eligible: tuple[NotEligible, ...]
    free_cents: int
    within_money: bool
    comparison: Comparison | None
