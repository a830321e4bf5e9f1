"""A register with things that must not leak, and one caller for each role: what each may not learn, by its words.

Every word that is planted begins with `Xy`, which no text of ours holds.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from tests import factories
from tests.crisis.making import make_call, make_search, make_shelter
from veerkracht.register import clock
from veerkracht.register.crisis import actions as crisis
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.crisis.models import Call, Search
from veerkracht.register.documents.models import Document
from veerkracht.register.people.actors import PERSON, actor_for
from veerkracht.register.people.models import Organisation, Person, User
from veerkracht.register.plans.models import OwnPlan
from veerkracht.register.sharing.models import Address, Consultation, ConsultationNote
from veerkracht.register.shelter.models import CrisisStay
from veerkracht.register.supply import actions as supply

DAY = date(2024, 1, 15)
HERE, THERE = "11001", "11002"
ON_LIST = ("officer", "signer", "assessor", "reader")
ROLES = (
    *ON_LIST,
    "case-worker",
    "admission",
    "analyst",
    "auditor",
    "records",
    "administrator",
    "crisis-worker",
)
CALLERS = ("nobody", PERSON, "officer-there", "officer-other", *ROLES)
# Nobody who calls here may learn these: a restricted file, an address in hiding, a refuge, another's notes and plan.
SECRET = frozenset({"Xysealed", "Xyhideout", "Xyrefuge", "Xynote", "Xypaper", "Xyplan"})
# Of somebody placed by a desk: their name, whom they avoid, by which number they are called back, and where they are.
OF_DESK = frozenset({"Xycaller", "Xyavoided", "Xyphone", "Xylane"})
# Somebody on the list, in one municipality and one programme.
LISTED = frozenset({"Xyopen"})


@dataclass(frozen=True)
class Planted:
    """`users`: who signs in, by caller. `ids`: values of what is planted, by the name of the part of an address."""

    users: dict[str, User]
    ids: dict[str, tuple[Any, ...]]

    def forbidden(self, caller: str) -> frozenset[str]:
        """What this caller may not learn. Who keeps records hands out a person's own file, on request. A desk knows its
        own calls, and that there is a refuge.
        """
        if caller == "crisis-worker":
            return (SECRET - {"Xyrefuge"}) | LISTED
        return SECRET | OF_DESK if caller in (*ON_LIST, "records") else SECRET | OF_DESK | LISTED


def plant() -> Planted:
    """The same each time, on the demo's day."""
    clock.stand_still_on(DAY)
    users = _users()
    seen = factories.make_person(given="Fien", family="Xyopen", area=HERE)
    sealed = factories.make_person(given="Noor", family="Xysealed", area=HERE)
    factories.make_credit()
    requests = [factories.make_request(person) for person in (seen, sealed)]
    made = factories.make_round(200_000, officer=factories.make_actor("officer"))
    # Restricted last: nobody, not even a command, could have made the rest.
    Person.objects.filter(pk=sealed.pk).update(restricted=True)
    unit = _refuge()
    hold = supply.hold_place(unit, by=factories.Actor.for_command("tests"), minutes=60, reference="Xyrefuge")
    call, search, stay = _desk(users["crisis-worker"])
    note = _consultation(seen, users["officer"])
    paper = _paper(sealed)
    Address.objects.create(person=seen, street="Xyhideout 13", hidden=True, **_WHERE)
    plan = OwnPlan.objects.create(
        owner=factories.make_user("analyst"), name="Xyplan", text="", kept_at=clock.now()
    )
    numbers = tuple(request.number for request in requests)
    rows = (
        made.pk,
        unit.pk,
        unit.service_id,
        hold.pk,
        note.pk,
        note.consultation_id,
        paper.pk,
        plan.pk,
        stay.pk,
    )
    ids = {
        "number": (*numbers, call.number, search.number),
        "person": (seen.number, sealed.number),
        "id": (*dict.fromkeys(rows), seen.pk, sealed.pk),
        "reference": (str(paper.reference),),
    }
    return Planted(users, ids)


_WHERE = {
    "postal_code": "2630",
    "municipality": "Aartselaar",
    "from_date": date(2023, 1, 1),
    "recorded_by_name": "tests",
}


def _users() -> dict[str, User]:
    users = {role: factories.make_user(role, username=f"planted-{role}") for role in ROLES}
    partner, _ = Organisation.objects.get_or_create(name="The partner", defaults={"kind": "provider"})
    for role in ("case-worker", "admission"):
        users[role].memberships.update(organisation=partner)
    there = users["officer-there"] = factories.make_user("officer", username="planted-there")
    there.memberships.update(area_kind="municipality", area_code=THERE)
    other = users["officer-other"] = factories.make_user("officer", username="planted-other")
    other.memberships.update(programme=_other_programme())
    ann = factories.make_person(given="Ann", family="Voorbeeld", area=THERE)
    factories.make_request(ann)
    users[PERSON] = User.objects.create_user(ann.number, person=ann, language="en")
    return users


def _other_programme() -> str:
    from veerkracht import region

    return next(id for id in region.current().programmes if id != factories.PROGRAMME)


def _refuge() -> Any:
    return factories.make_units(factories.make_service("Xyrefuge", organisation="A refuge", secret=True))[0]


def _desk(worker: User) -> tuple[Call, Search, CrisisStay]:
    """A family by name whom a desk placed at a secret address, and calls back."""
    by = actor_for(worker)
    crisis.start_shift(by=by, kind="day")
    refuge = make_shelter(
        "Refuge of a desk", area=HERE, kinds=("safe-house",), secret=True, address="Xylane 1", phone="Xyphone"
    )
    call = make_call(by)
    crisis.identify(call, [Identity("Noor", "Xycaller", date(1990, 5, 17))], by=by)
    need = {"kind": "safe-house", "from_area": HERE, "children": (), "avoid_names": ("Xyavoided",)}
    search = make_search(by, call, **need)
    crisis.hold_for(search, refuge, by=by)
    crisis.confirm(search, by=by)
    crisis.promise_call_back(call, by=by, in_minutes=60, how="Xyphone")
    return call, search, CrisisStay.objects.get(search=search)


def _consultation(person: Person, by: User) -> ConsultationNote:
    opened = Consultation.objects.create(
        person=person,
        programme=factories.PROGRAMME,
        ground="case-consultation",
        source="A law",
        purpose="safety",
        fields=["identity"],
        held_on=DAY,
        opened_by=factories.make_user("case-worker"),
        opened_at=clock.now(),
        until_date=date(2024, 3, 1),
    )
    return ConsultationNote.objects.create(
        consultation=opened, text="Xynote", by=opened.opened_by, at=clock.now()
    )


def _paper(person: Person) -> Document:
    return Document.objects.create(
        person=person,
        programme=factories.PROGRAMME,
        kind="report",
        name="Xypaper.pdf",
        size=1,
        sha256="0" * 64,
        content_type="application/pdf",
        stored_name="planted",
        added_by_name="tests",
        added_at=clock.now(),
    )
