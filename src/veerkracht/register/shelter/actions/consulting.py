"""A case consultation on somebody who stays in crisis, also before any longer help is asked."""

from collections.abc import Sequence

from django.db import transaction

from veerkracht.register.cases.actions.consultations import Meeting, open_consultation
from veerkracht.register.constraints import said
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership
from veerkracht.register.rows import locked
from veerkracht.register.sharing.models import Consultation
from veerkracht.register.shelter.access import require_of
from veerkracht.register.shelter.files import file_of
from veerkracht.register.shelter.models import Guest
from veerkracht.register.shelter.writing import check_running


def consult(
    guest: Guest, meeting: Meeting, *, by: Actor, members: Sequence[Membership], version: int | None = None
) -> Consultation:
    """Open a case consultation on a guest with its participants by name; who opens it takes part.

    Who has no file yet gets one with what the desk knows, and asks for nothing by it. The stay itself keeps no word of
    it: that there is a consultation is for its participants. Raises `Invalid` for a guest who is not known by name and
    as `open_consultation` does, and `Conflict` when somebody was before us or the stay has ended.
    """
    require_of("shelter.hand-over", by, guest.stay)
    with said(), transaction.atomic():
        # Locked, so that of two who ask at once one makes the file and the other finds it.
        stay = locked(guest.stay, version)
        check_running(stay)
        person = file_of(stay.guests.select_related("person").get(pk=guest.pk), stay, by)
        return open_consultation(person, meeting, by=by, members=members)
