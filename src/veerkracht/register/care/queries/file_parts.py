"""The parts of a file, for one request or several at once: as many queries for three as for one."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

import polars as pl
from django.utils.timezone import localdate

from veerkracht.register.care.bundles import is_together
from veerkracht.register.care.models import Budget, Request, RoundLine, Step, Turn
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.facts import with_facts
from veerkracht.register.care.queries.file_views import (
    AssessmentView,
    BudgetView,
    LetterView,
    LookView,
    PersonView,
    RequestView,
    StepView,
    TurnView,
)
from veerkracht.register.care.queries.frames import frame
from veerkracht.register.care.queries.freshness import last_change
from veerkracht.register.care.queries.live import current_list
from veerkracht.register.care.queries.rows import OF_PERSON, OF_TURN, STORED, Row, rows
from veerkracht.register.care.queries.table import COLUMNS
from veerkracht.register.care.steps import FOLDED
from veerkracht.register.log.queries import who_looked
from veerkracht.register.people.models import Person
from veerkracht.rulebook.explain import Explanation, explain
from veerkracht.rulebook.tables import WAITING, on_date

_TURN = ("p10", "p25", "p50", "p75", "p90", "served_share", "horizon")
_RUN = ("plan", "start", "runs", "computed_at")
_BUDGET = (
    "kind",
    "category",
    "points",
    "amount_cents",
    "from_date",
    "until_date",
    "ended_on",
    "end_reason",
    "version",
)


def request_views(requests: Sequence[Request], on: date, fields: frozenset[str]) -> tuple[RequestView, ...]:
    """Each request with its steps, its explanation on a day, its turn and its letters, as far as the groups of
    `fields` that a reader may see go.
    """
    ids = [request.pk for request in requests]
    steps = _steps(ids) if "history" in fields else defaultdict(list)
    assessments = _assessments(ids) if "assessment" in fields else defaultdict(list)
    letters = _letters(ids) if {"history", "money"} <= fields else defaultdict(list)
    turns = _turns(requests) if "turn" in fields else {}
    explained = explanations(requests, on)
    facts = {
        row["id"]: row for row in Request.objects.filter(pk__in=ids).values(*STORED, *OF_PERSON, *OF_TURN)
    }
    return tuple(
        RequestView(
            programme=programme_of(request.programme),
            row=only(rows(request.programme, [facts[request.pk]], on)[0], fields),
            version=request.version,
            bundle=request.bundle if is_together(request) else None,
            steps=tuple(steps[request.pk]),
            assessments=tuple(assessments[request.pk]),
            explanation=explained[request.pk],
            turn=turns.get(request.pk),
            letters=tuple(letters[request.pk]),
        )
        for request in requests
    )


def explanations(requests: Sequence[Request], on: date) -> dict[int, Explanation]:
    """Why each request stands where it stands on a day: one that waits among all that wait now."""
    waiting = {request.programme for request in requests if request.state == WAITING}
    lists = {programme: current_list(programme) for programme in waiting}
    apart = [request.pk for request in requests if request.state != WAITING]
    alone = rows_of(apart) if apart else pl.DataFrame()
    found = {}
    for request in requests:
        waits = request.state == WAITING
        table = lists[request.programme] if waits else alone.filter(pl.col("id") == request.pk)
        programme = programme_of(request.programme)
        table = with_facts(table, programme, [request.person_id])
        found[request.pk] = explain(table, programme, on, request.pk)
    return found


def only(row: Row, fields: frozenset[str]) -> Row:
    """A line of a list without what a reader may not see of it."""
    if "contact" not in fields:
        row = replace(row, area="", area_name="")
    if "money" not in fields:
        row = replace(row, amount_cents=None, points=0.0, points_held=0.0)
    return row if "turn" in fields else replace(row, turn=None)


def person_view(person: Person, on: date, fields: frozenset[str] = frozenset({"contact"})) -> PersonView:
    """Who a file is about. Without the group `contact` among `fields` not where they live."""
    return PersonView(
        number=person.number,
        name=str(person),
        birth_date=person.birth_date,
        age=_age(person.birth_date, person.died_on or on),
        died_on=person.died_on,
        area=person.area if "contact" in fields else "",
        language=person.language,
        fictitious=person.fictitious,
    )


def budgets_of(person_id: int, programmes: Iterable[str]) -> tuple[BudgetView, ...]:
    """A person's budgets in some programmes, last first."""
    found = Budget.objects.filter(person=person_id, programme__in=list(programmes))
    return tuple(
        BudgetView(**{name: getattr(budget, name) for name in _BUDGET}, is_open=budget.ended_on is None)
        for budget in found.order_by("-from_date", "-id")
    )


