"""Somebody of a demo world who asked for a home, and whose own page a visitor may look at."""

from django.db.models import Exists, OuterRef

from veerkracht.register.care.models import Request
from veerkracht.register.care.queries.demo import fresh_code, may_be_shown
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.offers.models import OfferedPlace


def personal_code() -> str:
    """A fresh personal code of a fictitious person who waits for a home: with a place offered now, if anybody has.

    Raises `Refused` where the days are real, or when nobody fictitious waits for a home.
    """
    entries = Entry.objects.filter(request=OuterRef("pk"))
    offered = OfferedPlace.objects.filter(entry__request=OuterRef("pk"), offer__state="made")
    asking = may_be_shown(Request.objects.filter(Exists(entries.filter(state__in=STANDING))))
    return fresh_code(asking.order_by(Exists(offered).desc(), "pk"))
