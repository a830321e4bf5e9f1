"""Crisis counselling: a team that follows a family for some weeks, at home or in residential care."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written

OPEN = ("asked", "started")


class Counselling(models.Model):
    """A family that a team is asked to follow. `state` and `version` are what its steps say.

    `module`: a form of counselling of the region's file. `service`: the team. `search`: for whom. `start_by`: the first
    talk is no later than this by the norm. `until_date`: the last day by the norm. `worker`: who follows them.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        STARTED = "started"
        ENDED = "ended"
        WITHDRAWN = "withdrawn"

    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="counselling")
    desk = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    module = models.CharField(max_length=60)
    search = models.ForeignKey("crisis.Search", on_delete=models.PROTECT, related_name="counselling")
    area = models.CharField(max_length=5)
    asked_at = models.DateTimeField()
    start_by = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    until_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=60, default="", blank=True)
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="counselling"
    )
    state = models.CharField(max_length=9, choices=State.choices, default="asked")
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["service", "state"], name="counselling_of_a_team"),
            models.Index(fields=["start_by"], name="counselling_to_start", condition=Q(state="asked")),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_open_counselling_a_search",
                fields=["search", "module"],
                condition=Q(state__in=OPEN),
            ),
            models.CheckConstraint(
                name="started_counselling_has_a_worker",
                condition=~Q(state="started") | Q(started_at__isnull=False, worker__isnull=False),
            ),
            models.CheckConstraint(
                name="counselling_starts_after_it_is_asked",
                condition=Q(started_at=None) | Q(started_at__gte=F("asked_at")),
            ),
            models.CheckConstraint(
                name="ended_counselling_says_why",
                condition=Q(state__in=OPEN, ended_at=None, end_reason="")
                | (Q(state__in=["ended", "withdrawn"], ended_at__gte=F("asked_at")) & ~Q(end_reason="")),
            ),
        ]


class CounsellingStep(Written):
    """What happened to a counselling; never changed. `why`: in plain words, without a name."""

    counselling = models.ForeignKey(Counselling, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=Counselling.State.choices)
    holds_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    why = models.CharField(max_length=300, default="", blank=True)
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="counselling_step_once", fields=["counselling", "sequence"]),
            models.CheckConstraint(name="counselling_step_names_somebody", condition=~Q(by_name="")),
        ]
