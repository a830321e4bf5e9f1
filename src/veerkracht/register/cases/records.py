"""A consent as a record that other systems and auditors read, after ISO/IEC TS 27560:2023.

Its four parts are those of the standard's consent record: a head, the processing, the parties and the events. What the
standard has no name for (the ground in law and its source) stands in the purpose it belongs to.
"""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from veerkracht import region
from veerkracht.register.cases.rules import CONSENT
from veerkracht.register.sharing.models import Consent, ConsentVoice

SCHEMA = "ISO/IEC TS 27560:2023; veerkracht 1"


def to_record(consent: Consent) -> dict[str, Any]:
    """The whole record, ready for JSON. People are named by their number, never by name."""
    voices = list(consent.voices.select_related("person").order_by("id"))
    return {
        "schema_version": SCHEMA,
        "record_id": str(consent.record),
        "pii_principal_id": consent.person.number,
        "pii_processing": _processing(consent),
        "party_identification": _parties(consent, voices),
        "events": _events(consent, voices),
    }


def _processing(consent: Consent) -> dict[str, Any]:
    return {
        "language": consent.person.language,
        "jurisdiction": region.current().id,
        "collection_method": consent.how or None,
        "validity": {"from": _day(consent.from_date), "until": _day(consent.until_date)},
        "withdrawal_method": "own page, or the organisation that asked"
        if consent.ground == CONSENT
        else None,
        "purposes": [
            {
                "purpose": consent.purpose,
                "programme": consent.programme or None,
                "lawful_basis": consent.ground,
                "source": consent.source or None,
                "pii_information": [{"pii_type": field} for field in consent.fields],
                "pii_controllers": [_party_id(consent.asked_by_organisation_id)],
                "recipient_third_parties": [_party_id(consent.organisation_id)],
            }
        ],
    }


def _parties(consent: Consent, voices: list[ConsentVoice]) -> list[dict[str, Any]]:
    asking = consent.asked_by_organisation
    parties = [
        {
            "party_id": _party_id(consent.asked_by_organisation_id),
            "party_name": asking.name if asking else None,
            "party_role": "controller",
        },
        {
            "party_id": _party_id(consent.organisation_id),
            "party_name": consent.organisation.name,
            "party_role": "recipient",
        },
        {"party_id": consent.person.number, "party_name": None, "party_role": "pii principal"},
    ]
    others = [voice.person.number for voice in voices if voice.person_id != consent.person_id]
    return parties + [{"party_id": id, "party_name": None, "party_role": "representative"} for id in others]


def _events(consent: Consent, voices: list[ConsentVoice]) -> list[dict[str, Any]]:
    """What happened to it, in order: asked, each answer, in force, revoked."""
    events = [_event("recorded", "requested", consent.recorded_at, consent.recorded_by_name)]
    for voice in sorted((one for one in voices if one.at), key=lambda one: (one.at, one.pk)):
        state = "agreed" if voice.agreed else "refused"
        events.append(_event("answer", state, voice.at, voice.recorded_by_name, of=voice.person.number))
    if consent.given_at:
        events.append(_event("in force", "given", consent.given_at, consent.recorded_by_name))
    if consent.revoked_at:
        by, why = consent.revoked_by_name, consent.revoke_reason
        events.append(_event("withdrawal", "withdrawn", consent.revoked_at, by, reason=why or None))
    return events


def _event(kind: str, state: str, at: datetime | None, by: str, **more: Any) -> dict[str, Any]:
    time = timezone.localtime(at).isoformat(timespec="seconds") if at else None
    return {"event_type": kind, "event_state": state, "event_time": time, "entity_id": by, **more}


def _party_id(organisation_id: int | None) -> str | None:
    return f"organisation-{organisation_id}" if organisation_id else None


def _day(day: date) -> str:
    return day.isoformat()
