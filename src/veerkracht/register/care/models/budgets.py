from django.db import models
from django.db.models import F, Q


class Budget(models.Model):
    """What a person has: `points` care points a year from `from_date`, `amount_cents` a year of it in the
    books.

    A temporary budget is planned to end on `until_date`, its last day. `ended_on` (last day it ran) is null
    while it is open.
    """

    class Kind(models.TextChoices):
        TEMPORARY = "temporary"
        DEFINITIVE = "definitive"
        PARTIAL = "partial"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="budgets")
    programme = models.CharField(max_length=60)
    request = models.ForeignKey(
        "care.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="budgets"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    points = models.DecimalField(max_digits=10, decimal_places=6)
    scheme = models.CharField(max_length=40, default="", blank=True)
    category = models.CharField(max_length=10, default="", blank=True)
    amount_cents = models.BigIntegerField()
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=40, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["programme", "ended_on", "until_date"], name="budget_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_budget_per_programme",
                fields=["person", "programme"],
                condition=Q(ended_on=None),
            ),
            models.CheckConstraint(
                name="budget_does_not_end_before_it_starts",
                condition=(Q(ended_on=None) | Q(ended_on__gte=F("from_date")))
                & (Q(until_date=None) | Q(until_date__gte=F("from_date"))),
            ),
            models.CheckConstraint(
                name="temporary_budget_has_a_last_day",
                condition=~Q(kind="temporary") | Q(until_date__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_is_not_negative", condition=Q(points__gte=0) & Q(amount_cents__gte=0)
            ),
        ]
