"""One entry, for the home on whose list it is: who it is, where they stand and why, what they told, what happened."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from veerkracht.register import clock
from veerkracht.register.lists import access, rules
from veerkracht.register.lists.models import Entry, EntryStep
from veerkracht.register.lists.queries.columns import columns_of
from veerkracht.register.lists.queries.standing import AtHome, at_home
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Answer:
    """What a home asks, and what was answered; None for nothing."""

    question: Text
    answer: Any


@dataclass(frozen=True)
class StepView:
    """What happened. `reason`: in words; no text for none."""

    kind: str
    on: date
    by: str
    reason: Text


@dataclass(frozen=True)
class EntryView:
    """`at`: where it stands at the home and why. `from_place`: where they stay now, in words."""

    entry: Entry
    at: AtHome
    from_place: Text
    answers: tuple[Answer, ...]
    steps: tuple[StepView, ...]


def entry_view(actor: Actor, id: int) -> EntryView:
    """For who keeps the list that this entry is on; the look is logged. Raises `Refused`, the same whether it is there
    or not, or is of somebody of whom they may not know.
    """
    entry, on, shared = access.get_home_entry(actor, id), clock.today(), rules.lists()
    listed = columns_of([entry.service], on)[entry.service_id]
    places = {one.id: one.name for one in shared.from_places}
    return EntryView(
        entry=entry,
        at=at_home(entry, listed, (), on),
        from_place=places.get(entry.from_place, Text()),
        answers=tuple(Answer(one.question, entry.facts.get(one.name)) for one in shared.facts),
        steps=tuple(_step(one) for one in entry.steps.order_by("-pk")),
    )


def _step(step: EntryStep) -> StepView:
    shared = rules.lists()
    names = {one.id: one.name for one in (*shared.park_reasons, *shared.leave_reasons)}
    # A reason of decline is one of the region's offers: those are told with the offer itself.
    return StepView(step.kind, step.holds_from, step.by_name, names.get(step.reason, Text()))
