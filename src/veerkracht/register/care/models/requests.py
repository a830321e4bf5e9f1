from datetime import date

from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Cast, Coalesce, Round


class State(models.TextChoices):
    ASKED = "asked"
    WAITING = "waiting"
    GRANTED = "granted"
    SERVED = "served"
    WITHDRAWN = "withdrawn"
    DECEASED = "deceased"
    DECLINED = "declined"
    LAPSED = "lapsed"
    REFUSED = "refused"


STATES = [state.value for state in State]
# Where an unknown group or date is put in order: after all known ones.
LAST_GROUP = 32_767
LAST_DATE = date(9999, 12, 31)
# In these a request stands on the list: nothing is granted yet.
ON_LIST = ("asked", "waiting")
# In these a request still asks for something: it waits, or its grant hasn't been taken up yet.
LIVE_STATES = ["asked", "waiting", "granted"]


class Kind(models.TextChoices):
    FIRST = "first"
    INCREASE = "increase"
    REST = "rest"


class Request(models.Model):
    """One question for one programme. Its columns are the fold of its steps, kept beside them for speed.

    `points` and `points_held` are care points a year; `bundle` is the id under which requests are granted
    together (null: alone); `area` is the person's; `route` is "" and `priority_group` 0 when there is none.
    `version` rises by one with each change.
    """

    number = models.CharField(max_length=12, unique=True)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="requests")
    programme = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices)
    live = models.BooleanField()
    request_date = models.DateField()
    area = models.CharField(max_length=5)
    priority_group = models.PositiveSmallIntegerField(default=0)
    priority_date = models.DateField(null=True, blank=True)
    route = models.CharField(max_length=40, default="", blank=True)
    scheme = models.CharField(max_length=40, default="", blank=True)
    category = models.CharField(max_length=10, default="", blank=True)
    points = models.DecimalField(max_digits=10, decimal_places=6, default=0)
    points_held = models.DecimalField(max_digits=10, decimal_places=6, default=0)
    partial = models.BooleanField(default=False)
    recognised = models.BooleanField(null=True, blank=True)
    plan_approved_on = models.DateField(null=True, blank=True)
    complete = models.BooleanField(default=False)
    converted = models.BooleanField(default=False)
    register_date = models.DateField(null=True, blank=True)
    bundle = models.BigIntegerField(null=True, blank=True)
    respond_by = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField()

    # What lists are sorted by, kept by the database itself: unknown comes last, as in the rulebook's order, and an
    # amount is a whole number (millionths of a care point a year), so that a list can go on from any row.
    order_group = models.GeneratedField(
        expression=Case(
            When(priority_group=0, then=Value(LAST_GROUP)),
            default=F("priority_group"),
            output_field=models.IntegerField(),
        ),
        output_field=models.IntegerField(),
        db_persist=True,
    )
    order_date = models.GeneratedField(
        expression=Coalesce(F("priority_date"), Value(LAST_DATE), output_field=models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    asked_more = models.GeneratedField(
        expression=Cast(Round((F("points") - F("points_held")) * 1_000_000), models.BigIntegerField()),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )

    class Meta:
        # Each ends in what a list is filtered by, so that the rows of a page are found in the index alone.
        indexes = [
            models.Index(
                fields=["programme", "state", "order_group", "order_date", "id", "area", "category", "kind"],
                name="request_list_in_order",
            ),
            models.Index(
                fields=["programme", "state", "area", "order_group", "order_date", "id", "category", "kind"],
                name="request_list_by_area",
            ),
            models.Index(
                fields=[
                    "programme",
                    "state",
                    "request_date",
                    "id",
                    "order_group",
                    "area",
                    "category",
                    "kind",
                ],
                name="request_list_by_date",
            ),
            models.Index(
                fields=["programme", "state", "asked_more", "id", "order_group", "area", "category", "kind"],
                name="request_list_by_amount",
            ),
            models.Index(
                fields=["programme", "route", "state"], name="request_on_route", condition=~Q(route="")
            ),
            models.Index(fields=["respond_by"], name="request_to_respond"),
            models.Index(fields=["bundle"], name="request_in_bundle", condition=Q(bundle__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_live_request_per_kind",
                fields=["person", "programme", "kind"],
                condition=Q(live=True),
            ),
            models.CheckConstraint(
                name="request_live_follows_state",
                condition=Q(live=True, state__in=LIVE_STATES) | (Q(live=False) & ~Q(state__in=LIVE_STATES)),
            ),
            models.CheckConstraint(name="request_state_is_known", condition=Q(state__in=STATES)),
            models.CheckConstraint(
                name="waiting_has_group_or_route",
                condition=~Q(state="waiting")
                | (Q(priority_group__gt=0) & Q(priority_date__isnull=False))
                | ~Q(route=""),
            ),
            models.CheckConstraint(
                name="points_are_not_negative",
                condition=Q(points__gte=0) & Q(points_held__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return self.number
