"""What expires, and what must be there and is not: of whom somebody has to measure again."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.assessments import access
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
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
    if after:
        found = found.filter(_beyond(after))
    rows = list(found.order_by("valid_until", "pk")[: size + 1])
    shown = tuple(_reminder(one, today) for one in rows[:size])
    return ReminderPage(shown, str(shown[-1].assessment_id) if len(rows) > size else "")


def _beyond(after: str) -> Q:
    known = after.isdecimal() and len(after) < 18
    last = Assessment.objects.filter(pk=int(after)).values_list("valid_until").first() if known else None
    if last is None:
        raise Invalid(
            Text(
                nl="Deze bladzijde bestaat niet. Begin weer bij de eerste.",
                en="There is no such page. Start again at the first.",
            ),
            "after",
        )
    return Q(valid_until__gt=last[0]) | Q(valid_until=last[0], pk__gt=int(after))


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
