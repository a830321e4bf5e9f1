"""Many results from a file: all of them, or none and why."""

from django.db import transaction

from veerkracht.register.assessments import access, reading
from veerkracht.register.assessments.actions.recording import record_assessment
from veerkracht.register.constraints import said
from veerkracht.register.csv_files import Report
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor


def import_assessments(data: bytes, file: str, *, by: Actor, dry_run: bool = False) -> Report:
    """Record the rows of a CSV file (columns: `reading.COLUMNS`, and those of the items), in its sequence.

    Nothing is written when one row has a fault, or with `dry_run`; what is there just so is passed over. Raises
    `Refused` for who may record nothing of anybody.
    """
    access.require_records(by)
    new, report = reading.read(data, file, by)
    if report.faults or dry_run:
        return report
    with said(), transaction.atomic():
        for row in new:
            record_assessment(row.person, by=by, measured=row.measured)
        record(by, "create", "assessment", detail={"file": file[:100], "added": len(new)})
    return report.written(len(new))
