"""How many places the government recognises of a service, and how many more it awarded."""

from django.db import models
from django.db.models import F, Q


class Recognition(models.Model):
    """From a day on, how many places of a service are recognised; never changed. Of one day the last recorded holds.

    `extra_places`: how many of them with the extra recognition for heavier care.
    """

    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="recognitions")
    holds_from = models.DateField()
    places = models.PositiveIntegerField()
    extra_places = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "holds_from"], name="recognition_by_service")]
        constraints = [
            models.CheckConstraint(
                name="recognition_is_at_most_all", condition=Q(extra_places__lte=F("places"))
            ),
            models.CheckConstraint(name="recognition_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(name="recognition_names_somebody", condition=~Q(by_name="")),
        ]


class Award(models.Model):
    """Places that may be added in a period of the growth calendar. What became of them is what the steps say.

    `kind`: an id of the region's kinds of growth. `awarded_for`: the first day of the period first awarded;
    `period_from`: that of the period in force, later when it was postponed.
    """

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="awards")
    service = models.ForeignKey(
        "supply.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="awards"
    )
    programme = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    area = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    awarded_for = models.DateField()
    period_from = models.DateField()
    lapsed = models.PositiveIntegerField(default=0)
    realised = models.PositiveIntegerField(default=0)
    source = models.CharField(max_length=300)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["programme", "period_from", "id"], name="award_by_period")]
        constraints = [
            models.CheckConstraint(name="award_is_of_places", condition=Q(units__gte=1)),
            models.CheckConstraint(
                name="award_is_used_once", condition=Q(units__gte=F("lapsed") + F("realised"))
            ),
            models.CheckConstraint(
                name="award_is_never_brought_forward", condition=Q(period_from__gte=F("awarded_for"))
            ),
            models.CheckConstraint(name="award_has_a_source", condition=~Q(source="")),
        ]

    @property
    def left(self) -> int:
        """Places still to come."""
        return self.units - self.lapsed - self.realised


class AwardStep(models.Model):
    """What happened to an award, when it holds and when it was written down; never changed.

    `units`: how many it is about. `period_from`: of a postponement, the first day of the new period.
    """

    class Kind(models.TextChoices):
        AWARDED = "awarded"
        POSTPONED = "postponed"
        LAPSED = "lapsed"
        REALISED = "realised"

    award = models.ForeignKey(Award, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    holds_from = models.DateField()
    units = models.PositiveIntegerField()
    period_from = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, default="", blank=True)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="award_step_is_of_places", condition=Q(units__gte=1)),
            models.CheckConstraint(
                name="award_step_has_its_period",
                condition=Q(kind__in=["awarded", "postponed"], period_from__isnull=False)
                | Q(kind__in=["lapsed", "realised"], period_from=None),
            ),
            models.CheckConstraint(name="award_step_names_somebody", condition=~Q(by_name="")),
        ]
