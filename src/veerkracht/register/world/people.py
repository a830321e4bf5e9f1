"""Who works in the demo world, and who may look at their own request; every name says that it is invented."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

import polars as pl
from django.contrib.auth.hashers import make_password
from django.db.models import Model
from django.utils.timezone import make_aware

from veerkracht import region
from veerkracht.register.care.models import Request
from veerkracht.register.log import chain
from veerkracht.register.log.record import drafted
from veerkracht.register.people import areas, enterprise_numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person, PersonalCode, User

PASSWORD = "veerkracht-demo"  # noqa: S105  no secret: the demo prints it  # nosec B105
IN_A_ZONE, IN_TWO_CAPACITIES = "demo-officer-zone", "demo-two-roles"
AGENCY = "Voorbeeldagentschap (demo)"
# Whose counsellors come home to families in crisis.
TEAM = "Crisisbegeleiding Fabel (demo)"
MODELS: tuple[type[Model], ...] = (User, Organisation, Membership, PersonalCode)
_ORGANISATIONS = (
    (AGENCY, "agency"),
    ("Toeleidingscommissie Voorbeeld (demo)", "committee"),
    ("Zorgaanbieder De Proef (demo)", "provider"),
    ("Gebruikersorganisatie Fictief (demo)", "users"),
    ("Crisismeldpunt Voorbeeld (demo)", "desk"),
    ("Crisismeldpunt De Proef (demo)", "desk"),
    (TEAM, "provider"),
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
# Who has no part in the histories: their work begins on the demo's day.
_OTHERS = (
    ("demo-case-worker", "Helpine", "Fictiehuys", "case-worker", 2),
    ("demo-admission", "Planelien", "Modelmans", "admission", 2),
    ("demo-budget-officer", "Begrotine", "Centhuys", "budget-officer", 0),
    ("demo-budget-officer-2", "Nateller", "Sommeels", "budget-officer", 0),
    ("demo-treasurer", "Betalina", "Kassaerts", "treasurer", 0),
    ("demo-treasurer-2", "Verzendijn", "Munthof", "treasurer", 0),
    ("demo-measure-owner", "Maatgerda", "Mijlpaels", "measure-owner", 0),
    ("demo-crisis-worker", "Nachtine", "Waakmans", "crisis-worker", 4),
    ("demo-crisis-worker-2", "Luisterijn", "Meldpuntens", "crisis-worker", 5),
    ("demo-auditor", "Nazichtijn", "Proefstraeten", "auditor", 0),
    ("demo-records", "Archivelien", "Papierbeke", "records", 0),
    ("demo-administrator", "Sleutelijn", "Schijnhuys", "administrator", 0),
    (IN_A_ZONE, "Zonelien", "Voorbeeldmans", "officer", 0),
    (IN_TWO_CAPACITIES, "Dubbelina", "Testaerts", "assessor", 1),
    ("demo-counsellor", "Thuislien", "Gezinshuys", "admission", 6),
)


def staff(since: date) -> dict[str, list[User]]:
    """Make the demo's organisations and users; gives the users by role."""
    rules = region.current().payments
    numbers = map(enterprise_numbers.normal, rules.demo_enterprise_numbers if rules else ())
    organisations = [
        Organisation.objects.create(pk=place, name=name, kind=kind, enterprise_number=next(numbers, None))
        for place, (name, kind) in enumerate(_ORGANISATIONS, 1)
    ]
    by_role: dict[str, list[User]] = {}
    for user, held in _made(_STAFF, 1, organisations, since):
        by_role.setdefault(held.role, []).append(user)
    return by_role


def others(since: date) -> list[User]:
    """Make the users of every other role, one of them for a single zone, one with two capacities."""
    organisations = list(Organisation.objects.order_by("pk"))
    made = dict(_made(_OTHERS, len(_STAFF) + 1, organisations, since))
    by_name = {user.username: user for user in made}
    zone = made[by_name[IN_A_ZONE]]
    zone.area_kind, zone.area_code = _an_area()
    zone.save()
    Membership.objects.create(
        pk=len(_STAFF) + len(_OTHERS) + 1,
        user=by_name[IN_TWO_CAPACITIES],
        organisation=organisations[2],
        role=Membership.Role.CASE_WORKER,
        from_date=since,
    )
    return list(made)


def _made(
    people: Iterable[tuple[str, str, str, str, int]],
    first: int,
    organisations: list[Organisation],
    since: date,
) -> Iterator[tuple[User, Membership]]:
    # One hash for all: hashing is slow on purpose, and the password is public.
    password = make_password(PASSWORD)
    for number, (username, given, family, role, place) in enumerate(people, first):
        user = User.objects.create(
            pk=number,
            username=username,
            first_name=given,
            last_name=family,
            password=password,
            language="nl",
        )
        yield (
            user,
            Membership.objects.create(
                pk=number, user=user, organisation=organisations[place], role=role, from_date=since
            ),
        )


def _an_area() -> tuple[str, str]:
    """The zone with most inhabitants; the whole region where it has no zones."""
    known = areas.table().filter(pl.col("zone") != "")
    if known.is_empty():
        return "", ""
    largest = known.group_by("zone").agg(pl.col("inhabitants").sum()).sort("inhabitants", "zone")
    return Membership.AreaKind.ZONE, str(largest["zone"][-1])


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
