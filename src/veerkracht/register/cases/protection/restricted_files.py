"""Which files are restricted and who is named in them, for who keeps them so; no more than a person's number."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, User
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.register.sharing.protection import named


@dataclass(frozen=True)
class Named:
    """Somebody who may know of a restricted person, why, and up to and including which day (None: no end)."""

    user: str
    name: str
    reason: str
    given_by: str
    from_date: date
    until_date: date | None


@dataclass(frozen=True)
class RestrictedFile:
    """A restricted person by number, and who is named."""

    number: str
    named: tuple[Named, ...]


def restricted_files(actor: Actor) -> tuple[RestrictedFile, ...]:
    """All restricted files, by number; the look is logged. There are few: they come whole.

    Raises `Refused` for who may not restrict files.
    """
    require("person.restrict", actor, EVERY_PROGRAMME)
    record(actor, "list", "restriction")
    people = list(Person.objects.filter(restricted=True).order_by("number"))
    held = named(clock.today()).filter(person__in=people).select_related("user").order_by("id")
    by_person: dict[int, list[Named]] = {person.pk: [] for person in people}
    for one in held:
        by_person[one.person_id].append(
            Named(
                one.user.username,
                one.user.full_name,
                one.reason,
                one.given_by_name,
                one.from_date,
                one.until_date,
            )
        )
    return tuple(RestrictedFile(person.number, tuple(by_person[person.pk])) for person in people)


def staff_named(actor: Actor, usernames: str) -> tuple[list[User], list[str]]:
    """The active users with these names (separated by spaces or commas), and the names that are nobody's.

    Raises `Refused` for who may not restrict files.
    """
    require("person.restrict", actor, EVERY_PROGRAMME)
    asked = list(dict.fromkeys(usernames.replace(",", " ").split()))
    found = {
        user.username: user
        for user in User.objects.filter(
            username__in=asked, is_active=True, memberships__isnull=False
        ).distinct()
    }
    return [found[name] for name in asked if name in found], [name for name in asked if name not in found]
