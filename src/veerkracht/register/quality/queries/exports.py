"""All values as rows of a file that `import_values` reads: one's own whole, those of others without small counts."""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

from veerkracht.register.people.actors import Actor
from veerkracht.register.quality import access
from veerkracht.register.quality.judged import Judged, judged
from veerkracht.register.quality.reading import BESIDE, COLUMNS

Cell = str | int | bool | date | datetime | Decimal | None
HEADS = (*COLUMNS, *BESIDE)


def exported(actor: Actor) -> Iterator[tuple[Cell, ...]]:
    """One row a value, cells in the order of `HEADS`; None where a small count is left out. Nothing of a service at a
    secret address.
    """
    for one in judged(actor, access.list_values(actor)):
        if one.row.service is None or not one.row.service.secret:
            yield _row(one)


def _row(one: Judged) -> tuple[Cell, ...]:
    row, left_out = one.row, one.is_hidden
    return (
        row.organisation.name,
        row.service.name if row.service else "",
        row.indicator,
        row.from_date,
        row.until_date,
        None if left_out else _plain(row.numerator),
        None if left_out and one.is_small else row.denominator,
        None if left_out or row.spread is None else _plain(row.spread),
        row.stratum,
        row.source,
        row.version,
        row.recorded_at.isoformat(timespec="seconds"),
        row.fictitious,
    )


def _plain(number: Decimal) -> int | Decimal:
    """Without digits that say nothing."""
    return int(number) if number == int(number) else number
