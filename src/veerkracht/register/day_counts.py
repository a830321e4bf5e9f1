"""Days between two dates, counted by the database itself."""

from typing import Any

from django.db.models import Func, IntegerField


class DaysBetween(Func):
    """How many days lie from a first date up to, and without, a last one; below zero when the last is before it.

    Django takes dates from each other on SQLite by a call back into Python for every row; this stays in the database.
    """

    arity = 2
    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = IntegerField()

    def __init__(self, first: Any, last: Any, **extra: Any):
        super().__init__(last, first, **extra)

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        counted = self.copy()
        counted.set_source_expressions(
            [Func(one, function="JULIANDAY") for one in self.get_source_expressions()]
        )
        # Whole days lie between two midnights: nothing is cut off.
        return counted.as_sql(compiler, connection, template="CAST(%(expressions)s AS INTEGER)", **context)
