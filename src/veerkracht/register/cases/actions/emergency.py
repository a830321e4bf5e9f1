"""Emergency access, "breaking the glass": a look at a file for a few hours, with a reason, told to the team."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.cases import rules
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor, in_force
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.register.permissions import require, restricted
from veerkracht.register.permissions.scope import OF_PERSON
from veerkracht.register.rows import CHANGED_MEANWHILE, locked
from veerkracht.register.sharing.in_force import emergencies
from veerkracht.register.sharing.models import EmergencyAccess
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.queries import team
from veerkracht.rulebook.types import Text


def open_emergency(number: str, *, by: Actor, reason: str) -> EmergencyAccess:
    """Look into the file of a person or a request, by its number, for the hours that the region gives.

    Raises `Invalid` for a reason in too few words, whatever the number; `Refused`, the same for a number that does
    not exist, is of a restricted person, or of another programme than the role's. Each try is in the log.
    """
    require("emergency.open", by, by.programme)
    reason = rules.words(reason, "reason", rules.number("emergency-words"))
    found = _found(number.strip(), by)
    if found is None:
        record(by, "refused", "emergency", purpose=reason, detail={"asked": number[:20]})
        raise Refused()
    person, programme = found
    with said(), transaction.atomic():
        # Locked so that the same person can't open it twice at once.
        person = locked(person)
        _check_not_open(person, programme, by)
        at = clock.now()
        access = EmergencyAccess.objects.create(
            person=person,
            programme=programme,
            user=by.user,
            membership=by.membership,
            reason=reason,
            from_at=at,
            until_at=at + timedelta(hours=rules.number("emergency-hours")),
        )
        record(by, "create", access, person_id=person.pk, purpose=reason)
        others = [user for user in _watching(person, programme) if user.pk != by.user_id]
        tell(others, "emergency-opened", person, str(access.pk), who=by.name)
    return access


def review_emergency(
    access: EmergencyAccess, *, by: Actor, in_order: bool, text: str = ""
) -> EmergencyAccess:
    """The team says whether an emergency access was in order, and in words when it was not. Once, by another.

    Raises `Refused` for who may not, `Invalid` without words where it was not, and `Conflict` when it was reviewed.
    """
    require("emergency.review", by, access)
    text = text.strip() if in_order else rules.words(text, "text")
    with said(), transaction.atomic():
        access = locked(access)
        if access.reviewed_at:
            raise Conflict(CHANGED_MEANWHILE)
        access.reviewed_by, access.reviewed_by_name = by.user, by.name
        access.reviewed_at, access.in_order, access.review = clock.now(), in_order, text
        access.save(update_fields=["reviewed_by", "reviewed_by_name", "reviewed_at", "in_order", "review"])
        record(by, "change", access, person_id=access.person_id, purpose=text, detail={"in_order": in_order})
        tell([access.user], "emergency-reviewed", access.person, str(access.pk), who=by.name)
    return access


def _found(number: str, by: Actor) -> tuple[Person, str] | None:
    """The person of a number, with the programme that is looked into; None when that may not be."""
    kept = restricted(by, OF_PERSON)
    people = Person.objects.exclude(kept).filter(pseudonymised_on=None)
    if by.programme:
        people = people.filter(requests__programme=by.programme)
    person = people.filter(Q(number=number) | Q(requests__number=number)).distinct().first()
    return (person, by.programme) if person else None


def _check_not_open(person: Person, programme: str, by: Actor) -> None:
    open_now = emergencies(clock.now()).filter(person=person, membership=by.membership)
    if open_now.filter(programme=programme).exists():
        raise Invalid(
            Text(
                nl="U hebt al noodtoegang tot dit dossier.",
                en="You have emergency access to this file already.",
            ),
            "number",
        )


def _watching(person: Person, programme: str) -> list[User]:
    """The team; where nobody works on the case, the auditors of the programme, so that somebody always hears."""
    return team(person, programme) or list(
        User.objects.filter(
            is_active=True,
            pk__in=Membership.objects.filter(
                in_force(clock.today()), role=Membership.Role.AUDITOR, programme__in=["", programme]
            ).values("user"),
        ).order_by("id")
    )
