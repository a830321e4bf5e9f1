"""A row as it is now, held until what is done with it is done: how two editors of one thing don't lose anything."""

from typing import TypeVar

from django.db import models

from veerkracht.register.errors import Conflict
from veerkracht.rulebook.types import Text

Row = TypeVar("Row", bound=models.Model)

CHANGED_MEANWHILE = Text(
    nl="Iemand anders heeft dit intussen gewijzigd. Kijk eerst wat er nu staat.",
    en="Somebody else has changed this in the meantime. Look at what it says now first.",
)


def locked(row: Row, version: int | None = None) -> Row:
    """The row as it is now, locked until the end of the transaction.

    `version`: what the person saw. Raises `Conflict` when somebody changed it since, so that nothing is lost.
    """
    # Locked before it is read: what the checks below see can't change before it is written.
    fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
    if version is not None and fresh.version != version:
        raise Conflict(CHANGED_MEANWHILE)
    return fresh
