"""Makers of a case and everybody around it."""

from dataclasses import dataclass
from datetime import date

from tests import factories
from veerkracht.register.care.models import Request
from veerkracht.register.cases.actions import Terms, record_consent
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person, User
from veerkracht.register.sharing.models import CaseWorker, Consent, Representation

DAY = date(2024, 1, 15)
PROGRAMME = factories.PROGRAMME


def make_organisation(name: str, kind: str = "provider") -> Organisation:
    return Organisation.objects.get_or_create(name=name, defaults={"kind": kind})[0]


def make_member(organisation: Organisation, role: str = "case-worker", **facts) -> Actor:
    """A new user in a role at an organisation, as who acts."""
    number = User.objects.count()
    user = User.objects.create_user(
        f"{role}-{number}", first_name=role.capitalize(), last_name=f"Of {organisation.name}", language="en"
    )
    facts = {"programme": "", "from_date": date(2016, 1, 1)} | facts
    held = Membership.objects.create(user=user, organisation=organisation, role=role, **facts)
    return Actor(user=user, membership=held)


def make_worker(person: Person, actor: Actor, programme: str = PROGRAMME, **facts) -> CaseWorker:
    """Somebody works on a case, since long ago."""
    facts = {"from_date": date(2020, 1, 1), "given_by_name": "tests"} | facts
    return CaseWorker.objects.create(
        person=person, programme=programme, user=actor.user, organisation_id=actor.organisation_id, **facts
    )


def make_representative(person: Person, kind: str = "parent", **facts) -> Actor:
    """Somebody who speaks for a person, signed in."""
    speaker = factories.make_person(given="Ouder", family="Voorbeeld", **facts)
    Representation.objects.create(
        person=person,
        representative=speaker,
        kind=kind,
        source="tests",
        from_date=date(2016, 1, 1),
        recorded_by_name="tests",
    )
    return factories.make_own_actor(speaker)


@dataclass
class Around:
    """A waiting request of Zed; `worker` follows it, `colleague` is in the team; `provider` and `other` are partners to
    be; `stranger` works for an organisation that never gets anything.
    """

    request: Request
    agency: Organisation
    worker: Actor
    colleague: Actor
    officer: Actor
    provider: Organisation
    partner: Actor
    other: Organisation
    other_partner: Actor
    stranger: Actor
    own: Actor

    @property
    def person(self) -> Person:
        return self.request.person

    def terms(self, **changes) -> Terms:
        facts = {
            "programme": PROGRAMME,
            "organisation": self.provider,
            "purpose": "To prepare the support",
            "fields": ["request", "contact"],
        }
        return Terms(**(facts | changes))

    def consent(self, **changes) -> Consent:
        """One that the person has given on paper."""
        terms = self.terms(**changes)
        given = {} if terms.ground != "consent" else {"agreed": [self.person], "how": "written"}
        return record_consent(self.person, terms, by=self.worker, **given)
