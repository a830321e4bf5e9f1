"""Where an organisation gives help, its services, their units (places) and what keeps a unit closed."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register import clock
from veerkracht.register.written import Written


class Location(models.Model):
    """A building of an organisation. `secret`: its address is kept sealed, for its own organisation only."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="locations"
    )
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=5)
    address = models.CharField(max_length=200, default="", blank=True)
    secret = models.BooleanField(default=False)
    sealed_address = models.TextField(default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="location_name_once", fields=["organisation", "name"]),
            models.CheckConstraint(
                name="secret_location_has_no_open_address", condition=Q(secret=False) | Q(address="")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What an organisation offers in a programme, somewhere. `secret`: for its own organisation only, as a refuge.

    `kind`: an id of the region's kinds of services. `rules`: the id of the file with which a home says who is next; ""
    for none. `places_confirmed_at`: when the organisation itself last said that its places stand here as they are.
    """

    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="services")
    location = models.ForeignKey(
        Location, null=True, blank=True, on_delete=models.PROTECT, related_name="services"
    )
    programme = models.CharField(max_length=60)
    kind = models.CharField(max_length=60, default="", blank=True)
    name = models.CharField(max_length=200)
    area = models.CharField(max_length=5)
    secret = models.BooleanField(default=False)
    rules = models.CharField(max_length=60, default="", blank=True)
    places_confirmed_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    changed_at = models.DateTimeField(default=clock.now)

    class Meta:
        indexes = [models.Index(fields=["programme", "name", "id"], name="service_by_name")]
        constraints = [
            models.UniqueConstraint(name="service_name_once", fields=["organisation", "programme", "name"]),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """A place: a bed, room or studio that one person or household can have, from its first day up to and including its
    last.

    `kind`: an id of the region's kinds of units, or words of the organisation. `sleeps`: for how many people.
    """

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=60, default="", blank=True)
    sleeps = models.PositiveSmallIntegerField(default=1)
    ward = models.CharField(max_length=100, default="", blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="unit_name_once", fields=["service", "name"]),
            models.CheckConstraint(
                name="unit_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(name="unit_sleeps_somebody", condition=Q(sleeps__gte=1)),
        ]


class UnitClosure(Written):
    """A unit that can't be held from a day until the day on which it is open again. `reason`: an id of the region's."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="closures")
    from_date = models.DateField()
    reopens_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=60)
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["unit", "from_date"], name="closure_by_unit")]
        constraints = [
            models.UniqueConstraint(
                name="one_lasting_closure_per_unit", fields=["unit"], condition=Q(reopens_on=None)
            ),
            models.CheckConstraint(
                name="closure_does_not_end_before_it_starts",
                condition=Q(reopens_on=None) | Q(reopens_on__gte=F("from_date")),
            ),
            models.CheckConstraint(name="closure_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="closure_names_somebody", condition=~Q(by_name="")),
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
