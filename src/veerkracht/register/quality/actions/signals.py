"""Noting what is said of a home from outside, with date and source: complaints, heightened supervision; putting it
right and taking it away.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said as clearly
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.quality.measured import definitions, refuse_first, wrong_words
from veerkracht.register.quality.models import Signal
from veerkracht.register.quality.signals import get_signal
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

# More than any home has on a day: a slip of the finger.
MOST = 10_000


@dataclass(frozen=True)
class Noted:
    """A signal as it is noted. `until`: the last day of what lasts; None: it goes on. `count`: how many complaints, of
    which `founded`; None: not known. `source`: where it stands, never who complained.
    """

    kind: str
    from_: date
    source: str
    until: date | None = None
    count: int = 1
    founded: int | None = None


def note_signal(service: Service, *, by: Actor, noted: Noted, fictitious: bool = False) -> Signal:
    """Note a signal on a service. Raises `Refused`, and `Invalid` at its field for a kind that the region doesn't have
    for this help, a day to come, an end before the beginning, impossible counts, or no source.
    """
    require("signal.record", by, service.programme)
    _check(noted, service)
    return _written(service, noted, by, "create", fictitious=fictitious)


def correct_signal(signal: Signal, *, by: Actor, noted: Noted, why: str) -> Signal:
    """Say what should have been noted, such as that supervision ended, and why: a newer one that takes its place.

    Raises `Conflict` when somebody was before us, else as `note_signal`.
    """
    return _followed(signal, noted, by, why, withdrawn=False)


def withdraw_signal(signal: Signal, *, by: Actor, why: str) -> Signal:
    """Take a signal away that should not be there. Raises as `correct_signal`."""
    now = Noted(signal.kind, signal.from_date, signal.source, signal.until_date, signal.count, signal.founded)
    return _followed(signal, now, by, why, withdrawn=True)


def _followed(signal: Signal, noted: Noted, by: Actor, why: str, *, withdrawn: bool) -> Signal:
    before = get_signal(by, signal.pk)
    _check(noted, before.service)
    refuse_first(wrong_words("why", why))
    with transaction.atomic():
        # One after another: of two who correct the same, the second is told.
        Service.objects.select_for_update(no_key=True).get(pk=before.service_id)
        if before.withdrawn or Signal.objects.filter(corrects=before).exists():
            raise Conflict(CHANGED_MEANWHILE)
        facts = {
            "corrects": before,
            "why": why.strip(),
            "withdrawn": withdrawn,
            "fictitious": before.fictitious,
        }
        return _written(before.service, noted, by, "change", **facts)


def _written(service: Service, noted: Noted, by: Actor, verb: str, **facts: object) -> Signal:
    with clearly(), transaction.atomic():
        signal = Signal.objects.create(
            service=service,
            kind=noted.kind,
            from_date=noted.from_,
            until_date=noted.until,
            count=noted.count,
            founded=noted.founded,
            source=noted.source.strip(),
            by=by.user,
            by_name=by.name,
            recorded_at=clock.now(),
            **facts,
        )
        record(by, verb, signal, detail={"kind": noted.kind, "service": service.pk})
    return signal


def _check(noted: Noted, service: Service) -> None:
    quality = definitions()
    known = {
        id: one
        for id, one in (quality.signals if quality else {}).items()
        if one.programme == service.programme
    }
    if noted.kind not in known:
        listed = ", ".join(known) or "–"
        raise Invalid(Text(nl=f"Kies een van: {listed}.", en=f"Choose one of: {listed}."), "kind")
    if noted.from_ > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "from")
    if noted.until is not None and (not known[noted.kind].lasts or noted.until < noted.from_):
        raise Invalid(
            Text(
                nl="Alleen wat duurt heeft een laatste dag, en die is niet voor de eerste.",
                en="Only what lasts has a last day, and that is not before the first.",
            ),
            "until",
        )
    if not 1 <= noted.count <= MOST or (known[noted.kind].lasts and noted.count != 1):
        raise Invalid(Text(nl=f"Een aantal van 1 tot {MOST}.", en=f"A number from 1 to {MOST}."), "count")
    if noted.founded is not None and not 0 <= noted.founded <= noted.count:
        raise Invalid(
            Text(nl=f"Hoogstens {noted.count} ervan.", en=f"At most {noted.count} of them."), "founded"
        )
    refuse_first(wrong_words("source", noted.source))
