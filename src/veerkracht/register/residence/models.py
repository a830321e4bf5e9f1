"""Who lives in which place, what happened to their stay, and what a day there costs."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written


class Residence(models.Model):
    """Somebody lives with a service from the day they come to the day they leave, on which another may come.

    `stay`: the place they have, or had last. `away_since`: in hospital, say, since that day, with the place kept.
    `stay`, `until_date`, `end_reason`, `away_since` and `version` are what the events say.
    """

    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="residences")
    stay = models.OneToOneField("supply.Stay", on_delete=models.PROTECT, related_name="residence")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="residences")
    request = models.ForeignKey(
        "care.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="residences"
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    end_reason = models.CharField(max_length=60, default="", blank=True)
    away_since = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["service", "until_date", "from_date"], name="residence_by_service")]
        constraints = [
            models.UniqueConstraint(
                name="resident_in_one_place", fields=["person"], condition=Q(until_date=None)
            ),
            models.CheckConstraint(
                name="residence_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(
                name="residence_ends_with_a_reason",
                condition=Q(until_date=None, end_reason="")
                | (Q(until_date__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="absence_is_within_the_residence",
                condition=Q(away_since=None) | Q(until_date=None, away_since__gte=F("from_date")),
            ),
        ]


class ResidenceEvent(Written):
    """What happened to somebody's stay, from which day it holds and who wrote it down; never changed.

    `stay`: the place from that day on, where the event gives one. `reason`: why it ended or what the absence was.
    """

    class Kind(models.TextChoices):
        STARTED = "started"
        MOVED = "moved"
        LEFT = "left"
        RETURNED = "returned"
        ENDED = "ended"

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    stay = models.ForeignKey("supply.Stay", null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=60, default="", blank=True)
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="residence_starts_and_ends_once",
                fields=["residence", "kind"],
                condition=Q(kind__in=["started", "ended"]),
            ),
            models.CheckConstraint(name="residence_event_names_somebody", condition=~Q(by_name="")),
        ]


class DayPrice(Written):
    """What a day costs a resident of a service from a day on, until the next price of that kind of place.

    Never changed. `unit_kind`: "" for every kind that has no price of its own. `ground`: on which the price rests, of
    the region's file; `reference`: the decision that approved it, where there is one. A later version, with its
    reason, takes the place of one that was written down wrongly.
    """

    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="day_prices")
    unit_kind = models.CharField(max_length=60, default="", blank=True)
    from_date = models.DateField()
    version = models.PositiveIntegerField(default=1)
    cents = models.PositiveIntegerField()
    ground = models.CharField(max_length=60)
    reference = models.CharField(max_length=200, default="", blank=True)
    why = models.CharField(max_length=300, default="", blank=True)
    recorded_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="day_price_version_once", fields=["service", "unit_kind", "from_date", "version"]
            ),
            models.CheckConstraint(name="day_price_is_positive", condition=Q(cents__gte=1)),
            models.CheckConstraint(
                name="day_price_correction_has_a_reason", condition=Q(version=1) | ~Q(why="")
            ),
            models.CheckConstraint(name="day_price_names_somebody", condition=~Q(by_name="")),
        ]


class DayPricePart(models.Model):
    """A part of a day price, by the region's names of parts; together they are the price. Never changed."""

    price = models.ForeignKey(DayPrice, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=60)
    cents = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="day_price_part_once", fields=["price", "part"])]


class Contribution(Written):
    """What somebody else pays for a resident's stay, or comes off or onto their bill, a day; from a day up to and
    including the last (None: it goes on).

    `kind`: of the region's file, which says whether it lowers or raises what the resident pays.
    """

    residence = models.ForeignKey(Residence, on_delete=models.PROTECT, related_name="contributions")
    kind = models.CharField(max_length=60)
    payer = models.CharField(max_length=200, default="", blank=True)
    cents_a_day = models.PositiveIntegerField()
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_contribution_of_a_kind",
                fields=["residence", "kind"],
                condition=Q(until_date=None),
            ),
            models.CheckConstraint(name="contribution_is_positive", condition=Q(cents_a_day__gte=1)),
            models.CheckConstraint(
                name="contribution_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(name="contribution_names_somebody", condition=~Q(by_name="")),
        ]
