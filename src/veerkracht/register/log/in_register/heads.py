"""Keeps the head of the log in the register."""

from typing import Protocol

from veerkracht.register.log.in_register.models import KeptHead


class Chained(Protocol):
    """A log entry that is written (`log.models.LogEntry`)."""

    pk: int
    day: object
    hash: str


def keep_head(entry: Chained) -> None:
    """Keep how far the log has come, in the register's transaction of the moment: it costs no lock of its own."""
    KeptHead.objects.create(entry_id=entry.pk, day=entry.day, hash=entry.hash)
