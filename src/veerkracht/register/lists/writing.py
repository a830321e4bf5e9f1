"""How a step of an entry is written: the one place where an entry's columns change."""

from datetime import date, timedelta
from typing import Any

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.lists.models import Entry, EntryStep
from veerkracht.register.lists.steps import as_kept
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Text

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
        sets=as_kept(sets),
    )


def _check_day(entry: Entry, on: date) -> None:
    last = entry.steps.order_by("-id").values_list("holds_from", flat=True).first() if entry.pk else None
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
