"""Who holds a unit for somebody, and who stays there."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written

LIVE_HOLDS = ("held", "confirmed")


class Hold(Written):
    """A place kept for somebody until a moment, and then confirmed, released or lapsed.

    A confirmed hold is a stay: so one unique rule on live holds keeps a hold and a stay from one place at a time.
    A hold whose moment has passed is no longer in the way, also before anybody writes down that it lapsed.
    `state` and `version` are what the steps say. `party`: the same on all that were held together, whole or not at all;
    two of a party may be in one unit, each with a `bed` of its own.
    """

    class State(models.TextChoices):
        HELD = "held"
        CONFIRMED = "confirmed"
        RELEASED = "released"
        LAPSED = "lapsed"

    unit = models.ForeignKey("supply.Unit", on_delete=models.PROTECT, related_name="holds")
    bed = models.PositiveSmallIntegerField(default=1)
    party = models.UUIDField(null=True, blank=True, db_index=True)
    request = models.ForeignKey(
        "care.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="holds"
    )
    membership = models.ForeignKey("people.Membership", null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=100, default="", blank=True)
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default="held")
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["until"], name="hold_until", condition=Q(state="held"))]
        constraints = [
            models.UniqueConstraint(
                name="one_live_hold_per_unit", fields=["unit", "bed"], condition=Q(state__in=LIVE_HOLDS)
            ),
            models.UniqueConstraint(
                name="one_live_hold_per_request", fields=["request"], condition=Q(state__in=LIVE_HOLDS)
            ),
            models.CheckConstraint(name="hold_is_of_a_bed", condition=Q(bed__gte=1)),
            models.CheckConstraint(name="hold_ends_after_it_starts", condition=Q(until__gt=F("made_at"))),
            models.CheckConstraint(
                name="hold_state_is_known",
                condition=Q(state__in=["held", "confirmed", "released", "lapsed"]),
            ),
            models.CheckConstraint(name="hold_names_somebody", condition=~Q(by_name="")),
        ]


class HoldStep(models.Model):
    """What happened to a hold, when and by whom; never changed. The last one is its state."""

    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Hold.State.choices)
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="hold_step_once", fields=["hold", "kind"]),
            models.CheckConstraint(name="hold_step_names_somebody", condition=~Q(by_name="")),
        ]


class Stay(models.Model):
    """The time somebody has a place: from the day they come to the day they leave, on which another may come.

    It lasts as long as its hold is confirmed, and is in the unit and the bed of that hold.
    """

    unit = models.ForeignKey("supply.Unit", on_delete=models.PROTECT, related_name="stays")
    bed = models.PositiveSmallIntegerField(default=1)
    hold = models.OneToOneField(Hold, on_delete=models.PROTECT, related_name="stay")
    request = models.ForeignKey(
        "care.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="stays"
    )
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["unit", "from_date"], name="stay_by_unit")]
        constraints = [
            models.UniqueConstraint(
                name="one_open_stay_per_unit", fields=["unit", "bed"], condition=Q(until_date=None)
            ),
            models.CheckConstraint(
                name="stay_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]
