"""The money of a region as its files tell it: what was announced, decided, meant and voted, and what is not known.

All amounts are whole cents. Announced, agreed, voted, committed and paid are levels; they are never added across.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from veerkracht.rulebook.types import Source, Text

NO_TEXT = Text()
# From the word to the bill: each status is a level of its own.
STATUSES = ("announced", "agreed", "voted", "adjusted", "executed")
DECISION_KINDS = ("agreement", "call", "growth-plan", "law", "budget", "government-decision")
MEASURE_KINDS = (
    "pay",
    "work-and-training",
    "places",
    "personal-budgets",
    "quality",
    "project",
    "grant",
    "contract",
)
MILESTONE_KINDS = ("milestone", "output", "outcome")
VERSIONS = ("initial", "revised", "executed")
STATES = ("open", "settled")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the government's text, in our own words: what the lines of money answer."""

    id: str
    text: Text


@dataclass(frozen=True, slots=True)
class Stated:
    """What a source says of an amount, on the day that it said so.

    `status`: one of `STATUSES`. `cents` None: unknown. `low`, `high`, `why`: of an assumption.
    """

    status: str
    cents: int | None
    on: date
    source: Source | None
    note: Text = NO_TEXT
    low: int | None = None
    high: int | None = None
    why: Text = NO_TEXT


class YearAmount(NamedTuple):
    """A step of a growth path. `cents` None: unknown."""

    year: int
    cents: int | None


