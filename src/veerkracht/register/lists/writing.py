"""How a step of an entry is written: the one place where an entry's columns change."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.lists.models import STANDING, Entry, EntryStep
from veerkracht.register.lists.steps import as_kept
from veerkracht.register.people.actors import Actor
from veerkracht.register.rows import locked
from veerkracht.rulebook.types import Text

# What nobody waits for any more once an entry no longer stands on its list.
NOTHING_AWAITED = {"parked_until": None, "ask_again_on": None, "answer_by": None, "to_check": False}
# A later day than this is a slip of the pen, not a plan.
_FURTHEST = timedelta(days=366)


def write_step(entry: Entry, kind: str, *, by: Actor, on: date, reason: str = "", **sets: Any) -> EntryStep:
    """Add a step that holds from `on` and sets the columns in `sets`, and keep the entry as its steps now say.

    Only for an entry that is new or locked, in the transaction that changes it. Raises `Invalid` for a day before
    the step before it, or more than a year away.
    """
    _check_day(entry, on)
    for name, value in sets.items():
        setattr(entry, name, value)
    at = clock.now()
    entry.version += 1
    entry.updated_at = at
    entry.save()
    return EntryStep.objects.create(
        entry=entry,
        kind=kind,
        holds_from=on,
        recorded_at=at,
        by_id=by.user_id,
        by_name=by.name,
        role=by.role,
        reason=reason,
        sets=as_kept({name: value for name, value in sets.items() if name != "facts"}),
        facts=sets.get("facts"),
    )


def take_off(entry: Entry, *, by: Actor, on: date, reason: str) -> None:
    """Write that a locked entry is off its list."""
    write_step(entry, EntryStep.Kind.LEFT, by=by, on=on, reason=reason, **NOTHING_AWAITED, state="off")


def locked_standing(entry: Entry, version: int | None) -> Entry:
    """The entry as it is now, locked. Raises `Invalid` when it is off its list, `Conflict` when it changed since."""
    # Locked so that what is checked here can't change before it is written.
    fresh = locked(entry, version)
    if fresh.state not in STANDING:
        raise Invalid(
            Text(
                nl="Deze inschrijving staat niet meer op de lijst.",
                en="This entry is no longer on the list.",
            )
        )
    return fresh


def lock_entries(entries: Iterable[Entry] | QuerySet[Entry]) -> list[Entry]:
    """Entries as they are now, locked in the order of their numbers so that two who do this at once don't wait for
    each other; of a query only those that still answer to it.
    """
    if not isinstance(entries, QuerySet):
        entries = Entry.objects.filter(pk__in={one.pk for one in entries})
    return list(entries.select_for_update(of=("self",)).order_by("pk"))


def last_day(entry: Entry) -> date:
    """The day from which the last step of an entry holds."""
    return entry.steps.order_by("-id").values_list("holds_from", flat=True)[0]


def _check_day(entry: Entry, on: date) -> None:
    last = last_day(entry) if entry.pk else None
    if last is not None and on < last:
        raise Invalid(
            Text(
                nl=f"Op {last:%d-%m-%Y} gebeurde al iets met deze inschrijving: neem een dag vanaf dan.",
                en=f"Something happened to this entry on {last:%d-%m-%Y} already: take a day from then on.",
            ),
            "on",
        )
    if on > clock.today() + _FURTHEST:
        raise Invalid(
            Text(nl="Dit is meer dan een jaar vooruit.", en="This is more than a year ahead."), "on"
        )
