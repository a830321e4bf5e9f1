"""What is known of pay: groups of sectors, rises with their days, the index, scales, and what research found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from veerkracht.rulebook.types import Assumption, Parameter, Source, Text

NO_TEXT = Text()
# Above this percent a rise is a mistake of typing.
MOST_PERCENT = 50.0
# How the full-time equivalents of a group are known: a number of the file, what is left of the total after the other
# groups, or the staff of its sectors in the file on staff.
COUNTS = ("number", "rest", "sectors")


@dataclass(frozen=True, slots=True)
class Group:
    """Sectors whose pay is agreed together.

    `sectors`: those of the file on staff whose people it pays; none when that file does not tell of them. `count`: one
    of `COUNTS`. `in_total`: whether its staff is in the total of the region. `gross`: its pay is before the
    contributions of the employer; else these are in it. `unknown`: what nobody publishes of it.
    """

    id: str
    name: Text
    about: Text
    sectors: tuple[str, ...]
    count: str
    in_total: bool
    gross: bool
    unknown: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Rise:
    """What a group earns more from a day on, in percent of what it earned the day before. The range is `low` to `high`.

    `agreement`: where it was agreed; "" when it stands alone. `measures`: of the region's money, those that it tells
    the cost of. `until`: the day on which it ends; None: it stays.
    """

    id: str
    group: str
    percent: float
    low: float
    high: float
    from_: date
    until: date | None = None
    name: Text = NO_TEXT
    agreement: str = ""
    measures: tuple[str, ...] = ()
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement on pay for several groups, and what was published of its cost.

    `cents`: a year at cruising speed; None: unknown. `least`: percent that everybody in care and welfare got at least.
    `parts`: into what the amount is known to fall, cents a year. `differs`: why a computation may come out elsewhere.
    """

    id: str
    name: Text
    on: date
    cents: int | None
    parts: tuple[tuple[Text, int], ...]
    least: float | None
    note: Text
    differs: Text
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class IndexStep:
    """Wages follow prices: so many percent more from a day on."""

    from_: date
    percent: float
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class ScaleStep:
    """From a day on `share` of the difference with the scale is paid to `who`; `paid_from`: when it was first paid."""

    who: Text
    share: float
    from_: date
    paid_from: date | None
    note: Text
    source: Source | None


@dataclass(frozen=True, slots=True)
class ScalePay:
    """What somebody on the scale earns in a month, in cents, before tax. `on` None: the source does not say when."""

    who: Text
    cents: int
    supplements_cents: int
    on: date | None
    source: Source | None


@dataclass(frozen=True, slots=True)
class Scale:
    """A pay scale. `unknown`: what of it could not be found."""

    id: str
    name: Text
    groups: tuple[str, ...]
    unknown: Text
    steps: tuple[ScaleStep, ...]
    pays: tuple[ScalePay, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a study found. `sets`: the numbers of the file on staff that rest on it; empty when none does, and `used`
    then says why not."""

    id: str
    finding: Text
    place: Text
    data: Text
    sets: tuple[str, ...]
    used: Text
    source: Source | None


@dataclass(frozen=True, slots=True)
class PriceBasis:
    """The day whose prices the pay in the file is in."""

    on: date
    text: Text
    assumption: Assumption | None
    source: Source | None


@dataclass(frozen=True)
class Pay:
    """Everything a region's file on pay says. `parameters`: its uncertain numbers, by the names of `reading`."""

    basis: PriceBasis
    groups: dict[str, Group]
    agreements: dict[str, Agreement]
    rises: tuple[Rise, ...]
    index: tuple[IndexStep, ...]
    scales: tuple[Scale, ...]
    evidence: tuple[Evidence, ...]
    parameters: tuple[Parameter, ...]

    def rises_of(self, agreement: str) -> tuple[Rise, ...]:
        """The rises of an agreement, in the order of the file."""
        return tuple(rise for rise in self.rises if rise.agreement == agreement)
