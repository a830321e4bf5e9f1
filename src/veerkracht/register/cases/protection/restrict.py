"""Restricting a file: only who is named may know of it. Done by person number, by somebody who does not read it."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, User
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.register.sharing.models import RestrictedAccess
from veerkracht.register.sharing.protection import named
from veerkracht.rulebook.types import Text

_VERB = "person.restrict"
# Its own word in the log, so that an investigation finds what was done with it.
_OBJECT = "restriction"


def restrict(number: str, *, by: Actor, users: Iterable[User], reason: str) -> Person:
    """From now on nobody but `users` and the person can learn that this person is in the register.

    Raises `Invalid` for an unknown number, without users or a reason, or when it is restricted already.
    """
    require(_VERB, by, EVERY_PROGRAMME)
    chosen, reason = list(dict.fromkeys(users)), _given(reason)
    if not chosen:
        raise Invalid(
            Text(
                nl="Noem minstens één medewerker: een dossier dat niemand ziet, kan niemand helpen.",
                en="Name at least one member of staff: a file that nobody sees helps nobody.",
            ),
            "users",
        )
    with said(), transaction.atomic():
        person = _locked(number)
        if person.restricted:
            raise Invalid(
                Text(nl="Dit dossier is al afgeschermd.", en="This file is restricted already."), "number"
            )
        # Whoever was named at an earlier time is not named now.
        _end(person)
        person.restricted = True
        person.save(update_fields=["restricted"])
        for user in chosen:
            _name(person, user, by, reason)
        _log(by, "create", person, chosen, reason)
    return person


def name_one(number: str, *, by: Actor, user: User, reason: str, until: date | None = None) -> Person:
    """One more who may know of a restricted person, up to and including `until`.

    Raises `Invalid` when the file isn't restricted, or they are named already.
    """
    require(_VERB, by, EVERY_PROGRAMME)
    reason = _given(reason)
    if until is not None and until < clock.today():
        raise Invalid(Text(nl="Deze dag is al voorbij.", en="This day has passed."), "until")
    with said(), transaction.atomic():
        person = _restricted(number)
        if named(clock.today()).filter(person=person, user=user).exists():
            raise Invalid(
                Text(nl="Deze medewerker is al genoemd.", en="This member of staff is named already."), "user"
            )
        _name(person, user, by, reason, until)
        _log(by, "change", person, [user], reason)
    return person


def remove_name(number: str, *, by: Actor, user: User, reason: str) -> Person:
    """From this moment `user` can't learn that the person exists. Raises `Invalid` for the last one named."""
    require(_VERB, by, EVERY_PROGRAMME)
    reason = _given(reason)
    with said(), transaction.atomic():
        person = _restricted(number)
        held = list(named(clock.today()).filter(person=person).values_list("user_id", flat=True))
        if user.pk not in held:
            raise Invalid(
                Text(nl="Deze medewerker is niet genoemd.", en="This member of staff is not named."), "user"
            )
        if len(held) == 1:
            raise Invalid(
                Text(
                    nl="Dit is de laatste die genoemd is: noem eerst iemand anders.",
                    en="This is the last one named: name somebody else first.",
                ),
                "user",
            )
        _end(person, user)
        _log(by, "change", person, [user], reason, removed=True)
    return person


def lift(number: str, *, by: Actor, reason: str) -> Person:
    """The file is an ordinary one again. Raises `Invalid` when it isn't restricted."""
    require(_VERB, by, EVERY_PROGRAMME)
    reason = _given(reason)
    with said(), transaction.atomic():
        person = _restricted(number)
        person.restricted = False
        person.save(update_fields=["restricted"])
        _end(person)
        _log(by, "delete", person, [], reason)
    return person


def _name(person: Person, user: User, by: Actor, reason: str, until: date | None = None) -> None:
    RestrictedAccess.objects.create(
        person=person,
        user=user,
        reason=reason,
        given_by_name=by.name,
        from_date=clock.today(),
        until_date=until,
    )


def _end(person: Person, user: User | None = None) -> None:
    held = RestrictedAccess.objects.filter(person=person, ended_at=None)
    held = held.filter(user=user) if user else held
    held.update(ended_at=clock.now())


def _locked(number: str) -> Person:
    # Locked, so that two who restrict or lift at once come after one another.
    person = Person.objects.select_for_update().filter(number=number.strip().upper()).first()
    if person is None:
        raise Invalid(
            Text(
                nl="Er is geen persoon met dit nummer. Verwacht: een nummer zoals P-0000001.",
                en="There is no person with this number. Expected: a number such as P-0000001.",
            ),
            "number",
        )
    return person


def _restricted(number: str) -> Person:
    person = _locked(number)
    if not person.restricted:
        raise Invalid(
            Text(nl="Dit dossier is niet afgeschermd.", en="This file is not restricted."), "number"
        )
    return person


def _given(reason: str) -> str:
    reason = reason.strip()
    if not reason:
        raise Invalid(Text(nl="Zeg waarom.", en="Say why."), "reason")
    return reason[:300]


def _log(
    by: Actor, verb: str, person: Person, users: list[User], reason: str, *, removed: bool = False
) -> None:
    # The reason tells of danger: it stays out of what is shown of the log beside a file, also once it is lifted.
    detail = {"removed" if removed else "named": [user.username for user in users], "reason": reason}
    record(by, verb, _OBJECT, person_id=person.pk, detail=detail)
