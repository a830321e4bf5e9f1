from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Line(models.Model):
    """A budget line: what is voted, committed and paid year after year, for one measure when it names one.

    `hands_out`: the rounds of its programme post here. At most one line a programme does.
    """

    code = models.CharField(max_length=60)
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    measure = models.CharField(max_length=60, default="", blank=True)
    programme = models.CharField(max_length=60, default="", blank=True)
    area = models.CharField(max_length=20, default="", blank=True)
    from_date = models.DateField()
    hands_out = models.BooleanField(default=False)
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="line_code_once", fields=["code"]),
            models.UniqueConstraint(
                name="one_line_hands_out_for_a_programme",
                fields=["programme"],
                condition=Q(hands_out=True),
            ),
            models.CheckConstraint(
                name="line_that_hands_out_has_a_programme",
                condition=Q(hands_out=False) | ~Q(programme=""),
            ),
        ]
        indexes = [models.Index(fields=["measure"], name="line_by_measure")]

    def __str__(self) -> str:
        return self.code


class BudgetYear(models.Model):
    """A year of the budget: credits may be voted before it opens; nothing is committed or paid before, or after
    it closed.
    """

    year = models.PositiveSmallIntegerField()
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="budget_year_once", fields=["year"]),
            models.CheckConstraint(
                name="budget_year_closes_after_it_opened",
                condition=Q(closed_at=None) | Q(opened_at__lte=F("closed_at")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_open(self) -> bool:
        return self.opened_at is not None and self.closed_at is None