@dataclass(frozen=True, slots=True)
class Envelope:
    """Money that was announced or agreed: cents a year when `recurrent`, else cents in all.

    `new_money`: promised on top of what was planned; False for what was planned, and for what was decided apart.
    `path`: the amounts of each year up to cruising speed, which is reached in `cruising_from`; what is `stated` of
    recurrent money is at cruising speed. `price_basis`: the year of whose prices it is (None: not said); `index`: how
    it follows prices. `territory`: where it holds; empty is the whole region. `on_top_of`: the envelope beside which
    it comes. `within`: the envelope that it is a part of. `fed_by`: the envelopes out of whose money this one is
    paid; not parts of it. `sentences`: those that announce it.
    """

    id: str
    name: Text
    new_money: bool
    recurrent: bool
    stated: tuple[Stated, ...]
    path: tuple[YearAmount, ...] = ()
    cruising_from: date | None = None
    price_basis: int | None = None
    index: Text = NO_TEXT
    territory: Text = NO_TEXT
    on_top_of: str = ""
    within: str = ""
    fed_by: tuple[str, ...] = ()
    sentences: tuple[str, ...] = ()
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Decision:
    """What fills envelopes: an agreement, a call, a growth plan, a law. `kind`: one of `DECISION_KINDS`."""

    id: str
    name: Text
    kind: str
    envelopes: tuple[str, ...]
    on: date
    source: Source | None
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Realised:
    """What was reached on a day, as a source says."""

    on: date
    value: float
    source: Source | None
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a measure should do and did. `kind`: one of `MILESTONE_KINDS`.

    An empty `definition` is undefined, a `target` of None unknown, an empty `realised` unmeasured. `evidence`: what
    shows it; `confirmed_by`: who says that it is so. `source`, or `why` of an assumption: of the baseline and the
    target. `at_most`: the target is one to come down to, also when no baseline says so.
    """

    id: str
    name: Text
    kind: str
    definition: Text = NO_TEXT
    unit: Text = NO_TEXT
    baseline: float | None = None
    baseline_on: date | None = None
    target: float | None = None
    target_on: date | None = None
    realised: tuple[Realised, ...] = ()
    evidence: Text = NO_TEXT
    confirmed_by: Text = NO_TEXT
    source: Source | None = None
    note: Text = NO_TEXT
    why: Text = NO_TEXT
    at_most: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """What a source says was awarded to a recipient in one municipality; it stands in no books and in no sum of them.

    `area`: the code of the municipality; `cents` None: unknown; `on`: when it was decided; `text`: what it is for. The
    amount is of the whole grant, also when it runs for years.
    """

    recipient: Text
    area: str
    cents: int | None
    on: date
    source: Source | None
    until: date | None = None
    text: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Measure:
    """What an envelope pays for. `kind`: one of `MEASURE_KINDS`.

    `stated`: cents a year when `recurrent`, else cents in all; none known is unknown, and is shown so. `decision`: ""
    when it is not known which. `sentences`: those it answers. `plan_measures`: the measures of plans that a forecast
    plays for it. `programme`, `sector`, `area`: "" when it is for all or for none. `owner`: who answers for it.
    `grants`: those that sources tell of, not always all.
    """

    id: str
    name: Text
    kind: str
    envelope: str
    decision: str
    sentences: tuple[str, ...]
    stated: tuple[Stated, ...]
    recurrent: bool
    from_date: date | None
    until_date: date | None
    programme: str = ""
    sector: str = ""
    area: str = ""
    plan_measures: tuple[str, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    grants: tuple[Grant, ...] = ()
    owner: Text = NO_TEXT
    note: Text = NO_TEXT

    @property
    def granted(self) -> int:
        """The amounts of its grants together, as far as they are known."""
        return sum(one.cents or 0 for one in self.grants)


@dataclass(frozen=True, slots=True)
class LineCreditStated:
    """The credits of a line in a year. `version`: one of `VERSIONS`; None: not known.

    `commitment_cents` (VAK) is what may be entered into, or was; `payment_cents` (VEK) what may be paid, or was.
    """

    year: int
    version: str
    commitment_cents: int | None
    payment_cents: int | None
    source: Source | None
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Line:
    """A budget line. `article`: the number of the budget article; "" when it is not known."""

    code: str
    name: Text
    measure: str
    programme: str
    article: str
    area: str
    from_date: date
    credits: tuple[LineCreditStated, ...] = ()
    note: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the figures that do not agree: money in `cents`, or a `number` of `unit`."""

    label: Text
    cents: int | None
    source: Source | None
    on: date | None = None
    number: float | None = None
    unit: Text = NO_TEXT


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Figures that do not agree, kept beside each other until somebody explains them.

    `about`: the ids of the envelopes and measures concerned. `state`: one of `STATES`.
    """

    id: str
    name: Text
    about: tuple[str, ...]
    figures: tuple[Figure, ...]
    explanation: Text
    owner: Text
    opened_on: date
    state: str = "open"

    @property
    def is_open(self) -> bool:
        return self.state == "open"


@dataclass(frozen=True)
class Money:
    """All of it by id, in the order of the files."""

    sentences: dict[str, Sentence] = field(default_factory=dict)
    envelopes: dict[str, Envelope] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    measures: dict[str, Measure] = field(default_factory=dict)
    lines: dict[str, Line] = field(default_factory=dict)
    reconciliations: dict[str, Reconciliation] = field(default_factory=dict)

    def amount_of(self, thing: Envelope | Measure) -> Stated | None:
        """The latest amount that is known; None when none is. What was executed is no amount that was meant."""
        known = [one for one in thing.stated if one.cents is not None and one.status != "executed"]
        return max(known, key=_later, default=None)

    def children(self, envelope: str) -> tuple[Envelope, ...]:
        """The envelopes that are a part of this one."""
        return tuple(one for one in self.envelopes.values() if one.within == envelope)

    def measures_of(self, envelope: str) -> tuple[Measure, ...]:
        """The measures that this envelope itself pays, without those of its parts."""
        return tuple(one for one in self.measures.values() if one.envelope == envelope)

    def decisions_of(self, envelope: str) -> tuple[Decision, ...]:
        return tuple(one for one in self.decisions.values() if envelope in one.envelopes)

    def lines_of(self, measure: str) -> tuple[Line, ...]:
        return tuple(one for one in self.lines.values() if one.measure == measure)

    def answers(self, sentence: str) -> tuple[Measure, ...]:
        """The measures that answer a sentence."""
        return tuple(one for one in self.measures.values() if sentence in one.sentences)

    def open_about(self, id: str) -> tuple[Reconciliation, ...]:
        """What is not yet explained of an envelope or a measure."""
        return tuple(one for one in self.reconciliations.values() if one.is_open and id in one.about)

    def is_new(self, measure: Measure) -> bool:
        """Whether a measure is paid with money that was not already planned."""
        return self.envelopes[measure.envelope].new_money

    def outwards(self, envelope: str) -> Iterator[Envelope]:
        """An envelope and those it is a part of, the innermost first."""
        done: set[str] = set()
        while envelope in self.envelopes and envelope not in done:
            done.add(envelope)
            yield self.envelopes[envelope]
            envelope = self.envelopes[envelope].within


def _later(stated: Stated) -> tuple[date, int]:
    return stated.on, STATUSES.index(stated.status)
