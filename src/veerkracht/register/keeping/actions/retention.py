"""Destroys what may no longer be kept: one person prepares a run, another confirms it."""

from datetime import date

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.errors import Conflict, Invalid
from veerkracht.register.keeping import erasing
from veerkracht.register.keeping.models import RetentionLine, RetentionRun
from veerkracht.register.keeping.queries.due import Due, due, due_for
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import EVERY_PROGRAMME, kept_from, require
from veerkracht.rulebook.types import Text

# Why a line of a run was left alone after all.
HELD, NO_LONGER_DUE = "held", "no-longer-due"
_NAMED = Text(
    nl="Dit kan alleen een persoon met naam: meld aan of gebruik --as.",
    en="Only a named person can do this: sign in, or use --as.",
)


def report(*, by: Actor, on: date) -> list[Due]:
    """What is due on a day, and what a legal hold keeps; files that are restricted are there for who is named in
    them only.
    """
    require("retention.report", by, EVERY_PROGRAMME)
    record(by, "list", "retention", detail={"on": str(on)})
    kept = set(kept_from(by))
    return [one for one in due(on) if one.person_id not in kept]


def prepare_run(*, by: Actor, on: date) -> RetentionRun:
    """Write down what is due on a day, for somebody else to check and confirm. Nothing is destroyed yet.

    Raises `Invalid` for a day to come or when nothing is due, `Conflict` when a run is open already.
    """
    require("retention.apply", by, EVERY_PROGRAMME)
    user = _named(by)
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    found = [one for one in report(by=by, on=on) if not one.held]
    if not found:
        raise Invalid(Text(nl="Er is niets te vernietigen.", en="There is nothing to destroy."), "on")
    with said(), transaction.atomic():
        if RetentionRun.objects.filter(state=RetentionRun.State.PREPARED).exists():
            raise Conflict(
                Text(nl="Er staat al een lijst open: bevestig of annuleer die eerst.",
                     en="A list is open already: confirm or cancel it first.")
            )  # fmt: skip
        run = RetentionRun.objects.create(on=on, prepared_by=user, prepared_at=clock.now())
        RetentionLine.objects.bulk_create(
            RetentionLine(
                run=run,
                person_id=one.person_id,
                what=one.what,
                deed=one.deed,
                rules=list(one.rules),
                event_on=one.event_on,
                due_on=one.due_on,
            )
            for one in found
        )
        record(by, "create", run, detail={"on": str(on), "lines": len(found)})
    return run


def confirm_run(run: RetentionRun, *, by: Actor, version: int) -> RetentionRun:
    """Another person than who prepared it lets it happen, line by line, each whole or not at all.

    What was cut off half-way goes on when it is confirmed again. A line is left alone when its person is held by
    law or it is no longer due. Raises `Invalid` for who prepared it, `Conflict` when it changed meanwhile.
    """
    require("retention.apply", by, EVERY_PROGRAMME)
    user = _named(by)
    with said(), transaction.atomic():
        # Locked, so that of two who confirm it at once one is told.
        run = RetentionRun.objects.select_for_update().get(pk=run.pk)
        if run.prepared_by_id == user.pk:
            raise Invalid(
                Text(nl="Wie de lijst voorbereidt, bevestigt ze niet.", en="Who prepares the list does not confirm it.")
            )  # fmt: skip
        if run.version != version or run.state == RetentionRun.State.CANCELLED:
            raise Conflict(
                Text(nl="Deze lijst is intussen gewijzigd.", en="This list has changed meanwhile.")
            )
        if run.state == RetentionRun.State.PREPARED:
            run.state, run.version = RetentionRun.State.CONFIRMED, run.version + 1
            run.confirmed_by, run.confirmed_at = user, clock.now()
            run.save()
            record(by, "change", run, detail={"state": "confirmed"})
    for line in run.lines.filter(done_at=None, skipped="").order_by("id"):
        _carry_out(line, run, by)
    return run


def cancel_run(run: RetentionRun, *, by: Actor, version: int) -> RetentionRun:
    """Put a prepared run aside; nothing was destroyed.

    Raises `Refused`, and `Conflict` when somebody confirmed or cancelled it before us.
    """
    require("retention.apply", by, EVERY_PROGRAMME)
    with said(), transaction.atomic():
        # Locked, so that nobody confirms it at the same moment.
        run = RetentionRun.objects.select_for_update().get(pk=run.pk)
        if run.version != version or run.state != RetentionRun.State.PREPARED:
            raise Conflict(
                Text(nl="Deze lijst is intussen gewijzigd.", en="This list has changed meanwhile.")
            )
        run.state, run.version = RetentionRun.State.CANCELLED, run.version + 1
        run.save(update_fields=["state", "version"])
        record(by, "change", run, detail={"state": "cancelled"})
    return run


def _carry_out(line: RetentionLine, run: RetentionRun, by: Actor) -> None:
    with said(), transaction.atomic():
        # Locked, so that nobody asks anew or puts a hold on it while it goes.
        person = Person.objects.select_for_update().get(pk=line.person_id)
        # Two who go on with one list at once: what the one did, the other leaves as it says.
        line.refresh_from_db()
        if line.done_at or line.skipped:
            return
        now_due = {one.what: one for one in due_for(person, run.on)}
        found = now_due.get(line.what)  # type: ignore[call-overload]
        if found is None or found.held:
            line.skipped = NO_LONGER_DUE if found is None else HELD
            line.save(update_fields=["skipped"])
            return
        _do(line, person, by)
        line.done_at = clock.now()
        line.save(update_fields=["done_at"])


def _do(line: RetentionLine, person: Person, by: Actor) -> None:
    if line.what == "file":
        erasing.pseudonymise(person, by=by, reason=", ".join(line.rules))
    elif line.what == "documents":
        erasing.destroy_documents(person, by=by)
    else:
        erasing.destroy_notes(person, by=by)


def _named(by: Actor):
    if by.user is None:
        raise Invalid(_NAMED)
    return by.user
