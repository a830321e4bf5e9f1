"""The log, a page at a time, for the auditor: who did what to whose file, when and why; never the file itself."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet

from veerkracht.register.keeping.queries.looks import group_name, role_name
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, User
from veerkracht.register.permissions import EVERY_PROGRAMME, kept_from, require
from veerkracht.rulebook.types import Text

SIZE = 50
# More users than this with one name is no search.
_MOST_USERS = 100


@dataclass(frozen=True)
class EntryFilters:
    """What is looked for; empty for no matter. `person`: a number. `user`: a name, a user name or a person's number."""

    person: str = ""
    user: str = ""
    day: date | None = None
    verb: str = ""


@dataclass(frozen=True)
class EntryView:
    """One entry. `capacity`: where the role was held and for what. `person`: the number of whose file it is about; ""
    when it is about nobody, or nobody any more.
    """

    id: int
    at: datetime
    who: str
    role: Text
    capacity: str
    verb: str
    object: str
    person: str
    parts: tuple[Text, ...]
    purpose: str


@dataclass(frozen=True)
class EntryPage:
    """The latest entries first; `before`: the key of the next page, None on the last."""

    entries: tuple[EntryView, ...]
    before: int | None


def log_page(actor: Actor, filters: EntryFilters, before: int | None = None) -> EntryPage:
    """The entries that fit, from the one before a key. Reading the log is written down in it.

    What concerns restricted people is there for who is named in their file only. The log knows no programmes: a
    role for one programme doesn't read it. Raises `Refused`.
    """
    require("log.read", actor, EVERY_PROGRAMME)
    asked = {name: str(value) for name, value in vars(filters).items() if value}
    record(actor, "search" if asked else "list", "log", detail={"before": before, **_without_names(asked)})
    entries = _found(actor, filters)
    if before is not None:
        entries = entries.filter(pk__lt=before)
    rows = list(entries.order_by("-id")[: SIZE + 1])
    numbers = dict(
        Person.objects.filter(pk__in={row.person_id for row in rows} - {None}).values_list("pk", "number")
    )
    shown = tuple(_seen(row, numbers) for row in rows[:SIZE])
    return EntryPage(shown, rows[SIZE - 1].pk if len(rows) > SIZE else None)


def _without_names(asked: dict[str, str]) -> dict[str, str]:
    """What was asked, for the log. What was typed for a user may be the name of a person: only that it was asked."""
    return {name: "…" if name == "user" else value for name, value in asked.items()}


def _found(actor: Actor, filters: EntryFilters) -> QuerySet[LogEntry]:
    entries = LogEntry.objects.all()
    if hidden := kept_from(actor):
        entries = entries.exclude(person_id__in=hidden)
    if filters.person:
        whose = Person.objects.filter(number=filters.person).values_list("pk", flat=True).first()
        entries = entries.filter(person_id=whose) if whose else entries.none()
    if filters.user:
        entries = entries.filter(user_id__in=_users(filters.user, hidden))
    if filters.day:
        entries = entries.filter(day=filters.day)
    return entries.filter(verb=filters.verb) if filters.verb else entries


def _users(text: str, hidden: tuple[int, ...]) -> list[int]:
    """Staff by (a part of) their name or by user name; a person by their number only."""
    staff = Q(person=None)
    for word in text.split():
        staff &= Q(first_name__icontains=word) | Q(last_name__icontains=word) | Q(username=word)
    found = User.objects.filter(staff | Q(person__number=text)).exclude(person__in=hidden)
    return list(found.order_by("pk").values_list("pk", flat=True)[:_MOST_USERS])


def _seen(row: LogEntry, numbers: dict[int, str]) -> EntryView:
    return EntryView(
        id=row.pk,
        at=row.at,
        who=row.user_name,
        role=role_name(row.role),
        capacity=row.capacity.removeprefix(row.role).removeprefix(" · "),
        verb=row.verb,
        object=f"{row.object_type} {row.object_id}".strip(),
        person=numbers.get(row.person_id or 0, ""),
        parts=tuple(group_name(group) for group in row.fields),
        purpose=row.purpose,
    )
