"""Who works in the demo world, and who may look at their own request; every name says that it is invented."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db.models import Model
from django.utils.timezone import make_aware

from veerkracht.register.care.models import Request
from veerkracht.register.log import chain
from veerkracht.register.log.record import drafted
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person, PersonalCode, User

PASSWORD = "veerkracht-demo"  # noqa: S105  no secret: the demo prints it
AGENCY = "Voorbeeldagentschap (demo)"
MODELS: tuple[type[Model], ...] = (User, Organisation, Membership, PersonalCode)
_ORGANISATIONS = (
    (AGENCY, "agency"),
    ("Toeleidingscommissie Voorbeeld (demo)", "committee"),
    ("Zorgaanbieder De Proef (demo)", "provider"),
    ("Gebruikersorganisatie Fictief (demo)", "users"),
)
# Username, given name, family name, role, organisation.
_STAFF = (
    ("demo-officer", "Fictine", "Voorbeelds", "officer", 0),
    ("demo-officer-2", "Testijn", "Proefmans", "officer", 0),
    ("demo-signer", "Modella", "Schijnaerts", "signer", 0),
    ("demo-assessor", "Proefke", "Testinckx", "assessor", 1),
    ("demo-reader", "Anonia", "Fabelbeke", "reader", 3),
    ("demo-analyst", "Denkbert", "Modelhuys", "analyst", 0),
)


def staff(since: date) -> dict[str, list[User]]:
    """Make the demo's organisations and users; gives the users by role."""
    organisations = [
        Organisation.objects.create(pk=place, name=name, kind=kind)
        for place, (name, kind) in enumerate(_ORGANISATIONS, 1)
    ]
    # One hash for all: hashing is slow on purpose, and the password is public.
    password = make_password(PASSWORD)
    by_role: dict[str, list[User]] = {}
    for number, (username, given, family, role, place) in enumerate(_STAFF, 1):
        user = User.objects.create(
            pk=number,
            username=username,
            first_name=given,
            last_name=family,
            password=password,
            language="nl",
        )
        organisation = organisations[place]
        Membership.objects.create(pk=number, user=user, organisation=organisation, role=role, from_date=since)
        by_role.setdefault(role, []).append(user)
    return by_role


def secret(place: int) -> str:
    """The fixed code of a demo person; public, as everything in a demo world."""
    return f"TEST-TEST-TES{place + 1}"


def give_codes(people: list[Person], at: datetime) -> list[str]:
    """A personal code for each of these people, as they sign in with it."""
    codes = []
    for place, person in enumerate(people, 1):
        plain = "".join(character for character in secret(place) if character.isalnum())
        PersonalCode.objects.create(
            pk=place,
            person=person,
            hash=make_password(plain),
            created_at=at,
            expires_at=at + timedelta(days=36_500),
        )
        codes.append(f"{person.number.removeprefix('P-')}-{secret(place)}")
    return codes


# Who looked at the files of the people with a code, how many days before the world's date, and why.
_LOOKS = (
    ("demo-assessor", 75, "Controle van het dossier / Check of the file"),
    ("demo-officer", 30, "Voorbereiding van een ronde / Preparing a round"),
    ("demo-reader", 12, ""),
)

# The groups of fields that such a look shows.
_SEEN = ("assessment", "history", "identity", "request")


def look(codes: Iterable[str], until: date) -> None:
    """Let the log tell of looks at the files of the people with these codes, so that they have something to see."""
    memberships = {
        one.user.username: one for one in Membership.objects.select_related("user", "organisation")
    }
    people = Person.objects.filter(number__in=[f"P-{code.partition('-')[0]}" for code in codes])
    requests = Request.objects.filter(person__in=people, state="waiting").order_by("pk")
    chain.append(
        [
            drafted(
                Actor(memberships[username].user, memberships[username]),
                "read",
                request,
                at=make_aware(datetime.combine(until - timedelta(days=days), time(10, 15))),
                person_id=request.person_id,
                purpose=purpose,
                fields=_SEEN,
            )
            for username, days, purpose in _LOOKS
            for request in requests
        ]
    )
