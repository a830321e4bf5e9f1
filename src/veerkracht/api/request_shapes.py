"""What a request looks like in JSON, whole or as a line of the list."""

from datetime import date, datetime
from typing import Any

from ninja import Schema

from veerkracht.api.shapes import Words
from veerkracht.register.care.queries.file_views import RequestView
from veerkracht.register.care.queries.files import FileView


class ExpectedTurn(Schema):
    """Dates of percentiles; null lies beyond `horizon`."""

    p10: date | None
    p50: date | None
    p90: date | None
    served_share: float
    horizon: date


class Row(Schema):
    """A line of the list. `amount_cents` a year: what a full grant takes; null when not known."""

    number: str
    person_number: str
    name: str
    birth_date: date
    kind: str
    state: str
    priority_group: int
    priority_date: date | None
    route: str
    request_date: date
    area: str
    area_name: str
    scheme: str
    category: str
    points: float
    points_held: float
    partial: bool
    amount_cents: int | None
    respond_by: date | None
    overdue: bool
    turn: ExpectedTurn | None


class Page(Schema):
    """`on`, `known`: of which day the list is. The cursors are "" at its ends."""

    rows: list[Row]
    next_cursor: str
    previous_cursor: str
    on: date
    known: date | None


class Person(Schema):
    number: str
    name: str
    birth_date: date
    age: int
    died_on: date | None
    area: str | None
    language: str
    fictitious: bool


class Step(Schema):
    """What happened. `late`: written down after the day from which it holds. `sets`: what it changed."""

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


class Budget(Schema):
    """Amounts in cents a year."""

    kind: str
    category: str
    points: float
    amount_cents: int
    from_date: date
    until_date: date | None
    ended_on: date | None
    end_reason: str
    version: int
    is_open: bool


class Turn(Schema):
    """When the turn is likely: dates of percentiles (null: beyond `horizon`), and what that rests on."""

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


class Look(Schema):
    at: datetime
    by: str
    role: str
    verb: str
    purpose: str


class Reason(Schema):
    """A condition and how it came out: met, unmet or unknown. `remedy`: what would change it."""

    id: str
    status: str
    text: Words
    remedy: Words


class Before(Schema):
    key: str
    count: int
    text: Words


class Place(Schema):
    """1 is first, `of` how many there are. `taking_part` false: where it would be."""

    pot: str
    name: Words
    place: int
    of: int
    before: list[Before]
    taking_part: bool


class Why(Schema):
    """`sentences`: why and where, in words; `changes`: what would change it."""

    on: date
    eligible: bool
    conditions: list[Reason]
    place: Place | None
    sentences: list[Words]
    changes: list[Words]


class Request(Schema):
    """One request. `version`: to send with a change."""

    programme: str
    row: Row
    version: int
    steps: list[Step]
    explanation: Why
    turn: Turn | None

    @staticmethod
    def resolve_programme(found: RequestView) -> str:
        return found.programme.id


class File(Schema):
    """`fields`: which groups of fields the caller sees of this case; what is in no group of theirs is null."""

    on: date
    fields: list[str]
    request: Request
    person: Person
    budgets: list[Budget]
    others: list[Row]
    looks: list[Look]

    @classmethod
    def of(cls, found: FileView) -> "File":
        return cls.model_validate(found)


class My(Schema):
    on: date
    person: Person
    requests: list[Request]
    budgets: list[Budget]
    looks: list[Look]
