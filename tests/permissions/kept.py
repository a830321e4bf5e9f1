"""One person whose file has something to tell in every group of fields, and everybody who might want to know it.

Each group of fields has a marker: a text that stands nowhere else. A place that shows a marker shows that group.
"""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import count

from tests.factories import make_actor, make_person, make_request
from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care import actions
from veerkracht.register.care.models import Budget, Request, Turn, TurnRun
from veerkracht.register.documents.actions import add_document
from veerkracht.register.documents.models import Document
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, PERSON, ROLES, Actor, actor_for
from veerkracht.register.people.models import Membership, Organisation, Person, User
from veerkracht.register.permissions import case_of
from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.sharing.models import (
    Address,
    CaseWorker,
    Consent,
    Consultation,
    ConsultationMember,
    ConsultationNote,
    EmergencyAccess,
    Referral,
    Representation,
    RestrictedAccess,
)

TODAY = date(2024, 1, 15)
PROGRAMME, OTHER_PROGRAMME = "personal-budget", "residential-care"
AREA, ELSEWHERE = "11001", "71016"
MARKERS = {
    "identity": ("Zilvermarker",),
    "contact": ("Straatmarker",),
    "history": ("Gebeurtenismarker",),
    "assessment": ("Antwoordmarker",),
    "money": ("12.345", "1234500"),
    "turn": ("2031",),
    "sharing": ("Deelmarker",),
    "documents": ("Stukmarker",),
    "looks": ("Inkijkmarker",),
    "hidden-address": ("Onderduikmarker",),
    "notes": ("Notamarker",),
}
# What a consent, referral or consultation of this file is cut to.
CUT = ("contact", "history", "documents")
CUT_OF_CONSULTATION = (*CUT, "notes")
_LONG_AGO = date(2020, 1, 1)
_serial = count(1)


@dataclass(frozen=True)
class Kept:
    """The case that is kept, and the row that tells of it in each place."""

    person: Person
    request: Request
    document: Document
    consultation: Consultation
    consent: Consent


def keep() -> Kept:
    """A person in `AREA` with a waiting request, a budget, a turn, an address, one in hiding, a document, …"""
    clock.stand_still_on(TODAY)
    by = Actor.for_command("tests")
    person = make_person(given="Zilvermarker", family="Geheimhouder", area=AREA)
    request = make_request(person, by=by)
    found = actions.Assessed(facts={"question": MARKERS["assessment"][0]})
    actions.assess(request, found, by=by, on=date(2022, 1, 3), text=MARKERS["history"][0])
    _money(person, request)
    _turn(request)
    _addresses(person)
    document = _document(request)
    consent = _shared(person, make_organisation(MARKERS["sharing"][0]))
    consultation = _consultation(person)
    record(
        Actor.for_command("Vroegere lezer"), "read", request, person_id=person.pk, purpose=MARKERS["looks"][0]
    )
    return Kept(person, request, document, consultation, consent)


def _money(person: Person, request: Request) -> None:
    Budget.objects.create(
        person=person,
        programme=PROGRAMME,
        request=request,
        kind="first",
        scheme="",
        category="5",
        points=1,
        amount_cents=1_234_500,
        from_date=_LONG_AGO,
        ended_on=date(2021, 1, 1),
        end_reason="changed",
    )


def _turn(request: Request) -> None:
    run = TurnRun.objects.create(
        programme=PROGRAMME,
        plan=region.current().turns_plan,
        start=TODAY,
        seed=1,
        runs=200,
        computed_at=clock.now(),
    )
    days = [date(2031, 3, day) for day in (1, 2, 3, 4, 5)]
    Turn.objects.create(
        request=request,
        run=run,
        **dict(zip(("p10", "p25", "p50", "p75", "p90"), days, strict=True)),
        served_share=0.9,
        horizon=date(2034, 1, 1),
    )


def _addresses(person: Person) -> None:
    common = {"postal_code": "2630", "from_date": _LONG_AGO, "recorded_by_name": "tests"}
    Address.objects.create(person=person, street="Straatmarker 7", municipality="Aartselaar", **common)
    Address.objects.create(
        person=person, street="Onderduikmarker 13", municipality="Schuilstad", hidden=True, **common
    )


def _document(request: Request) -> Document:
    return add_document(
        case_of(request),
        by=make_actor("officer"),
        kind=Document.Kind.values[0],
        name="Stukmarker.txt",
        file=io.BytesIO(b"Stukmarker"),
    )


