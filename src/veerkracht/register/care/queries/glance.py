"""What is told of a programme at a glance (`today`), rounded or not."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.rulebook.types import Programme, Text


@dataclass(frozen=True)
class NextInLine:
    """Who is first in a pot: their priority date and how many days ago it was.

    `number` is "" for who may see figures but no requests; who sees a list that the first isn't on is told of none.
    """

    number: str
    priority_date: date | None
    days: int | None


@dataclass(frozen=True)
class PotTotal:
    """`requests` and `persons` that wait in a priority group; `behind`: the list with these requests."""

    group: int
    id: str
    name: Text
    requests: int
    persons: int
    next: NextInLine | None
    behind: ListFilters


@dataclass(frozen=True)
class AreaTotal:
    """Waiting requests in a municipality, and per 1,000 inhabitants where their number is known."""

    code: str
    name: str
    province: str
    requests: int
    inhabitants: int | None
    per_thousand: float | None
    behind: ListFilters


@dataclass(frozen=True)
class Due:
    """What waits for somebody: `what` is overdue-grants, granted, asked or budgets-ending.

    `behind`: the list with these requests; None when it is not a list of requests (`budgets_ending`).
    """

    what: str
    count: int
    behind: ListFilters | None


@dataclass(frozen=True)
class OpenRound:
    id: int
    date: date
    state: str
    money_cents: int


@dataclass(frozen=True)
class Today:
    """`requests` = the sum over `groups` + `without_group`; money in cents a year (`money.queries.balances`).

    `persons_in_groups`: who waits in a group, each counted once; `persons` also counts who only has a route.
    """

    programme: Programme
    on: date
    groups: tuple[PotTotal, ...]
    without_group: int
    requests: int
    persons: int
    persons_in_groups: int
    holders: int
    areas: tuple[AreaTotal, ...]
    due: tuple[Due, ...]
    rounds: tuple[OpenRound, ...]
    money: dict[str, int]
