"""What pages, commands and other rooms read of assessments. Reads only."""

from veerkracht.register.assessments.queries.reminders import Reminder, ReminderPage, expiring
from veerkracht.register.assessments.queries.results import Latest, Opened, Told, latest, opens, told

__all__ = ["Latest", "Opened", "Reminder", "ReminderPage", "Told", "expiring", "latest", "opens", "told"]
