"""Somebody from a home's list came to live there: what that does to the lists that they are on."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.constraints import said
from veerkracht.register.errors import Refused
from veerkracht.register.lists.ending import settle
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service


def after_admission(request: Request, service: Service, *, by: Actor, on: date | None = None) -> None:
    """A request led to a stay in a home: its entry there is done, its other entries end or are asked, in the region's
    words (`after_admission` of `homes/lists.toml`).

    Raises `Refused` for who doesn't keep the list of that home.
    """
    require("entry.keep", by, service.programme)
    if not is_of(by, service):
        record(by, "refused", "entry.keep", detail={"object": str(service.pk)})
        raise Refused()
    with said(), transaction.atomic():
        settle(request, service.pk, by, on or clock.today())
