"""Services, their units (places), who holds one, and who stays there."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

LIVE_HOLDS = ("held", "confirmed")


class Service(models.Model):
    """What an organisation offers in a programme, somewhere. `secret`: for its own organisation only, as a refuge.

    `places_confirmed_at`: when the organisation itself last said that its places stand here as they are.
    `recognised_places`: how many the government recognises, open or not; None: nobody said.
    """

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="services")
    programme = models.CharField(max_length=60)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=5)
    secret = models.BooleanField(default=False)
    places_confirmed_at = models.DateTimeField(null=True, blank=True)
    recognised_places = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "name", "id"], name="service_by_name")]
        constraints = [
            models.UniqueConstraint(name="service_name_once", fields=["organisation", "programme", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A place that one person can have, open from the first day up to and including the last."""

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=60, default="", blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unit_name_once", fields=["service", "name"]),
            models.CheckConstraint(
                name="unit_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]


class Staffing(models.Model):
    """The staff of a service that is known, from a day until the next: what its latest counts say.

    Kept beside the counts (`staff.models.StaffCount`), in the same transaction, so that whoever holds a place knows
    whether there is staff for it. In hundredths of a full-time equivalent; None: counted, and not known.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="staffings")
    profession = models.CharField(max_length=60)
    holds_from = models.DateField()
    fte_hundredths = models.PositiveIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="staffing_once_a_day", fields=["service", "profession", "holds_from"]
            ),
        ]


class Hold(models.Model):
    """A place kept for somebody until a moment, and then confirmed, released or lapsed.

    A confirmed hold is a stay: so one unique rule on live holds keeps a hold and a stay from one place at a time.
    A hold whose moment has passed is no longer in the way, also before anybody writes down that it lapsed.
    `state` and `version` are what the steps say.
    """

    class State(models.TextChoices):
        HELD = "held"
        CONFIRMED = "confirmed"
        RELEASED = "released"
        LAPSED = "lapsed"

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="holds")
    request = models.ForeignKey(
        "care.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="holds"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
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
                name="one_live_hold_per_unit", fields=["unit"], condition=Q(state__in=LIVE_HOLDS)
            ),
            models.UniqueConstraint(
                name="one_live_hold_per_request", fields=["request"], condition=Q(state__in=LIVE_HOLDS)
            ),
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

    It lasts as long as its hold is confirmed.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="stays")
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
                name="one_open_stay_per_unit", fields=["unit"], condition=Q(until_date=None)
            ),
            models.CheckConstraint(
                name="stay_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]