def looks_at(person_id: int) -> tuple[LookView, ...]:
    """Who looked at a person's file, last first; their own looks are left out."""
    return tuple(
        LookView(entry.at, entry.user_name, entry.role, entry.verb, entry.purpose)
        for entry in who_looked(person_id)
    )


def _steps(ids: list[int]) -> dict[int, list[StepView]]:
    """The steps of each request in the sequence in which they hold."""
    found: dict[int, list[StepView]] = defaultdict(list)
    for step in Step.objects.filter(request__in=ids).order_by("holds_from", "recorded_at", "id"):
        found[step.request_id].append(
            StepView(
                id=step.pk,
                kind=step.kind,
                holds_from=step.holds_from,
                recorded_at=step.recorded_at,
                by=step.by_name,
                role=step.role,
                reason=step.reason,
                text=step.text,
                round_id=step.round_id,
                sets={name: getattr(step, name) for name in FOLDED if getattr(step, name) is not None},
                late=localdate(step.recorded_at) > step.holds_from,
            )
        )
    return found


def _assessments(ids: list[int]) -> dict[int, list[AssessmentView]]:
    """What the assessments of each request found, last first."""
    found: dict[int, list[AssessmentView]] = defaultdict(list)
    assessed = Step.objects.filter(request__in=ids, facts__isnull=False).exclude(facts={})
    for step in assessed.order_by("-holds_from", "-recorded_at", "-id"):
        found[step.request_id].append(AssessmentView(step.holds_from, step.by_name, step.role, step.facts))
    return found


def _turns(requests: Iterable[Request]) -> dict[int, TurnView]:
    """The turn of each request that waits and has one computed."""
    ids = [request.pk for request in requests if request.state == WAITING]
    last = last_change()
    return {
        turn.request_id: TurnView(
            **{name: getattr(turn, name) for name in _TURN},
            **{name: getattr(turn.run, name) for name in _RUN},
            stale=last is not None and last > turn.run.computed_at,
        )
        for turn in Turn.objects.filter(request__in=ids).select_related("run")
    }


def _letters(ids: list[int]) -> dict[int, list[LetterView]]:
    """The decisions of signed rounds that granted each request something, last first."""
    found: dict[int, list[LetterView]] = defaultdict(list)
    lines = RoundLine.objects.filter(request__in=ids, granted=True, round__state="signed")
    for line in lines.select_related("round").order_by("-round__date", "-round_id"):
        found[line.request_id].append(LetterView(line.round_id, line.round.date, line.cost_cents, line.share))
    return found


def rows_of(ids: list[int]) -> pl.DataFrame:
    """Requests in any state as the rulebook's table."""
    marks = ", ".join(["%s"] * len(ids))
    rest = f"FROM care_request r JOIN people_person p ON p.id = r.person_id WHERE r.id IN ({marks})"
    return frame(COLUMNS, rest, ids)


def _age(birth_date: date, on: date) -> int:
    """As the rulebook counts it."""
    return int(on_date(pl.DataFrame({"birth_date": [birth_date]}), on).item(0, "age"))
