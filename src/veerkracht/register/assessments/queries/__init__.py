"""What pages, commands and other rooms read of assessments. Reads only."""

from veerkracht.register.assessments.queries.reminders import (
    Missing,
    MissingPage,
    Reminder,
    ReminderPage,
    duties,
    expiring,
    missing,
)
from veerkracht.register.assessments.queries.results import Latest, Opened, Told, latest, opens, told

__all__ = [
    "Latest",
    "Missing",
    "MissingPage",
    "Opened",
    "Reminder",
    "ReminderPage",
    "Told",
    "duties",
    "expiring",
    "latest",
    "missing",
    "opens",
    "told",
]
