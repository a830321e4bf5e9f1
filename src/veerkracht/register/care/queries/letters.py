"""The decision of a signed round about one request, for the letter to the person."""

from dataclasses import dataclass
from datetime import date, datetime

import polars as pl

from veerkracht.register.care.access import open_file
from veerkracht.register.care.models import Request, RoundLine, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.file_parts import person_view, rows_of
from veerkracht.register.care.queries.file_views import PersonView
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.explain import Explanation, Place, explain
from veerkracht.rulebook.pots import pots
from veerkracht.rulebook.sentences import ROUND_REASONS
from veerkracht.rulebook.tables import WAITING
from veerkracht.rulebook.types import Programme, Text

# A letter tells what happened and with how much money.
_NEEDED = frozenset({"history", "money"})


@dataclass(frozen=True)
class Letter:
    """What was decided, by whom and why. Amounts in cents a year; `share` below 1: a partial budget.

    `position` of `of` requests in the pot. `respond_by`: last day to start, None when there is none.
    """

    programme: Programme
    round_id: int
    date: date
    number: str
    person: PersonView
    category: str
    scheme: str
    cost_cents: int
    share: float
    pot: Text
    position: int
    of: int
    respond_by: date | None
    reason: Text
    explanation: Explanation
    signed_by: str
    signed_at: datetime


def letter(actor: Actor, round_id: int, number: str) -> Letter:
    """The letter of a signed round to a person whom it granted something; the look is logged.

    For who may read the file, and for the person themself. Raises `Refused`, the same when there is no such letter.
    """
    request, fields = open_file(actor, number, purpose="letter")
    line = (
        RoundLine.objects.filter(round_id=round_id, request=request, granted=True, round__state="signed")
        .select_related("round__signed_by")
        .first()
    )
    if line is None or not fields >= _NEEDED:
        raise Refused()
    return _letter(request, line)


def _letter(request: Request, line: RoundLine) -> Letter:
    programme = programme_of(request.programme)
    found = line.round
    counts = next(row for row in found.summary["pots"] if row["pot"] == line.pot)
    of = counts["granted"] + counts["waiting"]
    names = {pot.id: pot.name for pot in pots(programme, found.date)}
    name = names.get(line.pot, Text(line.pot, line.pot))
    step = Step.objects.filter(request=request, round=found).order_by("id").first()
    return Letter(
        programme=programme,
        round_id=found.pk,
        date=found.date,
        number=request.number,
        person=person_view(request.person, found.date),
        category=request.category,
        scheme=request.scheme,
        cost_cents=line.cost_cents,
        share=line.share,
        pot=name,
        position=line.position,
        of=of,
        respond_by=step.respond_by if step else None,
        reason=ROUND_REASONS[line.reason],
        explanation=_explained(
            request, programme, found.date, Place(line.pot, name, line.position, of, (), True)
        ),
        signed_by=found.signed_by.full_name,
        signed_at=found.signed_at,
    )


def _explained(request: Request, programme: Programme, on: date, place: Place) -> Explanation:
    """Why it was its turn: it waited then, and stood in the place that the round kept."""
    then = rows_of([request.pk]).with_columns(pl.lit(WAITING).alias("state"))
    return explain(then, programme, on, request.pk, place)