def _shared(person: Person, organisation: Organisation, fields: tuple[str, ...] = CUT) -> Consent:
    return Consent.objects.create(
        person=person,
        programme=PROGRAMME,
        organisation=organisation,
        ground="consent",
        purpose="samen helpen",
        fields=list(fields),
        from_date=_LONG_AGO,
        until_date=date(2030, 1, 1),
        recorded_at=clock.now(),
        recorded_by_name="tests",
        given_at=clock.now(),
    )


def _consultation(person: Person) -> Consultation:
    opener = make_user("Opener")
    found = Consultation.objects.create(
        person=person,
        programme=PROGRAMME,
        ground="case-consultation",
        source="art. 458ter",
        purpose="overleg",
        fields=list(CUT_OF_CONSULTATION),
        held_on=TODAY,
        until_date=date(2030, 1, 1),
        opened_by=opener,
        opened_at=clock.now(),
    )
    ConsultationNote.objects.create(consultation=found, text=MARKERS["notes"][0], by=opener, at=clock.now())
    return found


def make_user(name: str, person: Person | None = None) -> User:
    return User.objects.create_user(f"m{next(_serial)}", first_name=name, last_name="Kijker", person=person)


def make_organisation(name: str) -> Organisation:
    return Organisation.objects.create(name=f"{name} {next(_serial)}", kind="provider")


# ── Everybody who might want to know ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Link:
    """How somebody stands to the case: the relations of the matrix that this is, and what they are cut to."""

    id: str
    relations: frozenset[str]
    cut: frozenset[str] | None = None


def _link(id: str, *relations: str, cut: tuple[str, ...] | None = None) -> Link:
    return Link(id, frozenset(relations), None if cut is None else frozenset(cut))


LINKS = (
    _link("whole region", "programme", "region", "area"),
    _link("its area", "programme", "area"),
    _link("another area", "programme"),
    _link("own case", "programme", "own", "team"),
    _link("a colleague's case", "programme", "team"),
    _link("own case until yesterday", "programme"),
    _link("consent", "programme", "partner", cut=CUT),
    _link("consent revoked", "programme"),
    _link("consent over", "programme"),
    _link("consent not given yet", "programme"),
    _link("referral", "programme", "receiver", cut=CUT),
    _link("referral declined", "programme"),
    _link("consultation", "programme", "consultation", cut=CUT_OF_CONSULTATION),
    _link("consultation left", "programme"),
    _link("emergency", "programme", "emergency"),
    _link("emergency over", "programme"),
    _link("another programme"),
)
OWN_LINKS = (
    _link("self", "self"),
    _link("representative", "representative"),
    _link("viewer", "viewer"),
    _link("a stranger"),
)
# Links that have ended give as little as another area does: one of them stands for all where each page is asked.
_ENDED = {"own case until yesterday", "consent over", "consent not given yet", "referral declined"}
_ENDED |= {"consultation left", "emergency over"}
EVERYBODY = (*ROLES, PERSON, COMMAND)


def links_of(role: str) -> tuple[Link, ...]:
    """Every way in which somebody in a role can stand to the case."""
    return {PERSON: OWN_LINKS, COMMAND: LINKS[:1]}.get(role, LINKS)


def links_on_pages(role: str) -> tuple[Link, ...]:
    return tuple(link for link in links_of(role) if link.id not in _ENDED)


def actor(kept: Kept, role: str, link: Link) -> Actor:
    """Somebody in a role who stands so to the case."""
    if role == COMMAND:
        return Actor.for_command("tests")
    if role == PERSON:
        return _oneself(kept, link)
    organisation = make_organisation(role)
    user = make_user(role)
    membership = Membership.objects.create(
        user=user,
        organisation=organisation,
        role=role,
        programme=OTHER_PROGRAMME if link.id == "another programme" else PROGRAMME,
        from_date=_LONG_AGO,
        **_area_of(link),
    )
    _LINKING.get(link.id, lambda *_: None)(kept.person, user, organisation, membership)
    return actor_for(user, membership=membership.pk)


def _area_of(link: Link) -> dict[str, str]:
    if "region" in link.relations or link.id == "another programme":
        return {}
    code = AREA if "area" in link.relations else ELSEWHERE
    return {"area_kind": "municipality", "area_code": code}


def _oneself(kept: Kept, link: Link) -> Actor:
    if link.id == "self":
        person = kept.person
        user = User.objects.filter(person=person).first() or make_user("self", person)
        return Actor(user=user, person=person)
    person = make_person(given="Ouder", family="Kijker", area=ELSEWHERE)
    if link.relations:
        Representation.objects.create(
            person=kept.person,
            representative=person,
            kind={"representative": "administrator", "viewer": "viewer"}[link.id],
            from_date=_LONG_AGO,
            recorded_by_name="tests",
        )
    return Actor(user=make_user("other", person), person=person)


