"""Many registrations from a file: all of them, or none and why."""

from django.db import transaction

from veerkracht.register.constraints import said
from veerkracht.register.csv_files import Report
from veerkracht.register.lists import reading
from veerkracht.register.lists.actions.entries import register
from veerkracht.register.lists.rules import lists
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require


def import_entries(data: bytes, file: str, *, by: Actor, dry_run: bool = False) -> Report:
    """Register the rows of a CSV file (columns: `reading.COLUMNS`, and the facts that homes ask), in its sequence.

    Nothing is written when one row has a fault, or with `dry_run`; what is there already is passed over. Raises
    `Refused` for who may register nobody.
    """
    require("entry.register", by, lists().programme)
    new, report = reading.read(data, file, by)
    if report.faults or dry_run:
        return report
    with said(), transaction.atomic():
        for row in new:
            register(row.request, [row.service], by=by, on=row.on, asked=row.asked)
        record(by, "create", "entry", detail={"file": file[:100], "added": len(new)})
    return report.written(len(new))
