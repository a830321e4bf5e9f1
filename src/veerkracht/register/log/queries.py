"""Who looked at a person's file, and who changed it."""

from veerkracht.register.log.models import LogEntry

SEEN = ["read", "create", "change", "export"]


def who_looked(person_id: int, limit: int = 50) -> list[LogEntry]:
    """The latest looks at and changes of a person's file, last first; the person's own looks are left out."""
    entries = LogEntry.objects.filter(person_id=person_id, verb__in=SEEN).exclude(role="person")
    return list(entries.order_by("-id")[:limit])
