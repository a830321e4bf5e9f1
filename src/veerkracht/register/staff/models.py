"""Who works in care and welfare, as it is reported: counts on a day, who came and went, and who is in training.

A row is never changed: a correction is a new version that names the one it replaces, and says why; the old one stays.
What is not known is empty, and never zero. About organisations and professions, never about a person.
"""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from veerkracht.register.written import Written

THOUSAND = 1000


class Reported(Written):
    """By whom and when something was reported, where it comes from, and what it corrects."""

    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    reason = models.CharField(max_length=500, default="", blank=True)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        abstract = True


class OfOrganisation(Reported):
    """Which staff: of an organisation or one of its services, in a profession, a sector and a municipality (code)."""

    organisation = models.ForeignKey(
        "people.Organisation", on_delete=models.PROTECT, related_name="%(class)ss"
    )
    service = models.ForeignKey(
        "supply.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="%(class)ss"
    )
    profession = models.CharField(max_length=60)
    sector = models.CharField(max_length=60)
    area = models.CharField(max_length=5)

    class Meta(Reported.Meta):
        abstract = True


_KEY = ["organisation", "profession", "sector", "area"]
_CORRECTED = Q(version=1, replaces=None) | (Q(version__gt=1, replaces__isnull=False) & ~Q(reason=""))


class StaffCount(OfOrganisation):
    """The staff on a day.

    `fte_hundredths`: full-time equivalents, in hundredths. `vacancies`: open posts on the day, not those of a year.
    `sick_per_thousand`: of the working days of the quarter before, those missed by sickness. The ages: persons.
    """

    on = models.DateField()
    persons = models.PositiveIntegerField(null=True, blank=True)
    fte_hundredths = models.PositiveIntegerField(null=True, blank=True)
    vacancies = models.PositiveIntegerField(null=True, blank=True)
    sick_per_thousand = models.PositiveSmallIntegerField(null=True, blank=True)
    under_30 = models.PositiveIntegerField(null=True, blank=True)
    from_30_to_49 = models.PositiveIntegerField(null=True, blank=True)
    over_50 = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["on", "sector"], name="staff_count_by_day")]
        constraints = [
            models.UniqueConstraint(
                name="staff_count_once_of_service",
                fields=["service", "profession", "on", "version"],
                condition=Q(service__isnull=False),
            ),
            models.UniqueConstraint(
                name="staff_count_once_of_organisation",
                fields=[*_KEY, "on", "version"],
                condition=Q(service=None),
            ),
            models.CheckConstraint(
                name="staff_count_fte_within_persons",
                condition=Q(persons=None)
                | Q(fte_hundredths=None)
                | Q(fte_hundredths__lte=F("persons") * 100),
            ),
            models.CheckConstraint(
                name="staff_count_ages_within_persons",
                condition=Q(persons=None)
                | Q(
                    persons__gte=Coalesce(F("under_30"), 0)
                    + Coalesce(F("from_30_to_49"), 0)
                    + Coalesce(F("over_50"), 0)
                ),
            ),
            models.CheckConstraint(
                name="staff_count_sick_is_a_share",
                condition=Q(sick_per_thousand=None) | Q(sick_per_thousand__lte=THOUSAND),
            ),
            models.CheckConstraint(name="staff_count_correction_says_why", condition=_CORRECTED),
            models.CheckConstraint(
                name="staff_count_names_somebody", condition=~Q(by_name="") & ~Q(source="")
            ),
        ]


class StaffFlow(OfOrganisation):
    """Who came and who went, from the first day up to and including the last; who left, by reason.

    `moved`: to another employer in care or welfare.
    """

    from_date = models.DateField()
    until_date = models.DateField()
    starters = models.PositiveIntegerField(null=True, blank=True)
    quit = models.PositiveIntegerField(null=True, blank=True)
    retired = models.PositiveIntegerField(null=True, blank=True)
    dismissed = models.PositiveIntegerField(null=True, blank=True)
    moved = models.PositiveIntegerField(null=True, blank=True)
    other = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["until_date", "sector"], name="staff_flow_by_day")]
        constraints = [
            models.UniqueConstraint(
                name="staff_flow_once_of_service",
                fields=["service", "profession", "from_date", "version"],
                condition=Q(service__isnull=False),
            ),
            models.UniqueConstraint(
                name="staff_flow_once_of_organisation",
                fields=[*_KEY, "from_date", "version"],
                condition=Q(service=None),
            ),
            models.CheckConstraint(
                name="staff_flow_ends_after_it_starts", condition=Q(until_date__gte=F("from_date"))
            ),
            models.CheckConstraint(name="staff_flow_correction_says_why", condition=_CORRECTED),
            models.CheckConstraint(
                name="staff_flow_names_somebody", condition=~Q(by_name="") & ~Q(source="")
            ),
        ]


class TrainingInflow(Reported):
    """Who is in training for a profession in the region, in the school year that begins in `school_year`."""

    profession = models.CharField(max_length=60)
    school_year = models.PositiveSmallIntegerField()
    first_year = models.PositiveIntegerField(null=True, blank=True)
    graduates = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="training_once_a_year", fields=["profession", "school_year", "version"]
            ),
            models.CheckConstraint(name="training_correction_says_why", condition=_CORRECTED),
            models.CheckConstraint(name="training_names_somebody", condition=~Q(by_name="") & ~Q(source="")),
        ]
