"""Import of a requests file: read, checked as a whole, and written all or not at all."""

from pathlib import Path

from django.db import transaction

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.exchange.checking import check
from veerkracht.register.care.exchange.faults import Faults
from veerkracht.register.care.exchange.parsing import parse
from veerkracht.register.care.exchange.reading import LIMITS, Limits, Tick, fingerprint, read
from veerkracht.register.care.exchange.report import ImportReport
from veerkracht.register.care.exchange.standing import standing
from veerkracht.register.care.exchange.writing import write
from veerkracht.register.care.locks import hold_list
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.constraints import said
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require


def import_file(
    path: Path,
    *,
    by: Actor,
    programme: str,
    dry_run: bool = False,
    limits: Limits = LIMITS,
    tick: Tick | None = None,
) -> ImportReport:
    """Import the requests of a CSV or Parquet file (docs/import-export.md), or say why not.

    Nothing is written when one row is bad, or with `dry_run`; rows that are in the register already, unchanged,
    are left alone. `tick(done, total, what)` is told how far it is. Raises `Refused`, and `FileFault` for a file that
    can't be read at all.
    """
    require("request.import", by, programme)
    rules = programme_of(programme)
    faults = Faults()
    text = read(path, faults, limits, _named(tick, "Reading"))
    rows = text.height + len(faults.lines)
    values = check(parse(text, faults), rules, region.current(), clock.today(), faults)
    mark = fingerprint(path)
    added = persons_added = 0
    with said(), transaction.atomic():
        # Nobody may change the list between what is checked against it and what is written.
        hold_list(programme)
        found = standing(values, rules, faults)
        if not faults.total and not dry_run and found.new.height:
            told = _named(tick, "Writing")
            added, persons_added = write(
                found.new, found.persons, programme_id=programme, file=mark, by=by, tick=told
            )
            record(by, "create", "import", detail={"file": path.name, "sha256": mark, "requests": added})
    return ImportReport(
        file=path.name,
        fingerprint=mark,
        programme=programme,
        rows=rows,
        good=rows - len(faults.lines),
        already=found.already,
        bad=len(faults.lines),
        faults=faults.first(),
        faults_total=faults.total,
        faults_by_field=faults.by_field,
        dry_run=dry_run,
        added=added,
        persons_added=persons_added,
    )


def _named(tick: Tick | None, what: str) -> Tick | None:
    return None if tick is None else lambda done, total: tick(done, total, what)
