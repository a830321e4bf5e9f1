"""What the region says of stays in crisis, asked for one stay; and until when each of its clocks runs."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from veerkracht import region
from veerkracht.region.ids import Named
from veerkracht.region.shelter import ConsentGround, ContactForm, Module, Shelter
from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.shelter.models import CrisisStay, Guest
from veerkracht.register.shelter.models.stays import UNCLEAR
from veerkracht.rulebook.stay_terms import CONSENT, STAY, StayNorm
from veerkracht.rulebook.types import Text

Item = TypeVar("Item")
CLOCK_FIELDS = {STAY: "due_at", CONSENT: "consent_due_at"}


def shelter() -> Shelter:
    """The region's own. Raises `Invalid` when it has said nothing."""
    found = region.current().shelter
    if found is None:
        raise Invalid(
            Text(
                nl="Deze regio heeft niet vastgelegd hoe een crisisverblijf verloopt.",
                en="This region has not laid down how a stay in crisis goes.",
            )
        )
    return found


def all_norms() -> tuple[StayNorm, ...]:
    """Every norm of the region, of whatever day; none where it has said nothing."""
    found = region.current().shelter
    return found.norms if found else ()


def zone() -> ZoneInfo:
    """The time zone in which the region's days and hours are meant."""
    return ZoneInfo(region.current().time_zone)


def norm_of(stay: CrisisStay, watched: str) -> StayNorm | None:
    """The norm of a clock that held when the stay began; None when the region knows none."""
    found = region.current().shelter
    return found.norm(watched, stay.kind, stay.from_at.astimezone(zone())) if found else None


def consent_due(stay: CrisisStay) -> datetime | None:
    """Until when help may go on while consent is not clear; None when it is, or no norm says so."""
    norm = norm_of(stay, CONSENT) if stay.consent in UNCLEAR else None
    return norm.ends(stay.from_at, zone()) if norm else None


def end_reason(id: str) -> Named:
    """A reason for which a stay ends. Raises `Invalid` naming those there are, as the next two."""
    return _chosen(id, shelter().end_reasons, "reason")


def ground(id: str) -> ConsentGround:
    """A ground on which no consent is asked."""
    return _chosen(id, {one.id: one for one in shelter().grounds if one.holds(clock.today())}, "ground")


def module(id: str) -> Module:
    """A form of counselling."""
    return _chosen(id, {one.id: one for one in shelter().modules if one.holds(clock.today())}, "module")


def module_or_none(id: str) -> Module | None:
    """A form of counselling; None where the region has none by this id."""
    found = region.current().shelter
    return found.module(id, clock.today()) if found else None


def contact() -> ContactForm:
    """The helpline's form. Raises `Invalid` where the region has none."""
    found = shelter().contact
    if found is None:
        raise Invalid(Text(nl="Deze regio heeft geen hulplijn.", en="This region has no helpline."))
    return found


def chosen_contact(form: ContactForm, kind: str, sender: str) -> None:
    """Raise `Invalid` for what the form does not offer."""
    _chosen(kind, {one.id: one for one in form.kinds}, "kind")
    _chosen(sender, {one.id: one for one in form.senders}, "sender")


def _chosen(id: str, options: Mapping[str, Item], field: str) -> Item:
    if id in options:
        return options[id]
    listed = ", ".join(options) or "–"
    raise Invalid(
        Text(
            nl=f"“{id[:60]}” bestaat hier niet. Er zijn: {listed}.",
            en=f"There is no “{id[:60]}” here. There are: {listed}.",
        ),
        field,
    )


def meant_for(guests: Iterable[Guest], programme: str) -> list[Guest]:
    """Those of some guests for whom a kind of help is asked when nobody is named: known by name, and a child where it
    is for children.
    """
    for_children = shelter().is_for_children(programme)
    return [one for one in guests if one.known_id and (one.role == Guest.Role.CHILD or not for_children)]
