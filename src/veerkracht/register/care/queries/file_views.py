"""What a file shows: a person, their requests, and for each what happened and why it stands where it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from veerkracht.register.care.queries.rows import Row
from veerkracht.rulebook.explain import Explanation, Place
from veerkracht.rulebook.types import Programme


@dataclass(frozen=True)
class PersonView:
    """`age` in completed years on the file's day, or on the day of death."""

    number: str
    name: str
    birth_date: date
    age: int
    died_on: date | None
    area: str
    language: str
    fictitious: bool


@dataclass(frozen=True)
class StepView:
    """What happened: from which day it holds, when it was written down and by whom; `sets`: columns it set.

    `late`: it was written down after the day from which it holds.
    """

    id: int
    kind: str
    holds_from: date
    recorded_at: datetime
    by: str
    role: str
    reason: str
    text: str
    round_id: int | None
    sets: dict[str, Any]
    late: bool


@dataclass(frozen=True)
class AssessmentView:
    """What an assessment found: the answers by their names, from which day they hold, and who wrote them down."""

    holds_from: date
    by: str
    role: str
    answers: dict[str, Any]


@dataclass(frozen=True)
class BudgetView:
    """`is_open` while it has not ended; amounts in cents a year; `version`: to say with each change."""

    kind: str
    category: str
    points: Decimal
    amount_cents: int
    from_date: date
    until_date: date | None
    ended_on: date | None
    end_reason: str
    version: int
    is_open: bool


@dataclass(frozen=True)
class LetterView:
    """A decision of a signed round about which the person gets a letter."""

    round_id: int
    date: date
    cost_cents: int
    share: float


@dataclass(frozen=True)
class TurnView:
    """When the turn is likely: dates of percentiles (None: beyond `horizon`), and what that rests on.

    `stale`: the list has changed since it was computed.
    """

    p10: date | None
    p25: date | None
    p50: date | None
    p75: date | None
    p90: date | None
    served_share: float
    horizon: date
    plan: str
    start: date
    runs: int
    computed_at: datetime
    stale: bool


@dataclass(frozen=True)
class LookView:
    """One look at the file, or one change of it."""

    at: datetime
    by: str
    role: str
    verb: str
    purpose: str


@dataclass(frozen=True)
class RequestView:
    """One request. `explanation` holds the conditions, the place and what would change it.

    `version`: to say with each change, so that nobody overwrites what somebody else just did.
    """

    programme: Programme
    row: Row
    version: int
    bundle: int | None
    steps: tuple[StepView, ...]
    assessments: tuple[AssessmentView, ...]
    explanation: Explanation
    turn: TurnView | None
    letters: tuple[LetterView, ...]

    @property
    def place(self) -> Place | None:
        return self.explanation.place
