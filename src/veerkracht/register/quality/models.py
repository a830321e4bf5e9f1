"""What organisations measured, version by version, and what they did to better it."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Corrected, Written


class IndicatorValue(Written):
    """What an organisation (or one service of it) measured of an indicator in a period; never changed.

    A correction is a new version with a reason, and the last version holds; a version that is `withdrawn` takes the
    value away. `numerator`: how many, or the sum of the scores of a mean; `spread`: the standard deviation of those
    scores. `stratum`: which care its people needed then, where the region compares by it.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="indicator_values"
    )
    service = models.ForeignKey(
        "supply.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="indicator_values"
    )
    indicator = models.CharField(max_length=60)
    from_date = models.DateField()
    until_date = models.DateField()
    version = models.PositiveIntegerField(default=1)
    numerator = models.DecimalField(max_digits=14, decimal_places=2)
    denominator = models.PositiveIntegerField()
    spread = models.DecimalField(max_digits=10, decimal_places=3, null=True, blank=True)
    stratum = models.CharField(max_length=60, default="", blank=True)
    source = models.CharField(max_length=300)
    why = models.CharField(max_length=300, default="", blank=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["indicator", "from_date"], name="value_by_indicator")]
        constraints = [
            models.UniqueConstraint(
                name="value_version_once",
                fields=["organisation", "indicator", "from_date", "version"],
                condition=Q(service=None),
            ),
            models.UniqueConstraint(
                name="value_version_of_a_service_once",
                fields=["service", "indicator", "from_date", "version"],
                condition=Q(service__isnull=False),
            ),
            models.CheckConstraint(
                name="value_period_ends_after_it_starts", condition=Q(until_date__gte=F("from_date"))
            ),
            models.CheckConstraint(name="numerator_is_not_negative", condition=Q(numerator__gte=0)),
            models.CheckConstraint(name="denominator_is_positive", condition=Q(denominator__gte=1)),
            models.CheckConstraint(
                name="spread_is_not_negative", condition=Q(spread=None) | Q(spread__gte=0)
            ),
            models.CheckConstraint(
                name="correction_has_a_reason", condition=Q(version=1, withdrawn=False) | ~Q(why="")
            ),
            models.CheckConstraint(name="value_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(name="value_has_a_source", condition=~Q(source="")),
        ]


class Improvement(Written):
    """What an organisation did to better some indicators, from a day until it ended (None: it goes on).

    `measure`: which measure of the region's money files pays for it; "" for none.
    """

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="improvements"
    )
    service = models.ForeignKey(
        "supply.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="improvements"
    )
    what = models.CharField(max_length=300)
    measure = models.CharField(max_length=100, default="", blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["measure"], name="improvement_by_measure")]
        constraints = [
            models.CheckConstraint(
                name="improvement_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(name="improvement_says_what", condition=~Q(what="")),
            models.CheckConstraint(name="improvement_names_somebody", condition=~Q(by_name="")),
        ]


class ImprovementIndicator(models.Model):
    """An indicator that an improvement is meant to better."""

    improvement = models.ForeignKey(Improvement, on_delete=models.PROTECT, related_name="aims")
    indicator = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="improvement_indicator_once", fields=["improvement", "indicator"]),
        ]


class Signal(Corrected):
    """What is noted of a service from outside, with its day and source; never changed.

    `kind`: an id of the region's signals. `until_date`: the last day of what lasts (None: it goes on). `count`: how
    many complaints, of which `founded` (None: not known).
    """

    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="signals")
    kind = models.CharField(max_length=60)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    count = models.PositiveIntegerField(default=1)
    founded = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300)
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["service", "from_date"], name="signal_by_service")]
        constraints = [
            models.CheckConstraint(
                name="signal_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(name="signal_counts_something", condition=Q(count__gte=1)),
            models.CheckConstraint(
                name="signal_founded_at_most_all", condition=Q(founded=None) | Q(founded__lte=F("count"))
            ),
            models.CheckConstraint(
                name="signal_correction_has_a_reason",
                condition=Q(corrects=None, withdrawn=False) | (Q(corrects__isnull=False) & ~Q(why="")),
            ),
            models.CheckConstraint(name="signal_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(name="signal_names_somebody", condition=~Q(by_name="")),
        ]
