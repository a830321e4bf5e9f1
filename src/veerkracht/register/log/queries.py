"""Who looked at a person's file, and who changed it."""

from veerkracht.register.log.models import LogEntry

SEEN = ["read", "create", "change", "delete", "share", "export"]


def who_looked(person_id: int, limit: int = 50, own: str = "") -> list[LogEntry]:
    """The latest looks at and changes of a person's file, last first.

    `own`: the person's number, to leave out what they did themself; without it nobody who acts for themself, or for
    somebody they represent, is among them.
    """
    entries = LogEntry.objects.filter(person_id=person_id, verb__in=SEEN)
    entries = entries.exclude(role="person", user_name=own) if own else entries.exclude(role="person")
    return list(entries.order_by("-id")[:limit])
