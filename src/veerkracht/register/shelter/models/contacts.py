"""What came by the helpline's form: without a name, an address of a device or anything else that leads to somebody."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class ContactMessage(models.Model):
    """A message of somebody who does not say who they are. Text, way back and answer are sealed.

    `kind`, `sender`: ids of the region's form. `area`: the municipality, when they said it. `mark`: a keyed hash of the
    code by which the sender, and nobody else, finds the answer. `cleared_at`: since when what was written is gone.
    """

    received_at = models.DateTimeField()
    language = models.CharField(max_length=2)
    kind = models.CharField(max_length=60)
    sender = models.CharField(max_length=60)
    area = models.CharField(max_length=5, default="", blank=True)
    sealed = models.TextField(default="", blank=True)
    mark = models.CharField(max_length=64)
    answer_by = models.DateTimeField()
    answer_sealed = models.TextField(default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_by_name = models.CharField(max_length=200, default="", blank=True)
    cleared_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["answer_by"], name="contact_to_answer", condition=Q(answered_at=None)),
            models.Index(fields=["received_at"], name="contact_by_moment"),
        ]
        constraints = [
            models.UniqueConstraint(name="contact_code_once", fields=["mark"], condition=~Q(mark="")),
            models.CheckConstraint(
                name="contact_answer_names_somebody",
                condition=Q(answered_at=None, answered_by_name="")
                | (Q(answered_at__gte=F("received_at")) & ~Q(answered_by_name="")),
            ),
            models.CheckConstraint(
                name="cleared_contact_says_nothing",
                condition=Q(cleared_at=None, sealed__gt="")
                | Q(cleared_at__isnull=False, sealed="", answer_sealed="", mark=""),
            ),
        ]
