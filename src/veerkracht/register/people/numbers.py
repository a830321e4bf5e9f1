"""Numbers that people read, given out once: P-0000001 for a person, V-0000001 for a request."""

from django.db import transaction
from django.db.models import F

from veerkracht.register.people.models import Counter

PERSON = "P"
REQUEST = "V"


def take(prefix: str, count: int = 1) -> list[str]:
    """The next `count` numbers, in one transaction with what gets them: a rollback gives them back."""
    with transaction.atomic():
        Counter.objects.get_or_create(name=prefix)
        # The update locks the row until the end of the transaction, so that no two get the same number.
        Counter.objects.filter(name=prefix).update(last=F("last") + count)
        last = Counter.objects.values_list("last", flat=True).get(name=prefix)
    return [f"{prefix}-{number:07d}" for number in range(last - count + 1, last + 1)]
