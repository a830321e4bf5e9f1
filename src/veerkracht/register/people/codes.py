"""Personal codes: how a person signs in to see their own requests. Only a salted hash of a code is kept."""

import secrets
from datetime import timedelta

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, PersonalCode, User
from veerkracht.rulebook.types import Text

# Without letters and digits that are read as one another.
_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
UNKNOWN = Text(
    nl="Deze code is niet juist of niet meer geldig.", en="This code is not right or no longer valid."
)


def issue(person: Person, *, by: Actor, days: int = 365) -> str:
    """A new code for a person, such as 0000001-K7PM-Q2XD-9RTA. It replaces the earlier ones; it is shown
    once.
    """
    secret = new_secret()
    at = clock.now()
    with transaction.atomic():
        person.codes.filter(expires_at__gt=at).update(expires_at=at)
        PersonalCode.objects.create(
            person=person,
            hash=hashed(secret),
            created_at=at,
            expires_at=at + timedelta(days=days),
        )
        record(by, "create", "personal code", person_id=person.pk)
    return f"{person.number.removeprefix('P-')}-{secret}"


def redeem(code: str) -> User:
    """The user as whom the person with this code signs in (made at the first sign-in).

    Raises `Refused`, with the same text whether the person exists, the code is wrong or no longer valid, or the
    person's account is closed. How often somebody may guess is for who asks to limit; no number of wrong guesses
    ends a code, or anybody could end another's.
    """
    secret = code.strip().removeprefix("P-").partition("-")[2]
    at = clock.now()
    kept = (
        PersonalCode.objects.filter(person__number=f"P-{number_in(code)}", expires_at__gt=at)
        .exclude(person__user__is_active=False)
        .select_related("person")
        .order_by("-id")
        .first()
    )
    # One hash is computed for unknown people too: the time taken tells nothing.
    if not opens(secret, kept.hash if kept else "") or kept is None:
        raise Refused(UNKNOWN)
    with transaction.atomic():
        PersonalCode.objects.filter(pk=kept.pk).update(used_at=at)
        return _user_of(kept.person)


def new_secret() -> str:
    """What only who is given it knows: three groups of four signs, some 59 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(3))


def hashed(secret: str) -> str:
    """A secret as it is kept: salted, and of no use to who reads it."""
    return make_password(_plain(secret))


def opens(secret: str, kept: str) -> bool:
    """Whether this is the secret that was kept; `kept` "": there is none, which takes as long to say."""
    if not kept:
        make_password(_plain(secret))
        return False
    return check_password(_plain(secret), kept)


def number_in(code: str) -> str:
    """Whose code it says it is: 0000001 in 0000001-K7PM-Q2XD-9RTA."""
    return code.strip().removeprefix("P-").partition("-")[0]


def _user_of(person: Person) -> User:
    user, made = User.objects.get_or_create(
        person=person,
        defaults={
            "username": person.number,
            "first_name": person.given_name,
            "last_name": person.family_name,
            "language": person.language,
        },
    )
    if made:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    return user


def _plain(secret: str) -> str:
    return "".join(character for character in secret.upper() if character.isalnum())
