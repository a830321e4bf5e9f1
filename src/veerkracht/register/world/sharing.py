"""What is shared in the demo world: by the same actions as in real life, so that every rule holds for it too."""

from django.db.models import QuerySet

from veerkracht.region.access import CONSENT
from veerkracht.register.cases import actions
from veerkracht.register.cases.queries import choices
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Organisation, Person, User
from veerkracht.register.sharing.models import CaseWorker, Consent
from veerkracht.register.world.people import IN_TWO_CAPACITIES

_LOOKED_AT = 20
_FIELDS = ("request", "contact", "history")
_REASON = "Gevonden op straat, kan zelf niets zeggen / Found in the street, not able to say anything"


def share(programme: str) -> None:
    """Ask one of the people with a code for a consent; and share, refer, consult and look into other cases.

    In a region that has not said on which grounds files may be shared, nothing is.
    """
    grounds = choices.grounds(consultation=True)
    coded = _able(Person.objects.filter(codes__isnull=False, requests__isnull=False))
    officer, worker = _actor("demo-officer", "officer"), _actor("demo-case-worker", "case-worker")
    free, followed = _able(_without_worker(programme)), _able(_followed(worker).exclude(codes__isnull=False))
    if not grounds or not coded or len(free) < 2 or not followed:
        return
    committee, provider = _of(_actor("demo-assessor", "assessor")), _of(worker)
    actions.record_consent(coded[-1], _terms(programme, committee), by=officer)
    _given(free[0], _terms(programme, provider), officer)
    consent = _given(free[1], _terms(programme, provider), officer)
    actions.send_referral(consent, by=officer, purpose="Een plaats nodig / A place is needed")
    _given(followed[0], _terms(programme, committee), worker)
    _consult(followed[0], programme, grounds[0].id, by=worker)
    stranger = _actor(IN_TWO_CAPACITIES, "assessor")
    actions.open_emergency(followed[0].number, by=stranger, reason=_REASON)


def _actor(username: str, role: str) -> Actor:
    return actor_for(User.objects.get(username=username), role)


def _of(actor: Actor) -> Organisation:
    return Organisation.objects.get(pk=actor.organisation_id)


def _terms(programme: str, organisation: Organisation) -> actions.Terms:
    return actions.Terms(
        programme=programme,
        organisation=organisation,
        purpose="De ondersteuning voorbereiden / Preparing the support",
        fields=_FIELDS,
        ground=CONSENT,
    )


def _given(person: Person, terms: actions.Terms, by: Actor) -> Consent:
    """A consent on which everybody who is asked has agreed on paper."""
    asked = choices.speakers(person, [id for id, _ in choices.who_is_asked(person)])
    return actions.record_consent(person, terms, by=by, how="written", agreed=asked)


def _consult(person: Person, programme: str, ground: str, *, by: Actor) -> None:
    meeting = actions.Meeting(
        programme=programme,
        ground=ground,
        purpose="Samen afspreken wat nu nodig is / Agreeing on what is needed now",
        fields=("request",),
    )
    other = _actor("demo-assessor", "assessor")
    opened = actions.open_consultation(person, meeting, by=by, members=[other.membership])
    actions.note(opened, by=by, kind="agreed", text="Volgende week opnieuw samen / Together again next week")


def _able(people: QuerySet[Person]) -> list[Person]:
    """The first few for whom somebody can be asked: not children for whom nobody speaks."""
    return [
        person for person in people.distinct().order_by("pk")[:_LOOKED_AT] if choices.who_is_asked(person)
    ]


def _without_worker(programme: str) -> QuerySet[Person]:
    waiting = Person.objects.filter(requests__programme=programme, requests__state="waiting")
    return waiting.exclude(pk__in=CaseWorker.objects.values("person"))


def _followed(worker: Actor) -> QuerySet[Person]:
    return Person.objects.filter(case_workers__user=worker.user_id)
