"""What expires, and what must be there and is not: of whom somebody has to measure again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Q

from veerkracht.region.assessments import Duty
from veerkracht.register import clock
from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.errors import Invalid
from veerkracht.register.paging import last_seen
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Stay
from veerkracht.rulebook.types import Text

SHOWN = 50
# Longer ahead than any result counts: a slip of the finger.
MOST_DAYS = 3660


@dataclass(frozen=True)
class Reminder:
    """A result that expires or expired. `days_left`: below zero when it expired; on that day it counts no more."""

    assessment_id: int
    person_number: str
    person: str
    instrument: str
    outcome: str
    on: date
    valid_until: date
    days_left: int

    @property
    def expired(self) -> bool:
        return self.days_left <= 0


@dataclass(frozen=True)
class ReminderPage:
    """Soonest first. `after`: what to ask for the next page; "" on the last."""

    rows: tuple[Reminder, ...]
    after: str


@dataclass(frozen=True)
class Missing:
    """Somebody who should have been measured by a day and was not."""

    person_number: str
    person: str
    home: str
    came_on: date
    due_on: date
    days_late: int


@dataclass(frozen=True)
class MissingPage:
    """Who came longest ago first. `after`: what to ask for the next page; "" on the last."""

    duty: Duty
    rows: tuple[Missing, ...]
    after: str


def expiring(actor: Actor, within_days: int, *, after: str = "", size: int = SHOWN) -> ReminderPage:
    """The last results of whom an actor may know that expire within so many days or did already, page by page.

    Raises `Refused` for who may see none, and `Invalid` for a number of days or a page that can't be.
    """
    if not 0 <= within_days <= MOST_DAYS:
        raise Invalid(
            Text(
                nl=f"Geef een aantal dagen van 0 tot {MOST_DAYS}; gevonden: {within_days}.",
                en=f"Give a number of days from 0 to {MOST_DAYS}; found: {within_days}.",
            ),
            "days",
        )
    today = clock.today()
    found = access.list_current(actor).filter(valid_until__lte=today + timedelta(days=within_days))
    if last := last_seen(Assessment.objects.all(), after):
        found = found.filter(_beyond("valid_until", last.valid_until, last))
    rows = list(found.order_by("valid_until", "pk")[: size + 1])
    shown = tuple(_reminder(one, today) for one in rows[:size])
    return ReminderPage(shown, str(shown[-1].assessment_id) if len(rows) > size else "")


def missing(actor: Actor, duty: str, *, after: str = "", size: int = SHOWN) -> MissingPage:
    """The residents of whom an actor may know for whom a duty of the region is past its term, longest ago first, page
    by page. Raises `Refused` for who may see none, and `Invalid` for a duty that does not hold or no such page.
    """
    today = clock.today()
    asked = next((one for one in duties() if one.id == duty), None)
    if asked is None:
        listed = ", ".join(one.id for one in duties()) or "–"
        raise Invalid(Text(nl=f"Kies een van: {listed}.", en=f"Choose one of: {listed}."), "duty")
    found = access.list_without(actor, asked.instrument, asked.programme).filter(
        residence__from_date__gte=asked.from_,
        residence__from_date__lte=today - timedelta(days=asked.within_days),
    )
    if last := last_seen(Stay.objects.select_related("residence"), after):
        found = found.filter(_beyond("residence__from_date", last.residence.from_date, last))
    rows = list(found.order_by("residence__from_date", "pk")[: size + 1])
    shown = tuple(_missing(one, asked, today) for one in rows[:size])
    return MissingPage(asked, shown, str(rows[size - 1].pk) if len(rows) > size else "")


def duties() -> tuple[Duty, ...]:
    """What must be measured, by what holds today."""
    known, today = definitions(), clock.today()
    return tuple(one for one in known.duties if one.holds(today))


def _beyond(field: str, value: date, last: Model) -> Q:
    return Q(**{f"{field}__gt": value}) | Q(**{field: value, "pk__gt": last.pk})


def _missing(stay: Stay, duty: Duty, today: date) -> Missing:
    residence = stay.residence
    due = residence.from_date + timedelta(days=duty.within_days)
    return Missing(
        person_number=residence.person.number,
        person=str(residence.person),
        home=stay.unit.service.name,
        came_on=residence.from_date,
        due_on=due,
        days_late=(today - due).days,
    )


def _reminder(one: Assessment, today: date) -> Reminder:
    return Reminder(
        assessment_id=one.pk,
        person_number=one.person.number,
        person=str(one.person),
        instrument=one.instrument,
        outcome=one.outcome,
        on=one.on,
        valid_until=one.valid_until,
        days_left=(one.valid_until - today).days,
    )
