"""Consents and grounds in law on a case, as who works on it sees them; the person's own view is `protection`'s."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from veerkracht.register import clock
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import fields, which
from veerkracht.register.sharing.models import Consent, ConsentVoice

_VERBS = ("consent.record", "consent.answer", "consent.revoke")


@dataclass(frozen=True)
class VoiceView:
    """`agreed` is None as long as they have not answered. `is_own`: the person themself, else who represents them."""

    person_id: int
    number: str
    name: str
    is_own: bool
    agreed: bool | None
    at: datetime | None


@dataclass(frozen=True)
class ConsentView:
    """`state`: asked, refused, in-force, later, over or revoked. `version`: to say with each answer."""

    id: int
    reference: UUID
    state: str
    programme: str
    organisation: str
    asked_by: str
    asked_by_id: int | None
    ground: str
    source: str
    purpose: str
    fields: tuple[str, ...]
    from_date: date
    until_date: date
    given_at: datetime | None
    revoked_at: datetime | None
    revoked_by: str
    voices: tuple[VoiceView, ...]
    version: int

    @property
    def key(self) -> str:
        return f"consent-{self.id}"

    @property
    def is_live(self) -> bool:
        """It can still be answered or revoked."""
        return self.state in ("asked", "in-force", "later")

    def is_asked_by(self, actor: Actor) -> bool:
        """Whether it is of the actor's own organisation."""
        return actor.organisation_id is not None and self.asked_by_id == actor.organisation_id


def get_consent(actor: Actor, reference: UUID) -> Consent:
    """A consent that the actor may do something to. Raises `Refused`, the same whether there is none."""
    found = Consent.objects.select_related("person", "organisation").filter(record=reference).first()
    if found is None or not which(_VERBS, actor, found) or "sharing" not in fields(actor, found):
        record(actor, "refused", "consent", detail={"asked": str(reference)})
        raise Refused()
    return found


def consent_views(consents: QuerySet[Consent]) -> tuple[ConsentView, ...]:
    """These consents as views, last first; for a query that has asked whether they may be seen."""
    voices = ConsentVoice.objects.select_related("person").order_by("id")
    rows = consents.select_related("organisation", "asked_by_organisation").order_by("-id")
    today = clock.today()
    return tuple(_view(row, today) for row in rows.prefetch_related(Prefetch("voices", voices)))


def _view(consent: Consent, today: date) -> ConsentView:
    voices = tuple(_voice(consent, voice) for voice in consent.voices.all())
    asked_by = consent.asked_by_organisation
    return ConsentView(
        id=consent.pk,
        reference=consent.record,
        state=state_of(consent, [voice.agreed for voice in voices], today),
        programme=consent.programme,
        organisation=consent.organisation.name,
        asked_by=asked_by.name if asked_by else "",
        asked_by_id=consent.asked_by_organisation_id,
        ground=consent.ground,
        source=consent.source,
        purpose=consent.purpose,
        fields=tuple(consent.fields),
        from_date=consent.from_date,
        until_date=consent.until_date,
        given_at=consent.given_at,
        revoked_at=consent.revoked_at,
        revoked_by=consent.revoked_by_name,
        voices=voices,
        version=consent.version,
    )


def _voice(consent: Consent, voice: ConsentVoice) -> VoiceView:
    return VoiceView(
        person_id=voice.person_id,
        number=voice.person.number,
        name=str(voice.person),
        is_own=voice.person_id == consent.person_id,
        agreed=voice.agreed,
        at=voice.at,
    )


def state_of(consent: Consent, answers: Iterable[bool | None], today: date) -> str:
    """How a consent stands on a day, by what each voice answered (None: not yet): revoked, refused, over, asked,
    in-force or later.
    """
    if consent.revoked_at:
        return "revoked"
    if False in answers:
        return "refused"
    if consent.until_date < today:
        return "over"
    if consent.given_at is None:
        return "asked"
    return "in-force" if consent.from_date <= today else "later"
