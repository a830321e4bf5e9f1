"""Messages to the helpline: sent without a name, answered behind a code, and cleared in time."""

import json
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import rules as desk
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.sealing import mark, marks, opened, seal
from veerkracht.register.permissions import require
from veerkracht.register.rows import locked
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.models import ContactMessage
from veerkracht.rulebook.stay_terms import hours_later
from veerkracht.rulebook.types import Text

LONGEST, LONGEST_WAY_BACK = 4_000, 300
# Without letters that are mistaken for digits or for each other; twelve of them are sixty bits.
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
_CODE_LENGTH = 12
_PURPOSE = "contact code"
# So many in a minute are no people: then the form says to call instead.
MOST_A_MINUTE = 60


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What somebody says. `way_back`: how and when it is safe to reach them; "" when they only come back themselves."""

    kind: str
    sender: str
    text: str
    area: str = ""
    way_back: str = ""
    language: str = "nl"


def send_message(sent: Sent, *, fictitious: bool = False) -> str:
    """Keep a message of somebody who does not say who they are; the code by which they find the answer.

    Nothing is kept of who sent it but what they wrote, and that sealed. Raises `Invalid` for an empty or too long text
    or a choice that isn't one, and `Conflict` when more come in than people send.
    """
    form, now = norms.contact(), clock.now()
    norms.chosen_contact(form, sent.kind, sent.sender)
    _check(sent)
    if ContactMessage.objects.filter(received_at__gt=now - timedelta(minutes=1)).count() >= MOST_A_MINUTE:
        raise Conflict(
            Text(
                nl="Er komen nu te veel berichten binnen. Bel liever, of probeer het over enkele minuten opnieuw.",
                en="Too many messages come in now. Rather call, or try again in a few minutes.",
            )
        )
    code = "".join(secrets.choice(_LETTERS) for _ in range(_CODE_LENGTH))
    kept = {"text": sent.text.strip(), "way_back": sent.way_back.strip()}
    with said(), transaction.atomic():
        made = ContactMessage.objects.create(
            received_at=now,
            language=sent.language,
            kind=sent.kind,
            sender=sent.sender,
            area=sent.area,
            sealed=seal(json.dumps(kept)),
            mark=mark(code, _PURPOSE),
            answer_by=hours_later(now, form.answer_hours),
            fictitious=fictitious,
        )
        # By nobody: the log tells that a message came in, and not from whom.
        record(Actor.for_command("contact form"), "create", made)
    return "-".join(code[start : start + 4] for start in range(0, _CODE_LENGTH, 4))


def answer_message(
    message: ContactMessage, *, by: Actor, text: str, version: int | None = None
) -> ContactMessage:
    """Answer; whoever has the code reads it. Raises `Invalid` without a text, and `Conflict` when it is answered or
    cleared already.
    """
    require("contact.answer", by, by.programme)
    if not 1 <= len(text.strip()) <= LONGEST:
        raise Invalid(_length(len(text.strip()), LONGEST), "text")
    with said(), transaction.atomic():
        message = locked(message, version)
        if message.answered_at or message.cleared_at:
            raise Conflict(
                Text(
                    nl="Dit bericht is al beantwoord of gewist.",
                    en="This message has been answered or cleared already.",
                )
            )
        message.answer_sealed = seal(text.strip())
        message.answered_at = max(clock.now(), message.received_at)
        message.answered_by, message.answered_by_name = by.user, by.name
        message.version += 1
        message.save()
        record(by, "change", message, detail={"answered": True})
    return message


def answer_for(code: str) -> tuple[bool, str]:
    """For whoever has a code: whether there is such a message, and its answer ("" when there is none yet).

    A wrong code and one whose message is cleared are the same.
    """
    plain = "".join(letter for letter in code.upper() if letter in _LETTERS)[: _CODE_LENGTH * 2]
    found = ContactMessage.objects.filter(mark__in=marks(plain, _PURPOSE)).first() if plain else None
    if found is None:
        return False, ""
    return True, opened(found.answer_sealed) if found.answer_sealed else ""


def written_in(message: ContactMessage) -> tuple[str, str, str]:
    """Text, way back and answer of a message. For who passed its gate."""
    if message.cleared_at:
        return "", "", ""
    kept = json.loads(opened(message.sealed))
    answer = opened(message.answer_sealed) if message.answer_sealed else ""
    return str(kept["text"]), str(kept["way_back"]), answer


def _check(sent: Sent) -> None:
    for field, text, least, most in (
        ("text", sent.text, 1, LONGEST),
        ("way_back", sent.way_back, 0, LONGEST_WAY_BACK),
    ):
        if not least <= len(text.strip()) <= most:
            raise Invalid(_length(len(text.strip()), most, least), field)
    if sent.area:
        desk.area(sent.area, "area")


def _length(found: int, most: int, least: int = 1) -> Text:
    return Text(
        nl=f"Schrijf {least} tot {most} tekens; gevonden: {found}.",
        en=f"Write {least} to {most} characters; found: {found}.",
    )
