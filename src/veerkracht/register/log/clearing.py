"""Opens a permit to clear rows of an append-only table: for lawful destruction alone (`keeping.erasing`).

No other code may import this module; the import rules of the project hold it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.log import models as in_log
from veerkracht.register.log.in_register import models as in_register
from veerkracht.register.log.models import LogEntry

_PERMITS = {"log": in_log, "default": in_register}


@contextmanager
def permit(
    database: str, table: str, rows: Sequence[int], *, logged: LogEntry, reason: str
) -> Iterator[None]:
    """Within it, the texts of these rows of a table can be cleared (`append_only.CLEARED`), and nothing else.

    `logged`: the line in the log that says who does it. All or nothing: it is a transaction of that database.
    """
    kinds = _PERMITS[database]
    with transaction.atomic(using=database):
        # The closure's id is given out before the closure is there: a permit without one can't be committed.
        closure = kinds.PermitClosure()
        opened = kinds.Permit.objects.create(
            log_entry=logged.pk, reason=reason, opened_at=clock.now(), closure_id=closure.pk
        )
        kinds.PermitRow.objects.bulk_create(
            (kinds.PermitRow(permit=opened, table_name=table, row_id=row) for row in rows), batch_size=500
        )
        yield
        closure.save(force_insert=True)


def clear_entries(entries: Sequence[int], *, logged: LogEntry, reason: str) -> None:
    """Take purpose and detail out of entries of the log. The chain still holds: it keeps their hash."""
    with permit("log", LogEntry._meta.db_table, entries, logged=logged, reason=reason):
        for start in range(0, len(entries), 500):
            LogEntry.objects.filter(pk__in=entries[start : start + 500]).update(
                purpose="", detail={}, salt=""
            )
