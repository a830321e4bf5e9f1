"""What pages, commands and other rooms read of assessments. Reads only."""

from veerkracht.register.assessments.queries.reminders import Reminder, ReminderPage, expiring
from veerkracht.register.assessments.queries.results import Latest, Opened, latest, opens

__all__ = ["Latest", "Opened", "Reminder", "ReminderPage", "expiring", "latest", "opens"]
