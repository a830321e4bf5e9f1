"""What was reported of the measures, who confirmed it, and what was said of figures that do not agree.

What a measure sets out to do stands in the region's files. All three tables are append-only by triggers: a mistake is
put right by another report.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written

# A value has at most this many figures, and so many of them after the point.
FIGURES, DECIMALS = 15, 2


class Report(Written):
    """What somebody says was reached of a milestone on a day: a `value` in its unit, or that it is `done`.

    `evidence` says what shows it, and `document` (a title) or `url` where to find that. `corrects`: the report that
    it replaces, which no longer counts. `fictitious`: made up, for a demo.
    """

    measure = models.CharField(max_length=60)
    milestone = models.CharField(max_length=60)
    on = models.DateField()
    value = models.DecimalField(max_digits=FIGURES, decimal_places=DECIMALS, null=True)
    done = models.BooleanField(null=True)
    evidence = models.CharField(max_length=1000)
    document = models.CharField(max_length=300, default="", blank=True)
    url = models.CharField(max_length=500, default="", blank=True)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    fictitious = models.BooleanField(default=False)
    reported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["measure", "milestone", "on", "id"], name="report_by_milestone")]
        constraints = [
            models.CheckConstraint(
                name="report_says_a_value_or_done",
                condition=Q(value__isnull=False, done=None) | Q(value=None, done__isnull=False),
            ),
            models.CheckConstraint(
                name="report_has_evidence",
                condition=~Q(evidence="") & (~Q(document="") | ~Q(url="")),
            ),
            models.CheckConstraint(name="report_names_somebody", condition=~Q(by_name="")),
            models.UniqueConstraint(name="one_correction_per_report", fields=["corrects"]),
        ]


class Confirmation(Written):
    """What a second person says of a report: that it is right, or not and why.

    `reported_by` is who made the report, kept beside it so that the database itself holds the two apart.
    """

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="confirmations")
    agrees = models.BooleanField()
    text = models.CharField(max_length=1000, default="", blank=True)
    at = models.DateTimeField()
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_confirmation_per_report", fields=["report"]),
            models.CheckConstraint(
                name="confirmed_by_somebody_else",
                condition=Q(by__isnull=False) & (Q(reported_by=None) | ~Q(by=F("reported_by"))),
            ),
            models.CheckConstraint(name="confirmation_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(name="disagreement_says_why", condition=Q(agrees=True) | ~Q(text="")),
        ]


class ReconciliationNote(Written):
    """What was said of figures that do not agree (`item`, in the region's files).

    A remark leaves things as they are; who explains says why they differ; who settles agrees with the `explanation`
    of somebody else; who reopens found that it was not enough.
    """

    class Kind(models.TextChoices):
        REMARK = "remark"
        EXPLAINED = "explained"
        SETTLED = "settled"
        REOPENED = "reopened"

    item = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=2000)
    explanation = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="settlements")
    at = models.DateTimeField()
    explained_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["item", "id"], name="note_by_item")]
        constraints = [
            models.UniqueConstraint(name="one_settlement_per_explanation", fields=["explanation"]),
            models.CheckConstraint(
                name="note_kind_is_known",
                condition=Q(kind__in=["remark", "explained", "settled", "reopened"]),
            ),
            models.CheckConstraint(name="note_says_something", condition=~Q(text="")),
            models.CheckConstraint(name="note_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="settled_note_names_its_explanation",
                condition=Q(kind="settled", explanation__isnull=False)
                | (~Q(kind="settled") & Q(explanation=None, explained_by=None)),
            ),
            models.CheckConstraint(
                name="settled_by_somebody_else",
                condition=~Q(kind="settled")
                | (Q(by__isnull=False) & (Q(explained_by=None) | ~Q(by=F("explained_by")))),
            ),
        ]
