"""What a trial of a draft finds (`trial`), rounded or not."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register.care.queries.round_views import Line
from veerkracht.rulebook.types import Programme, Text


@dataclass(frozen=True)
class Change:
    """What a draft does to a part of the list, by `id` of a group, an area or an age band.

    `requests`: waiting requests of the part. `winners`: granted by the draft only; `losers`: granted as it is only.
    `forward`, `back`: not granted either way, but nearer to or further from the front of their pot.
    `cents`: how much more a year the part gets.
    """

    id: str
    name: Text
    requests: int
    winners: int
    losers: int
    forward: int
    back: int
    cents: int


@dataclass(frozen=True)
class Sum:
    """What a round does: requests granted, cents a year spent and left."""

    granted: int
    spent_cents: int
    left_cents: int
    kept_out: int


@dataclass(frozen=True)
class Trial:
    """A round by the rules as they are beside one by the draft.

    `total` is the whole list. `winning`, `losing`: the first of each, empty for who may see no requests.
    """

    programme: Programme
    draft: Programme
    on: date
    money_cents: int
    now: Sum
    then: Sum
    total: Change
    by_group: tuple[Change, ...]
    by_province: tuple[Change, ...]
    by_area: tuple[Change, ...]
    by_age: tuple[Change, ...]
    winning: tuple[Line, ...]
    losing: tuple[Line, ...]


@dataclass(frozen=True)
class TurnChange:
    """How expected turns change in a group, in days: the median over its requests of the change of their median turn.

    Counted over requests whose turn comes within the horizon by both (`both`); `only_now`, `only_then`: by one of the
    two. Below zero: sooner. None when nobody's turn comes by both.
    """

    group: int
    name: Text
    both: int
    only_now: int
    only_then: int
    median_days: float | None
    p10_days: float | None
    p90_days: float | None
