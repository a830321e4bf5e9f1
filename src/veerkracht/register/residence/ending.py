"""A stay ends and its place comes back; and a death, wherever it is recorded, ends it too."""

from datetime import date

from django.db.models import Max

from veerkracht.register.care import serving
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.residence.models import Residence, ResidenceEvent
from veerkracht.register.residence.rules import reason_of_death
from veerkracht.register.residence.turning import came_free
from veerkracht.register.residence.writing import Kind, become
from veerkracht.register.supply.models import Hold
from veerkracht.register.supply.writing import give_back


def end(residence: Residence, *, by: Actor, on: date, reason: str) -> None:
    """End a locked residence on a day: its place is free, and its request is told."""
    become(residence, Kind.ENDED, by=by, on=on, reason=reason)
    leave_place(residence, by=by, on=on)
    came_free(residence.stay.unit, by)
    if residence.request is not None:
        serving.end(residence.request, by=by, on=on, reason=reason)


def leave_place(residence: Residence, *, by: Actor, on: date) -> None:
    """Give back the place that a resident no longer has."""
    give_back(Hold.objects.select_for_update(of=("self",)).get(stay=residence.stay_id), by, on)


def end_of_death(person: Person, by: Actor, on: date) -> None:
    """End what a person who died had. What was written down of a later day stands: it ends on that day."""
    open_ = Residence.objects.select_for_update(of=("self",)).filter(person=person, until_date=None)
    for residence in open_.order_by("pk"):
        end(residence, by=by, on=max(on, last_day(residence)), reason=reason_of_death())


def goes_on(hold: int) -> bool:
    """Whether somebody lives in the place of a hold."""
    return Residence.objects.filter(stay__hold=hold, until_date=None).exists()


def last_day(residence: Residence) -> date:
    """The latest day from which an event of a residence holds."""
    found: date = ResidenceEvent.objects.filter(residence=residence).aggregate(last=Max("holds_from"))["last"]
    return found
