"""Measures: what each pays for, what is stated of its money, what the books say of it and how far it is."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from veerkracht.region.money import Decision, Envelope, Measure, Money, Reconciliation, Sentence, Stated
from veerkracht.register.errors import Refused
from veerkracht.register.money.queries import LineRow, Totals, list_lines
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.results.defined import money as money_of_region
from veerkracht.register.results.queries import ItemView, ResultView, all_results, items, of_measure
from veerkracht.register.spending.books import Books, Weight, books, weights, years_of
from veerkracht.register.spending.grants import Grants, grants_of
from veerkracht.register.spending.planned import Planned, planned_for

# Where a milestone asks for attention.
BEHIND = ("late", "missed")
UNSAID = ("undefined", "unmeasured")


@dataclass(frozen=True)
class Filters:
    """What a list of measures is narrowed to; "" is everything.

    `money`: new | planned; `returns`: yearly | once; `amount`: known | unknown; `state`: behind | unsaid.
    """

    kind: str = ""
    envelope: str = ""
    sentence: str = ""
    money: str = ""
    returns: str = ""
    amount: str = ""
    state: str = ""


@dataclass(frozen=True)
class Row:
    """A measure in a list. `amount`: the latest that is known, else None; `booked`: None when no line pays it.

    `booked` is of the year of the list when its money comes every year, else of all years. `states`: how many of its
    milestones are in each state.
    """

    measure: Measure
    envelope: Envelope
    amount: Stated | None
    sentences: tuple[Sentence, ...]
    booked: Totals | None
    states: Mapping[str, int]
    questions: tuple[Reconciliation, ...]

    @property
    def cents(self) -> int | None:
        return self.amount.cents if self.amount else None

    @property
    def behind(self) -> int:
        return sum(self.states.get(state, 0) for state in BEHIND)

    @property
    def unsaid(self) -> int:
        return sum(self.states.get(state, 0) for state in UNSAID)

    def level(self, status: str) -> Stated | None:
        """The last that is stated at a level (`region.money.STATUSES`); None when nothing is."""
        return last_at(self.measure.stated, status)


@dataclass(frozen=True)
class Listed:
    rows: tuple[Row, ...]
    books: Books


@dataclass(frozen=True)
class Full:
    """All there is to tell of a measure. `lines`: which pay it, with what stands on them in the year; `years`: what is
    booked in each budget year. `questions`: what does not agree
    about it; `wider`: about the envelopes that pay it. `grants`: those that sources name, in no sum of the books.
    """

    row: Row
    envelopes: tuple[Envelope, ...]
    decision: Decision | None
    year: int
    lines: tuple[LineRow, ...]
    years: Mapping[int, Totals]
    weights: tuple[Weight, ...]
    results: tuple[ResultView, ...]
    questions: tuple[ItemView, ...]
    wider: tuple[ItemView, ...]
    planned: tuple[Planned, ...]
    grants: Grants


def region_money() -> Money:
    """The money of the region's files; nothing when they tell of none."""
    return money_of_region()


def last_at(stated: tuple[Stated, ...], status: str) -> Stated | None:
    """The last that is stated at one level; an amount of None there is unknown."""
    return next((one for one in reversed(stated) if one.status == status), None)


def measures(actor: Actor, filters: Filters | None = None, year: int | None = None) -> Listed:
    """New money first, what comes every year before what comes once, else in the order of the files. Six queries,
    whatever there is. Raises `Refused`.
    """
    require("money.read", actor, actor.programme)
    money, kept, wanted = region_money(), books(year), filters or Filters()
    states: dict[str, Counter[str]] = {}
    for result in all_results():
        states.setdefault(result.measure.id, Counter())[result.state] += 1
    every = (_row(money, one, kept, states.get(one.id, Counter())) for one in money.measures.values())
    rows = [row for row in every if _is_wanted(money, row, wanted)]
    rows.sort(key=lambda row: (not row.envelope.new_money, not row.measure.recurrent))
    return Listed(tuple(rows), kept)


def measure(actor: Actor, id: str, year: int | None = None) -> Full:
    """One measure. Raises `Refused` when it is not there, as when it may not be read."""
    require("money.read", actor, actor.programme)
    money = region_money()
    found = money.measures.get(id)
    if found is None:
        raise Refused()
    kept, results = books(year), tuple(of_measure(id))
    envelopes = tuple(money.outwards(found.envelope))
    outer, asked = {one.id for one in envelopes}, items()
    return Full(
        row=_row(money, found, kept, Counter(one.state for one in results)),
        envelopes=envelopes,
        decision=money.decisions.get(found.decision),
        year=kept.year,
        lines=tuple(list_lines(kept.year, measure=id)),
        years=years_of(id),
        weights=weights(id) if found.recurrent else (),
        results=results,
        questions=tuple(one for one in asked if id in one.item.about),
        wider=tuple(one for one in asked if id not in one.item.about and outer & set(one.item.about)),
        planned=planned_for(found),
        grants=grants_of([found]),
    )


def _row(money: Money, measure: Measure, kept: Books, states: Mapping[str, int]) -> Row:
    return Row(
        measure=measure,
        envelope=money.envelopes[measure.envelope],
        amount=money.amount_of(measure),
        sentences=tuple(money.sentences[id] for id in measure.sentences),
        booked=kept.of(measure.id, recurrent=measure.recurrent),
        states=dict(states),
        questions=money.open_about(measure.id),
    )


def _is_wanted(money: Money, row: Row, wanted: Filters) -> bool:
    return (
        wanted.kind in ("", row.measure.kind)
        and (not wanted.envelope or wanted.envelope in {one.id for one in money.outwards(row.envelope.id)})
        and (not wanted.sentence or wanted.sentence in row.measure.sentences)
        and wanted.money in ("", "new" if row.envelope.new_money else "planned")
        and wanted.returns in ("", "yearly" if row.measure.recurrent else "once")
        and wanted.amount in ("", "known" if row.amount else "unknown")
        and (wanted.state != "behind" or bool(row.behind))
        and (wanted.state != "unsaid" or bool(row.unsaid))
    )
