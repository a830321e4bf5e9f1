from django.conf import settings
from django.db import models
from django.db.models import Q


class Step(models.Model):
    """What happened to a request: from which day it holds, when it was written down, by whom, and what it
    set.

    Append-only by triggers. A null among the columns that it sets means: not set by this step. The state of a
    column on day X as known on day Y is the last value that was set, by (holds_from, recorded_at, id), among
    the steps that hold by X and were recorded by Y (`steps.fold`).
    """

    class Kind(models.TextChoices):
        ASKED = "asked"
        ASSESSED = "assessed"
        PRIORITISED = "prioritised"
        REVISED = "revised"
        TAKEN_OVER = "taken-over"
        CONVERTED = "converted"
        RESTORED = "restored"
        ROUTED = "routed"
        GRANTED = "granted"
        GRANTED_PARTIALLY = "granted-partially"
        DECLINED = "declined"
        LAPSED = "lapsed"
        STARTED = "started"
        CHANGED = "changed"
        ENDED = "ended"
        WITHDRAWN = "withdrawn"
        DIED = "died"
        REFUSED = "refused"
        CORRECTED = "corrected"

    request = models.ForeignKey(
        "care.Request", on_delete=models.PROTECT, related_name="steps", db_index=False
    )
    kind = models.CharField(max_length=20, choices=Kind.choices)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False)
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    round = models.ForeignKey("care.Round", null=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=60, default="", blank=True)
    text = models.TextField(default="", blank=True)
    # What it found (the answers of an assessment); never folded, the decision that rests on it is.
    facts = models.JSONField(null=True)

    state = models.CharField(max_length=10, null=True)
    request_date = models.DateField(null=True)
    priority_group = models.PositiveSmallIntegerField(null=True)
    priority_date = models.DateField(null=True)
    route = models.CharField(max_length=40, null=True)
    scheme = models.CharField(max_length=40, null=True)
    category = models.CharField(max_length=10, null=True)
    points = models.DecimalField(max_digits=10, decimal_places=6, null=True)
    points_held = models.DecimalField(max_digits=10, decimal_places=6, null=True)
    partial = models.BooleanField(null=True)
    recognised = models.BooleanField(null=True)
    plan_approved_on = models.DateField(null=True)
    complete = models.BooleanField(null=True)
    converted = models.BooleanField(null=True)
    register_date = models.DateField(null=True)
    bundle = models.BigIntegerField(null=True)
    respond_by = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["request", "holds_from", "recorded_at", "id"], name="step_in_order"),
            models.Index(fields=["recorded_at"], name="step_by_recorded"),
        ]
        constraints = [
            models.CheckConstraint(name="step_names_somebody", condition=~Q(by_name="")),
        ]
