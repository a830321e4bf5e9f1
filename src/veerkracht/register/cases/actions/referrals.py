"""A case is referred to another organisation, which reads what is needed, answers, and stops reading when it ends."""

from collections.abc import Collection

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.cases import rules
from veerkracht.register.constraints import said
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, require
from veerkracht.register.rows import locked
from veerkracht.register.sharing.in_force import OPEN_REFERRAL, consents
from veerkracht.register.sharing.models import Consent, Referral
from veerkracht.register.sharing.notices import tell
from veerkracht.register.sharing.queries import staff_of, team
from veerkracht.rulebook.types import Text

State = Referral.State
# Who answers for an organisation, and so is told.
ANSWERING = ("officer", "assessor", "case-worker", "admission")
CONSENT_ENDED = Text(
    nl="De toestemming waarop dit rustte, is ingetrokken.", en="The consent that this rested on was revoked."
)


def send_referral(
    consent: Consent, *, by: Actor, purpose: str, programme: str = "", fields: Collection[str] = ()
) -> Referral:
    """Refer a case to the organisation that a consent (or ground in law) is for.

    `programme`: which, when the consent is for every one. `fields`: less than the consent gives; none named: all of
    it. Raises `Invalid` for a consent that is not in force or not the actor's organisation's own, for more than it
    gives, and when a referral is open already.
    """
    programme = programme or consent.programme
    require("referral.send", by, Case(consent.person, programme, consent.person.area))
    with said(), transaction.atomic():
        # Locked so that it can't be revoked between the checks and what rests on them.
        consent = locked(consent)
        _check_ground(consent, by, programme)
        referral = Referral.objects.create(
            person=consent.person,
            programme=programme,
            from_organisation_id=by.organisation_id,
            to_organisation=consent.organisation,
            purpose=rules.words(purpose, "purpose"),
            fields=rules.chosen_fields(fields or consent.fields, consent.fields),
            consent=consent,
            sent_by=by.user,
            sent_at=clock.now(),
        )
        record(
            by,
            "share",
            referral,
            person_id=referral.person_id,
            purpose=referral.purpose,
            fields=referral.fields,
        )
        _tell_receivers(referral, "referral-sent")
    return referral


def answer_referral(
    referral: Referral, *, by: Actor, accept: bool, reason: str = "", version: int | None = None
) -> Referral:
    """The receiver accepts, or declines with a reason and reads no more. Raises `Refused` for another organisation."""
    require("referral.answer", by, referral)
    if referral.to_organisation_id != by.organisation_id:
        raise Refused()
    reason = reason.strip() if accept else rules.words(reason, "reason")
    with said(), transaction.atomic():
        referral = locked(referral, version)
        _check_state(referral, State.SENT)
        referral.state = State.ACCEPTED if accept else State.DECLINED
        referral.reason = reason
        referral.answered_by_name, referral.answered_at = by.name, clock.now()
        referral.ended_at = None if accept else referral.answered_at
        _keep(referral)
        record(
            by,
            "change",
            referral,
            person_id=referral.person_id,
            purpose=reason,
            detail={"state": referral.state},
        )
        _tell_senders(referral, f"referral-{referral.state}")
    return referral


def end_referral(referral: Referral, *, by: Actor, reason: str = "", version: int | None = None) -> Referral:
    """Either side ends a referral: the sender takes it back, the receiver is done. The receiver reads no more.

    Raises `Refused` for anybody else, `Invalid` when it is over, and `Conflict` when somebody changed it before us.
    """
    sides = {
        referral.from_organisation_id: "referral.send",
        referral.to_organisation_id: "referral.answer",
    }
    verb = sides.get(by.organisation_id or 0)
    require(verb or "referral.send", by, referral)
    if verb is None:
        raise Refused()
    with said(), transaction.atomic():
        referral = locked(referral, version)
        _check_state(referral, *OPEN_REFERRAL)
        _end(referral, by, reason.strip())
    return referral


def end_resting_on(consent: Consent, by: Actor) -> None:
    """End the open referrals that rest on a consent that is no more; in the transaction that revokes it."""
    for referral in consent.referrals.filter(state__in=OPEN_REFERRAL).select_for_update().order_by("id"):
        _end(referral, by, CONSENT_ENDED.get(referral.sent_by.language))


def _end(referral: Referral, by: Actor, reason: str) -> None:
    referral.state, referral.ended_at = State.ENDED, clock.now()
    referral.reason = reason or referral.reason
    _keep(referral)
    record(by, "change", referral, person_id=referral.person_id, purpose=reason, detail={"state": "ended"})
    _tell_senders(referral, "referral-ended", but=by)
    _tell_receivers(referral, "referral-ended", but=by)


def _keep(referral: Referral) -> None:
    referral.version += 1
    referral.save(update_fields=["state", "reason", "answered_by_name", "answered_at", "ended_at", "version"])


def _check_ground(consent: Consent, by: Actor, programme: str) -> None:
    in_force = consents(clock.today()).filter(pk=consent.pk).exists()
    ours = consent.asked_by_organisation_id == by.organisation_id and by.organisation_id is not None
    if not (in_force and ours and consent.programme in ("", programme)):
        raise Invalid(
            Text(
                nl="Hiervoor is geen toestemming of grond van de eigen organisatie van kracht.",
                en="No consent or ground of one's own organisation is in force for this.",
            ),
            "consent",
        )


def _check_state(referral: Referral, *states: str) -> None:
    if referral.state not in states:
        raise Invalid(
            Text(
                nl="Dit kan niet meer: de verwijzing is al beantwoord of voorbij.",
                en="This can't be done any more: the referral has been answered or is over.",
            ),
            "state",
        )


def _tell_receivers(referral: Referral, kind: str, but: Actor | None = None) -> None:
    users = staff_of([referral.to_organisation_id], referral.programme, ANSWERING)
    _tell(users, kind, referral, referral.from_organisation.name, but)


def _tell_senders(referral: Referral, kind: str, but: Actor | None = None) -> None:
    users = [referral.sent_by, *team(referral.person, referral.programme)]
    ours = staff_of([referral.from_organisation_id], "", ANSWERING)
    kept = {user.pk for user in ours}
    _tell([user for user in users if user.pk in kept], kind, referral, referral.to_organisation.name, but)


def _tell(users: list, kind: str, referral: Referral, organisation: str, but: Actor | None) -> None:
    others = [user for user in users if but is None or user.pk != but.user_id]
    tell(others, kind, referral.person, str(referral.pk), organisation=organisation)
