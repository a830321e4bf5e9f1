"""What is kept long enough is let go: what was written in messages, and who stayed somewhere. What is counted stays."""

from datetime import timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis.rules import rules
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import EVERY_PROGRAMME, require
from veerkracht.register.shelter import norms
from veerkracht.register.shelter.models import ContactMessage, CrisisStay, Guest

VERB = "contact.clear"


def clear_messages(*, by: Actor) -> int:
    """Take away what was written in messages that are kept long enough; how many. That they came stays counted."""
    require(VERB, by, EVERY_PROGRAMME)
    now = clock.now()
    until = now - timedelta(days=norms.contact().kept_days)
    with said(), transaction.atomic():
        due = ContactMessage.objects.filter(cleared_at=None, received_at__lte=until)
        cleared = due.update(sealed="", answer_sealed="", mark="", cleared_at=now)
        if cleared:
            record(by, "delete", "contactmessage", detail={"cleared": cleared})
    return cleared


def forget_guests(*, by: Actor) -> int:
    """Guests of stays that ended long enough ago are no longer known by name here; how many. The desk can then let
    their names go (`crisis.actions.forget_names`); who was handed over has a file, with its own rules of keeping.
    """
    require(VERB, by, EVERY_PROGRAMME)
    before = clock.now() - timedelta(days=rules().keeping.days)
    with said(), transaction.atomic():
        ended = CrisisStay.objects.filter(state=CrisisStay.State.ENDED, ended_at__lt=before)
        forgotten = Guest.objects.filter(stay__in=ended, known__isnull=False).update(known=None)
        if forgotten:
            record(by, "delete", "guest", detail={"no longer by name": forgotten})
    return forgotten
