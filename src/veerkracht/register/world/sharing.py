"""What is shared in the demo world: by the same actions as in real life, so that every rule holds for it too."""

from veerkracht.region.access import CONSENT
from veerkracht.register.care.models import Request
from veerkracht.register.cases import actions
from veerkracht.register.cases.queries import choices
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Organisation, Person, User
from veerkracht.register.sharing.models import CaseWorker, Consent

_FIELDS = ("request", "contact", "history")
_REASON = "Gevonden op straat, kan zelf niets zeggen / Found in the street, not able to say anything"


def share(people: list[Person], programme: str) -> None:
    """Ask the first of these people for a consent; and share, refer, consult and look into other cases.

    In a region that has not said on which grounds files may be shared, nothing is.
    """
    grounds = choices.grounds(consultation=True)
    if not grounds:
        return
    officer, worker = _actor("demo-officer", "officer"), _actor("demo-case-worker", "case-worker")
    committee, provider = _of(_actor("demo-assessor", "assessor")), _of(worker)
    actions.record_consent(people[0], _terms(programme, provider), by=officer)
    given, referred = _others(programme, people)
    _given(given, _terms(programme, provider), officer)
    consent = _given(referred, _terms(programme, provider), officer)
    actions.send_referral(consent, by=officer, purpose="Een plaats nodig / A place is needed")
    followed = _followed(worker, people)
    _given(followed, _terms(programme, committee), worker)
    _consult(followed, programme, grounds[0].id, by=worker)
    stranger = _actor("demo-two-roles", "assessor")
    actions.open_emergency(followed.number, by=stranger, reason=_REASON)


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


def _others(programme: str, people: list[Person]) -> list[Person]:
    """Two more who wait, on whose case nobody works."""
    waiting = Request.objects.filter(programme=programme, state="waiting").exclude(person__in=people)
    free = waiting.exclude(person__in=CaseWorker.objects.values("person"))
    return [request.person for request in free.select_related("person").order_by("pk")[:2]]


def _followed(worker: Actor, people: list[Person]) -> Person:
    """Somebody else whose case the worker follows."""
    cases = CaseWorker.objects.filter(user=worker.user_id).exclude(person__in=people)
    return cases.select_related("person").order_by("pk")[0].person
