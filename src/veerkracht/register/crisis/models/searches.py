"""A search for a place, and all that happened to it."""

import uuid

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written

LIVE = ("open", "held")


class Search(models.Model):
    """Who needs what, from where, and what to stay away from. `state` and `version` are what its steps say.

    `kind`: a kind of help of the region's file. `children`: their ages; `persons`: all of them together.
    `from_area`: the municipality where they are now; `zone`: the desk's zone that it lies in. `furthest_km`: no
    farther; None: no limit. `schools`: where each child goes to school, in the sequence of `children`; `works`: where
    each adult works; "" of who does not mind. `near_area`: school or work, of searches that did not tell them apart.
    `avoid_areas`: municipalities to stay away from; the names to avoid are sealed in `avoid_names`. `told_apart`:
    somebody said that a family with the same name is another one.
    """

    class State(models.TextChoices):
        OPEN = "open"
        HELD = "held"
        PLACED = "placed"
        NONE = "none"
        ENDED = "ended"

    call = models.ForeignKey("crisis.Call", on_delete=models.PROTECT, related_name="searches")
    number = models.CharField(max_length=12, unique=True)
    reference = models.UUIDField(default=uuid.uuid4)
    kind = models.CharField(max_length=60)
    adults = models.PositiveSmallIntegerField(default=0)
    children = models.JSONField(default=list)
    persons = models.PositiveSmallIntegerField()
    pets = models.PositiveSmallIntegerField(default=0)
    wheelchair = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    nights = models.PositiveSmallIntegerField(default=1)
    from_area = models.CharField(max_length=5)
    zone = models.CharField(max_length=60)
    furthest_km = models.PositiveSmallIntegerField(null=True, blank=True)
    schools = models.JSONField(default=list, blank=True)
    works = models.JSONField(default=list, blank=True)
    near_area = models.CharField(max_length=5, default="", blank=True)
    avoid_areas = models.JSONField(default=list)
    avoid_names = models.TextField(default="", blank=True)
    told_apart = models.BooleanField(default=False)
    state = models.CharField(max_length=6, choices=State.choices, default="open")
    version = models.PositiveIntegerField(default=0)
    by_name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["made_at"], name="search_by_moment"),
            models.Index(fields=["call"], name="live_search", condition=Q(state__in=LIVE)),
        ]
        constraints = [
            models.UniqueConstraint(name="search_kept_once", fields=["reference"]),
            models.CheckConstraint(
                name="search_is_for_somebody", condition=Q(persons__gte=1) & Q(persons__gte=F("adults"))
            ),
            models.CheckConstraint(name="search_is_for_a_night", condition=Q(nights__gte=1)),
            models.CheckConstraint(
                name="search_state_is_known",
                condition=Q(state__in=["open", "held", "placed", "none", "ended"]),
            ),
            models.CheckConstraint(name="search_names_its_worker", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="search_changes_after_it_is_made", condition=Q(updated_at__gte=F("made_at"))
            ),
        ]


class SearchStep(Written):
    """What happened to a search; never changed. The last one is its state.

    `service`: the place that was asked. `zone_step`: how far the search had fallen back there, 0 for its own zone.
    `reason`, `transport`, `fallback`: ids of the region's file. `note`: in plain words, without a name.
    """

    class Kind(models.TextChoices):
        ASKED = "asked"
        HELD = "held"
        REFUSED = "refused"
        RELEASED = "released"
        LAPSED = "lapsed"
        CONFIRMED = "confirmed"
        TRANSPORT = "transport"
        NONE_FOUND = "none-found"
        ENDED = "ended"

    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    service = models.ForeignKey(
        "supply.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    zone_step = models.PositiveSmallIntegerField(null=True, blank=True)
    places = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=60, default="", blank=True)
    note = models.CharField(max_length=300, default="", blank=True)
    role = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="search_step_once", fields=["search", "sequence"]),
            models.CheckConstraint(name="search_step_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="asked_place_is_named",
                condition=~Q(kind__in=["held", "refused", "confirmed"]) | Q(service__isnull=False),
            ),
            models.CheckConstraint(name="refusal_has_a_reason", condition=~Q(kind="refused") | ~Q(reason="")),
        ]


class SearchHold(models.Model):
    """A place that is held by a search: a family may need several at once. Never changed."""

    search = models.ForeignKey(Search, on_delete=models.PROTECT, related_name="holds")
    hold = models.OneToOneField("supply.Hold", on_delete=models.PROTECT, related_name="of_search")


class NoneFound(models.Model):
    """No place was found for a search: why, and what was done instead. Never changed.

    `asked`: how many services were asked; `left_out`: of those that give this help, how many did not fit, by the id of
    the region's condition.
    """

    search = models.OneToOneField(Search, on_delete=models.PROTECT, related_name="none_found")
    reason = models.CharField(max_length=60)
    fallback = models.CharField(max_length=60)
    asked = models.PositiveSmallIntegerField(default=0)
    left_out = models.JSONField(default=dict)
    note = models.CharField(max_length=300, default="", blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="none_found_says_why", condition=~Q(reason="")),
            models.CheckConstraint(name="none_found_says_what_instead", condition=~Q(fallback="")),
            models.CheckConstraint(name="none_found_names_somebody", condition=~Q(by_name="")),
        ]