def _work(person: Person, user: User, organisation: Organisation, until: date | None = None) -> None:
    CaseWorker.objects.create(
        person=person,
        programme=PROGRAMME,
        user=user,
        organisation=organisation,
        from_date=_LONG_AGO,
        until_date=until,
        given_by_name="tests",
    )


def _refer(person: Person, organisation: Organisation, state: str) -> None:
    Referral.objects.create(
        person=person,
        programme=PROGRAMME,
        from_organisation=make_organisation("Verwijzer"),
        to_organisation=organisation,
        purpose="verwijzing",
        fields=list(CUT),
        consent=_shared(person, make_organisation("Grond")),
        state=state,
        reason="vol" if state == "declined" else "",
        sent_by=make_user("sender"),
        sent_at=clock.now(),
        ended_at=clock.now() if state == "declined" else None,
    )


def _consult(
    kept_person: Person, user: User, organisation: Organisation, until: datetime | None = None
) -> None:
    ConsultationMember.objects.create(
        consultation=Consultation.objects.get(person=kept_person),
        user=user,
        organisation=organisation,
        from_at=datetime(2024, 1, 1, 9, tzinfo=UTC),
        until_at=until,
    )


def _break_glass(person: Person, user: User, membership: Membership, hours: int) -> None:
    EmergencyAccess.objects.create(
        person=person,
        programme=PROGRAMME,
        user=user,
        membership=membership,
        reason="gevaar",
        from_at=clock.now() - timedelta(hours=9),
        until_at=clock.now() + timedelta(hours=hours),
    )


_LINKING = {
    "own case": lambda person, user, organisation, _: _work(person, user, organisation),
    "a colleague's case": lambda person, _, organisation, __: _work(
        person, make_user("colleague"), organisation
    ),
    "own case until yesterday": lambda person, user, organisation, _: _work(
        person, user, organisation, TODAY - timedelta(days=1)
    ),
    "consent": lambda person, _, organisation, __: _shared(person, organisation),
    "consent revoked": lambda person, _, organisation, __: Consent.objects.filter(
        pk=_shared(person, organisation).pk
    ).update(revoked_at=clock.now(), revoked_by_name="tests"),
    "consent over": lambda person, _, organisation, __: Consent.objects.filter(
        pk=_shared(person, organisation).pk
    ).update(until_date=TODAY - timedelta(days=1)),
    "consent not given yet": lambda person, _, organisation, __: Consent.objects.filter(
        pk=_shared(person, organisation).pk
    ).update(given_at=None),
    "referral": lambda person, _, organisation, __: _refer(person, organisation, "accepted"),
    "referral declined": lambda person, _, organisation, __: _refer(person, organisation, "declined"),
    "consultation": lambda person, user, organisation, _: _consult(person, user, organisation),
    "consultation left": lambda person, user, organisation, _: _consult(
        person, user, organisation, datetime(2024, 1, 10, 9, tzinfo=UTC)
    ),
    "emergency": lambda person, user, _, membership: _break_glass(person, user, membership, 1),
    "emergency over": lambda person, user, _, membership: _break_glass(person, user, membership, -1),
}


def restrict(kept: Kept, named: User | None = None) -> None:
    """Only who is named may know of the person from now on."""
    Person.objects.filter(pk=kept.person.pk).update(restricted=True)
    if named:
        RestrictedAccess.objects.create(
            person=kept.person, user=named, reason="tests", given_by_name="tests", from_date=_LONG_AGO
        )


# ── What the matrix gives them ────────────────────────────────────────────────────────────────────────────────


def given(role: str, link: Link, action: str) -> bool:
    """Whether the matrix allows it, read from its cells one by one."""
    cells = [cell for cell in matrix().cells if (cell.role, cell.action) == (role, action)]
    return any(cell.relation in link.relations for cell in cells)


def fields_given(role: str, link: Link, action: str = "request.read") -> frozenset[str]:
    """The groups of fields that the matrix gives, read from its cells one by one."""
    found: set[str] = set()
    for cell in matrix().cells:
        if cell.role == role and cell.action == action and cell.relation in link.relations:
            is_cut = link.cut is not None and cell.relation in ("partner", "receiver", "consultation")
            found |= cell.fields & (link.cut | {"identity", "request"}) if is_cut else cell.fields
    return frozenset(found)
