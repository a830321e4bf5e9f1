"""What may no longer be kept on a day, by the rules of the programmes; and what is held back by law."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery

from veerkracht import region
from veerkracht.register.care.models import Budget, Request, Step
from veerkracht.register.documents.models import Document
from veerkracht.register.keeping.models import LegalHold
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import ConsultationNote
from veerkracht.rulebook.retention import DEEDS, rule_for
from veerkracht.rulebook.types import After, Retention, What

_BATCH = 500


@dataclass(frozen=True)
class Due:
    """A part of a person's file that is due: since `due_on`, by these rules, one for each programme.

    `rules` are named `programme:id`. `held`: a legal hold keeps it.
    """

    person_id: int
    number: str
    what: What
    deed: str
    rules: tuple[str, ...]
    event_on: date
    due_on: date
    held: bool


def due(on: date) -> list[Due]:
    """Everything that is due on a day, longest due first."""
    shortest = min((rule.months for _, rule in _rules(on)), default=None)
    if shortest is None:
        return []
    found = [one for part in _closed(on) for one in _due_of(part, on)]
    return sorted(found, key=lambda one: (one.due_on, one.number, one.what))


def due_for(person: Person, on: date) -> list[Due]:
    """What is due of one person's file on a day."""
    rows = _closed_people(on).filter(pk=person.pk)
    return [one for part in _parts(list(rows)) for one in _due_of(part, on)]


def asked_rules(person: Person, on: date) -> dict[str, Retention] | None:
    """By which rule each programme lets a person be erased who asks for it; None when one doesn't."""
    if not _closed_people(on).filter(pk=person.pk).exists():
        return None
    programmes = _programmes([person.pk])[person.pk]
    if _ever_granted(person.pk):
        return None
    found = {}
    for programme in programmes:
        rules = region.current().programme(programme).retentions
        fits = [
            one
            for one in rules
            if (one.what, one.after, one.on_request) == ("file", "withdrawal", True) and one.holds(on)
        ]
        if not fits:
            return None
        found[programme] = fits[0]
    return found


def holds(on: date) -> QuerySet[LegalHold]:
    """The legal holds that are in force on a day."""
    return LegalHold.objects.filter(Q(until_date=None) | Q(until_date__gte=on), lifted_at=None)


@dataclass(frozen=True)
class _Part:
    """A person whose file is closed, and since when."""

    person_id: int
    number: str
    closed_on: date
    died_on: date | None
    programmes: tuple[str, ...]
    has_documents: bool
    has_notes: bool
    held: bool

    @property
    def event(self) -> tuple[After, date]:
        return ("death", self.died_on) if self.died_on else ("closed", self.closed_on)


def _rules(on: date) -> Iterator[tuple[str, Retention]]:
    for id, programme in region.current().programmes.items():
        for rule in programme.retentions:
            if rule.holds(on) and not rule.on_request:
                yield id, rule


def _closed(on: date) -> Iterator[_Part]:
    rows = []
    for row in _closed_people(on).order_by("pk").iterator(_BATCH):
        rows.append(row)
        if len(rows) == _BATCH:
            yield from _parts(rows)
            rows = []
    yield from _parts(rows)


def _closed_people(on: date) -> QuerySet[Person]:
    """Who asks for nothing any more and has nothing running, and since when; not who is pseudonymised."""
    requests = Request.objects.filter(person=OuterRef("pk"))
    budgets = Budget.objects.filter(person=OuterRef("pk"))
    steps = Step.objects.filter(request__person=OuterRef("pk")).order_by().values("request__person")
    ended = budgets.order_by().values("person")
    return (
        Person.objects.filter(Exists(requests), pseudonymised_on=None)
        .exclude(Exists(requests.filter(live=True)))
        .exclude(Exists(budgets.filter(ended_on=None)))
        .annotate(
            last_step=Subquery(steps.annotate(last=Max("holds_from")).values("last")),
            last_budget=Subquery(ended.annotate(last=Max("ended_on")).values("last")),
            documents_left=Exists(Document.objects.filter(person=OuterRef("pk"), destroyed_at=None)),
            notes_left=Exists(ConsultationNote.objects.filter(consultation__person=OuterRef("pk"))),
            is_held=Exists(holds(on).filter(person=OuterRef("pk"))),
        )
    )


def _parts(people: list[Person]) -> Iterator[_Part]:
    programmes = _programmes([one.pk for one in people])
    for one in people:
        yield _Part(
            person_id=one.pk,
            number=one.number,
            closed_on=max(filter(None, (one.last_step, one.last_budget, one.died_on))),
            died_on=one.died_on,
            programmes=tuple(sorted(programmes[one.pk])),
            has_documents=one.documents_left,
            has_notes=one.notes_left,
            held=one.is_held,
        )


def _programmes(people: Iterable[int]) -> dict[int, set[str]]:
    found: dict[int, set[str]] = defaultdict(set)
    ids = list(people)
    for model in (Request, Budget):
        rows = model._default_manager.filter(person__in=ids).values_list("person", "programme").distinct()
        for person, programme in rows:
            found[person].add(programme)
    return found


def _due_of(part: _Part, on: date) -> Iterator[Due]:
    """Each part of the file that every programme of the person lets go by that day."""
    there: dict[What, bool] = {"file": True, "documents": part.has_documents, "notes": part.has_notes}
    for what, is_there in there.items():
        after, event = part.event
        rules = [_rule(programme, what, after, on) for programme in part.programmes]
        if not is_there or not all(rules):
            continue
        due_on = max(rule.due(event) for rule in rules if rule)
        if due_on <= on:
            names = tuple(f"{id}:{rule.id}" for id, rule in zip(part.programmes, rules, strict=True) if rule)
            yield Due(part.person_id, part.number, what, DEEDS[what], names, event, due_on, part.held)


def _rule(programme: str, what: What, after: After, on: date) -> Retention | None:
    """After a death the rule for that, else the one for a file that closed: death closes it too."""
    known = region.current().programmes.get(programme)
    rules = known.retentions if known else ()
    return rule_for(rules, what, after, on) or rule_for(rules, what, "closed", on)


def _ever_granted(person_id: int) -> bool:
    granted = Step.objects.filter(request__person=person_id, kind__startswith="granted")
    others = Request.objects.filter(person=person_id).exclude(state="withdrawn")
    return granted.exists() or others.exists() or Budget.objects.filter(person=person_id).exists()
