"""Invented complaints and supervision of some homes in the demo world; every source says that they are invented."""

from datetime import timedelta
from itertools import islice

from veerkracht.region.signals import SignalKind
from veerkracht.register import clock
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.actions import Noted, note_signal
from veerkracht.register.quality.measured import definitions
from veerkracht.register.supply.models import Service

SOURCE = "Verzonnen voor de demo / Invented for the demo"
# Of homes in turn: how many complaints in a year, of which founded.
_COMPLAINTS = ((3, 1), (1, 0), (5, 3), (2, None))
# Of other homes: how many days ago supervision began, and for how long (None: it goes on).
_SUPERVISION: tuple[tuple[int, int | None], ...] = ((110, None), (400, 200))


def add_signals() -> None:
    """Note something of a few homes of each kind of help that the region knows signals of; nothing where it doesn't."""
    quality = definitions()
    for kind in quality.signals.values() if quality else ():
        _add(kind)


def _add(kind: SignalKind) -> None:
    by, today = Actor.for_command("world"), clock.today()
    homes = Service.objects.filter(programme=kind.programme, secret=False).order_by("name", "pk").iterator()
    if not kind.lasts:
        for service, (count, founded) in zip(islice(homes, 2, None, 5), _COMPLAINTS, strict=False):
            day = today.replace(month=1, day=1) - timedelta(days=1)
            noted = Noted(kind.id, day, SOURCE, count=count, founded=founded)
            note_signal(service, by=by, noted=noted, fictitious=True)
        return
    for service, (ago, length) in zip(islice(homes, 4, None, 7), _SUPERVISION, strict=False):
        begins = today - timedelta(days=ago)
        until = None if length is None else begins + timedelta(days=length)
        note_signal(service, by=by, noted=Noted(kind.id, begins, SOURCE, until), fictitious=True)
