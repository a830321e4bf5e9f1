from django.conf import settings
from django.db import models
from django.db.models import Q

from .lines import Line


class Credit(models.Model):
    """Money that was voted for a programme: `amount_cents` a year when recurrent, else once."""

    programme = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField()
    recurrent = models.BooleanField()
    voted_on = models.DateField()
    source_title = models.CharField(max_length=300)
    source_url = models.CharField(max_length=500, default="", blank=True)
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_is_positive", condition=Q(amount_cents__gt=0)),
            models.CheckConstraint(name="credit_has_a_source", condition=~Q(source_title="")),
        ]


class LineCredit(models.Model):
    """One decision on the credits of a line for a year: what it adds to (or takes from) the ceiling on
    commitments (VAK) and on payments (VEK). Append-only by triggers.

    `version` counts the decisions on a line and year; the credits in force are their sum. `pair`: the other side of
    a transfer or carry-over. `corrects`: the credit that this one takes back.
    """

    class Kind(models.TextChoices):
        INITIAL = "initial"
        REVISED = "revised"
        TRANSFER = "transfer"
        CARRY_OVER = "carry-over"
        CORRECTION = "correction"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="credits")
    year = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    commitment_cents = models.BigIntegerField()
    payment_cents = models.BigIntegerField()
    voted_on = models.DateField()
    source_title = models.CharField(max_length=300)
    source_url = models.CharField(max_length=500, default="", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    pair = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="+")
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="line_credit_version_once", fields=["line", "year", "version"]),
            models.UniqueConstraint(
                name="line_credit_initial_once", fields=["line", "year"], condition=Q(kind="initial")
            ),
            models.UniqueConstraint(name="line_credit_corrected_once", fields=["corrects"]),
            models.CheckConstraint(
                name="line_credit_changes_something",
                condition=~Q(commitment_cents=0) | ~Q(payment_cents=0),
            ),
            models.CheckConstraint(name="line_credit_has_a_source", condition=~Q(source_title="")),
        ]
