"""Families whom a desk placed, in Testland."""

from datetime import date, timedelta
from typing import Any

from tests.crisis import making as desk
from veerkracht.register.crisis import actions as crisis
from veerkracht.register.crisis.identities import Identity
from veerkracht.register.people.actors import Actor
from veerkracht.register.shelter.models import CrisisStay

TODAY = date(2024, 1, 15)
DAUGHTER = Identity("Sara", "El Fassi", date(2008, 6, 1), role="child")


def make_stay(
    by: Actor,
    people: tuple[Identity, ...] = (desk.MOTHER, desk.SON),
    shelter: Any = None,
    **facts: Any,
) -> CrisisStay:
    """A family that was placed just now. `people`: who is known by name; none: an anonymous call."""
    call = desk.make_call(by)
    if people:
        crisis.identify(call, people, by=by)
    search = desk.make_search(by, call, **{"children": (7,), **facts})
    crisis.hold_for(search, shelter or desk.make_shelter(f"House {search.number}"), by=by)
    crisis.confirm(search, by=by)
    return CrisisStay.objects.get(search=search)


def pass_hours(stay: CrisisStay, hours: float) -> CrisisStay:
    """The stay began so much earlier, and so did what is due by it."""
    earlier = timedelta(hours=hours)
    stay.from_at -= earlier
    stay.due_at = stay.due_at and stay.due_at - earlier
    stay.consent_due_at = stay.consent_due_at and stay.consent_due_at - earlier
    stay.save()
    return stay


def of_shelter(stay: CrisisStay, role: str = "admission") -> Actor:
    """Somebody of the organisation where the family stays."""
    return desk.of(stay.service.organisation.name, role)
