"""Who looked at a person's file, in plain words: for the person themself."""

from dataclasses import dataclass
from datetime import datetime

from veerkracht.register.keeping.models import Objection
from veerkracht.register.log.models import LogEntry
from veerkracht.register.log.queries import SEEN, who_looked
from veerkracht.register.people.models import Membership, Person
from veerkracht.register.permissions.matrix import matrix
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Look:
    """One look at a file or change of it. `capacity`: the role, in words; `parts`: which groups of fields, in
    words; `groups`: the same, by id.
    """

    entry_id: int
    at: datetime
    who: str
    capacity: Text
    organisation: str
    verb: str
    purpose: str
    parts: tuple[Text, ...]
    groups: tuple[str, ...]
    objection: Objection | None


def looks(person: Person, limit: int = 50) -> list[Look]:
    """The latest looks at a person's file, last first, with what the person said about them. Their own are left
    out.
    """
    entries = who_looked(person.pk, limit, own=person.number)
    found = Membership.objects.filter(pk__in={one.membership_id for one in entries} - {None})
    organisations = dict(found.values_list("pk", "organisation__name"))
    objections = {one.entry_id: one for one in Objection.objects.filter(person=person)}
    return [
        Look(
            entry_id=one.pk,
            at=one.at,
            who=one.user_name,
            capacity=role_name(one.role),
            organisation=organisations.get(one.membership_id, ""),
            verb=one.verb,
            purpose=one.purpose,
            parts=tuple(group_name(group) for group in one.fields),
            groups=tuple(one.fields),
            objection=objections.get(one.pk),
        )
        for one in entries
    ]


def look_at(person: Person, entry_id: int) -> LogEntry | None:
    """A look at this person's file by this id; what they did themself isn't one."""
    found = LogEntry.objects.filter(pk=entry_id, person_id=person.pk, verb__in=SEEN)
    return found.exclude(role="person", user_name=person.number).first()


def role_name(role: str) -> Text:
    return matrix().roles.get(role) or Text(role, role)


def group_name(group: str) -> Text:
    return matrix().fields.get(group) or Text(group, group)
