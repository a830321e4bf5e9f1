"""Where milestones stand, and what was said of figures that do not agree. About nobody in particular: whoever calls
these asked the matrix (`access`, or a page of the money). Without a day, one more query asks which day it is.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from veerkracht.region.money.model import Measure, Milestone, Realised, Reconciliation
from veerkracht.register import clock
from veerkracht.register.results.defined import measure_of, money
from veerkracht.register.results.models import Confirmation, ReconciliationNote, Report
from veerkracht.register.results.states import STATES, Measured, days_late, reaches, state_of

_Key = tuple[str, str]


@dataclass(frozen=True)
class ReportView:
    """A report with what somebody else said of it. `standing`: confirmed, disputed, waiting or corrected."""

    id: int
    measured: Measured
    evidence: str
    document: str
    url: str
    reported_at: datetime
    by_id: int | None
    by_name: str
    standing: str
    confirmed_by: str
    confirmed_at: datetime | None
    text: str
    corrects: int | None
    fictitious: bool


@dataclass(frozen=True)
class ResultView:
    """A milestone of a measure and where it stands (`states.STATES`).

    `published`: the last that a source in the region's files says. `confirmed`: the last report that somebody else
    agreed with; `reported`: the last that nobody judged yet. `reports`: all of them, the latest first. `days_late`:
    after its day, until it was reached or until now.
    """

    measure: Measure
    milestone: Milestone
    state: str
    published: Realised | None
    confirmed: ReportView | None
    reported: ReportView | None
    reports: tuple[ReportView, ...]
    days_late: int

    @property
    def baseline(self) -> float | None:
        return self.milestone.baseline

    @property
    def target(self) -> float | None:
        return self.milestone.target

    @property
    def counted(self) -> Measured | None:
        """The last measure that counts: of a source, or of a report that was confirmed."""
        return _last(_counted(self.milestone, self.reports, date.max))


@dataclass(frozen=True)
class ItemView:
    """Figures that do not agree and what was said of them, the latest first. `state`: open, explained or settled.

    `explanation`: the note that waits for somebody who agrees; None when there is none.
    """

    item: Reconciliation
    state: str
    notes: tuple[ReconciliationNote, ...]
    explanation: ReconciliationNote | None


def of_measure(measure_id: str, on: date | None = None) -> list[ResultView]:
    """The milestones of a measure in the order of the file, as they stood on a day (today). Two queries.

    Raises `Invalid` for a measure that the region's files do not know.
    """
    measure = measure_of(measure_id)
    return _views([measure], on or clock.today())


def of_milestone(measure_id: str, milestone_id: str, on: date | None = None) -> ResultView | None:
    """One milestone as it stands; None when the files do not know it. Two queries."""
    measure = money().measures.get(measure_id)
    found = _views([measure], on or clock.today()) if measure else []
    return next((one for one in found if one.milestone.id == milestone_id), None)


def all_results(on: date | None = None) -> list[ResultView]:
    """Every milestone of every measure, what asks for attention first. Two queries."""
    found = _views(money().measures.values(), on or clock.today())
    return sorted(found, key=lambda one: (STATES.index(one.state), -one.days_late))


def items() -> list[ItemView]:
    """All figures that do not agree, open ones first. One query."""
    notes: dict[str, list[ReconciliationNote]] = {}
    for note in ReconciliationNote.objects.order_by("-id"):
        notes.setdefault(note.item, []).append(note)
    found = [_item(item, notes.get(item.id, [])) for item in money().reconciliations.values()]
    return sorted(found, key=lambda one: one.state == "settled")


def item_view(item_id: str) -> ItemView:
    """Figures that do not agree, by their id. Raises `KeyError` for one that the files do not know. One query."""
    notes = ReconciliationNote.objects.filter(item=item_id).order_by("-id")
    return _item(money().reconciliations[item_id], list(notes))


def _item(item: Reconciliation, notes: Sequence[ReconciliationNote]) -> ItemView:
    last = next((one for one in notes if one.kind != "remark"), None)
    states = {None: item.state, "explained": "explained", "settled": "settled", "reopened": "open"}
    state = states[last.kind if last else None]
    return ItemView(item, state, tuple(notes), last if state == "explained" else None)


def _views(measures: Iterable[Measure], on: date) -> list[ResultView]:
    measures = list(measures)
    reports = _reports([one.id for one in measures], on)
    return [
        _view(measure, milestone, reports.get((measure.id, milestone.id), []), on)
        for measure in measures
        for milestone in measure.milestones
    ]


def _reports(measures: Sequence[str], on: date) -> Mapping[_Key, list[ReportView]]:
    """What was reported and said of it until the end of a day, the latest first."""
    rows = Report.objects.filter(measure__in=measures, on__lte=on, reported_at__date__lte=on)
    rows = list(rows.order_by("-on", "-id"))
    said = Confirmation.objects.filter(report__measure__in=measures, at__date__lte=on)
    confirmations = {one.report_id: one for one in said}
    corrected = {row.corrects_id for row in rows}
    found: dict[_Key, list[ReportView]] = {}
    for row in rows:
        view = _report(row, confirmations.get(row.pk), row.pk in corrected)
        found.setdefault((row.measure, row.milestone), []).append(view)
    return found


def _report(row: Report, said: Confirmation | None, is_corrected: bool) -> ReportView:
    standing = "waiting" if said is None else "confirmed" if said.agrees else "disputed"
    return ReportView(
        id=row.pk,
        measured=Measured(row.on, row.value, row.done),
        evidence=row.evidence,
        document=row.document,
        url=row.url,
        reported_at=row.reported_at,
        by_id=row.by_id,
        by_name=row.by_name,
        standing="corrected" if is_corrected else standing,
        confirmed_by=said.by_name if said else "",
        confirmed_at=said.at if said else None,
        text=said.text if said else "",
        corrects=row.corrects_id,
        fictitious=row.fictitious,
    )


def _view(measure: Measure, milestone: Milestone, reports: Sequence[ReportView], on: date) -> ResultView:
    counted = _counted(milestone, reports, on)
    confirmed = next((one for one in reports if one.standing == "confirmed"), None)
    waiting = next((one for one in reports if one.standing == "waiting"), None)
    last = _last(counted)
    state = state_of(milestone, on, last, waiting.measured if waiting else None)
    reached = [one.on for one in counted if reaches(milestone, one)] if state == "met" else []
    late = state in ("met", "late", "missed")
    return ResultView(
        measure=measure,
        milestone=milestone,
        state=state,
        published=next((one for one in reversed(milestone.realised) if one.on <= on), None),
        confirmed=confirmed,
        reported=waiting,
        reports=tuple(reports),
        days_late=days_late(milestone, on, min(reached, default=None)) if late else 0,
    )


def _counted(milestone: Milestone, reports: Sequence[ReportView], on: date) -> list[Measured]:
    """Every measure that counts: those of sources, and reports that were confirmed."""
    published = [_published(one) for one in milestone.realised if one.on <= on]
    return [*published, *(one.measured for one in reversed(reports) if one.standing == "confirmed")]


def _published(realised: Realised) -> Measured:
    value = Decimal(str(realised.value))
    return Measured(realised.on, value, value > 0)


def _last(counted: Sequence[Measured]) -> Measured | None:
    """The latest measure; of two on one day a report, which is known nearer by."""
    return max(reversed(counted), key=lambda one: one.on, default=None)
