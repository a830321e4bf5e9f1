"""What a desk wrote down while there was no network, and what became of it when there was one again."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class OfflineNote(models.Model):
    """One thing that was noted on a device without a network: that it came in, and what came of it; never changed.

    What was noted is not here: it is in the call or the search that it became. `key`: made by the device, so that the
    same note sent twice is done once. `said`: what the sender was told, in Dutch and English.
    """

    class Outcome(models.TextChoices):
        DONE = "done"
        TAKEN = "taken"
        WRONG = "wrong"

    key = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=5, choices=Outcome.choices)
    said = models.JSONField(default=dict)
    call = models.ForeignKey(
        "crisis.Call", null=True, blank=True, on_delete=models.PROTECT, related_name="offline_notes"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="offline_note_has_an_outcome", condition=Q(outcome__in=["done", "taken", "wrong"])
            ),
            models.CheckConstraint(
                name="offline_note_done_is_a_call", condition=~Q(outcome="done") | Q(call__isnull=False)
            ),
        ]
