"""Names are kept no longer than the region's file says; what is counted stays."""

from datetime import timedelta

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.crisis import access
from veerkracht.register.crisis.models import CallBack, KnownPerson, Search
from veerkracht.register.crisis.rules import rules
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor


def forget_names(*, by: Actor) -> int:
    """Take away who old calls were about, whom they avoided, where they went to school and to work, and how they were
    called back; of how many calls.

    Of who still has a place by a call, the names stay; and of who stayed somewhere, as long as that stay is kept.
    """
    access.require_desk("call.take", by)
    before = clock.now() - timedelta(days=rules().keeping.days)
    with said(), transaction.atomic():
        placed = Search.objects.filter(state__in=[Search.State.HELD, Search.State.PLACED]).values("call")
        # Guests of a stay are of a room above: what that keeps is its own to let go.
        known = KnownPerson.objects.filter(call__at__lt=before, guests=None).exclude(call__in=placed)
        calls = set(known.values_list("call", flat=True))
        known.delete()
        # To which school a child goes tells as much as a name.
        nothing = {"avoid_names": "", "schools": [], "works": []}
        searches = Search.objects.filter(call__at__lt=before).exclude(call__in=placed).exclude(**nothing)
        calls |= set(searches.values_list("call", flat=True))
        searches.update(**nothing)
        CallBack.objects.filter(call__at__lt=before, done_at__isnull=False).delete()
        if calls:
            record(by, "delete", "call", detail={"names of calls": len(calls)})
    return len(calls)
