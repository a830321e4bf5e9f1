"""The consents of a person, as they and who speaks for them read them: what is asked, what holds, what is over."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register import clock
from veerkracht.register.cases.queries.consents import state_of
from veerkracht.register.cases.rules import CONSENT
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import fields, may
from veerkracht.register.sharing.models import Consent

# Given and not over: it holds now, or from a later day.
HOLDING = ("in-force", "later")


@dataclass(frozen=True)
class MyConsent:
    """A consent, or a ground in law (`ground` is not "consent").

    `state`: as `queries.consents.state_of` says. `my_answer_asked`: the
    reader has not answered yet; `waits_for`: how many others have not. `version`: to say with an answer.
    """

    id: int
    organisation: str
    purpose: str
    ground: str
    source: str
    fields: tuple[str, ...]
    from_date: date
    until_date: date
    state: str
    my_answer_asked: bool
    waits_for: int
    may_revoke: bool
    version: int


def consents_of(actor: Actor, person: Person) -> tuple[MyConsent, ...]:
    """Every consent and ground of a person, last first, for themself or who speaks for them.

    Raises `Refused` for anybody else, and for who may not see with whom the file is shared.
    """
    if actor.person is None or "sharing" not in fields(actor, person):
        record(actor, "refused", "consent", detail={"asked": person.number})
        raise Refused()
    held = Consent.objects.filter(person=person).select_related("organisation").prefetch_related("voices")
    may_revoke = may("consent.revoke", actor, person)
    return tuple(_view(one, actor, may_revoke=may_revoke) for one in held.order_by("-id"))


def get_consent(actor: Actor, person: Person, id: int) -> Consent:
    """A consent of a person, to answer or revoke it, for who sees them. Raises `Refused`, the same whether it is
    another's, none, or kept from who speaks for the person.
    """
    found = Consent.objects.filter(person=person, pk=id).first()
    if found is None or actor.person is None or "sharing" not in fields(actor, person):
        record(actor, "refused", "consent", detail={"asked": str(id)})
        raise Refused()
    return found


def _view(consent: Consent, actor: Actor, *, may_revoke: bool) -> MyConsent:
    voices = list(consent.voices.all())
    mine = next((voice for voice in voices if actor.person and voice.person_id == actor.person.pk), None)
    state = state_of(consent, [voice.agreed for voice in voices], clock.today())
    is_asked = state == "asked"
    return MyConsent(
        id=consent.pk,
        organisation=consent.organisation.name,
        purpose=consent.purpose,
        ground=consent.ground,
        source=consent.source,
        fields=tuple(consent.fields),
        from_date=consent.from_date,
        until_date=consent.until_date,
        state=state,
        my_answer_asked=is_asked and mine is not None and mine.agreed is None,
        waits_for=sum(voice.agreed is None for voice in voices if voice is not mine) if is_asked else 0,
        may_revoke=may_revoke and state in HOLDING and consent.ground == CONSENT,
        version=consent.version,
    )
