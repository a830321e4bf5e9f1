"""Places of a home that come free, to whom they are offered, what was answered, and who was passed over."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

# In these a vacancy still waits for somebody to come.
LIVE_VACANCIES = ("open", "offered", "accepted")
# In these an offer keeps its place from others.
LIVE_OFFERS = ("made", "accepted")


class Vacancy(models.Model):
    """A unit that comes free on a day, and can be lived in again from the day on which it is ready.

    `state` and `version` are what its steps say.
    """

    class State(models.TextChoices):
        OPEN = "open"
        OFFERED = "offered"
        ACCEPTED = "accepted"
        FILLED = "filled"
        WITHDRAWN = "withdrawn"

    unit = models.ForeignKey("supply.Unit", on_delete=models.PROTECT, related_name="vacancies")
    from_date = models.DateField()
    ready_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default="open")
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["ready_on"], name="vacancy_that_waits", condition=Q(state__in=LIVE_VACANCIES)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_live_vacancy_per_unit", fields=["unit"], condition=Q(state__in=LIVE_VACANCIES)
            ),
            models.CheckConstraint(
                name="vacancy_is_ready_after_it_is_free", condition=Q(ready_on__gte=F("from_date"))
            ),
            models.CheckConstraint(
                name="vacancy_state_is_known",
                condition=Q(state__in=["open", "offered", "accepted", "filled", "withdrawn"]),
            ),
        ]


class VacancyStep(models.Model):
    """What happened to a vacancy, when and by whom; never changed. The last one is its state."""

    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Vacancy.State.choices)
    ready_on = models.DateField()
    at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    why = models.CharField(max_length=300, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="vacancy_step_names_somebody", condition=~Q(by_name="")),
        ]


class Offer(models.Model):
    """Places of a home offered to one person, or to all who want to come together, until a moment.

    `place_in_order` and `of_how_many`: where they stood on the home's list when it was signed. `arrives_on`: the day
    on which they said they come. `state` and `version` are what the steps say.
    """

    class State(models.TextChoices):
        MADE = "made"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"
        FULFILLED = "fulfilled"

    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="offers")
    made_at = models.DateTimeField()
    until = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State.choices, default="made")
    place_in_order = models.PositiveIntegerField()
    of_how_many = models.PositiveIntegerField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=200)
    arrives_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["service", "until"], name="offer_that_runs", condition=Q(state__in=LIVE_OFFERS)
            ),
        ]
        constraints = [
            models.CheckConstraint(name="offer_ends_after_it_is_made", condition=Q(until__gt=F("made_at"))),
            models.CheckConstraint(
                name="offer_state_is_known",
                condition=Q(state__in=["made", "accepted", "declined", "lapsed", "withdrawn", "fulfilled"]),
            ),
            models.CheckConstraint(name="offer_names_its_signer", condition=~Q(signed_by_name="")),
            models.CheckConstraint(
                name="offer_has_a_place_in_the_order",
                condition=Q(place_in_order__gte=1, place_in_order__lte=F("of_how_many")),
            ),
            models.CheckConstraint(
                name="accepted_offer_has_an_arrival",
                condition=~Q(state__in=["accepted", "fulfilled"]) | Q(arrives_on__isnull=False),
            ),
        ]


class OfferedPlace(models.Model):
    """One person of an offer: their entry on the home's list, the vacancy they would live in, and the hold on it.

    `live`: the offer still keeps the place, as its state says.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="places")
    vacancy = models.ForeignKey(Vacancy, on_delete=models.PROTECT, related_name="offered")
    entry = models.ForeignKey("lists.Entry", on_delete=models.PROTECT, related_name="offered")
    hold = models.OneToOneField("supply.Hold", on_delete=models.PROTECT, related_name="offered")
    live = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_live_offer_per_entry", fields=["entry"], condition=Q(live=True)
            ),
            models.UniqueConstraint(name="offered_place_once", fields=["offer", "entry"]),
        ]


class OfferStep(models.Model):
    """What happened to an offer, from which day and when it was written down; never changed. The last is its state.

    `reason`: why it was declined, an id of the region's file. `text`: words beside it, for the home and the person.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Offer.State.choices)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    reason = models.CharField(max_length=60, default="", blank=True)
    text = models.CharField(max_length=500, default="", blank=True)
    arrives_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="offer_step_once", fields=["offer", "kind"]),
            models.CheckConstraint(name="offer_step_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="decline_has_a_reason",
                condition=~Q(kind__in=["declined", "lapsed", "withdrawn"]) | ~Q(reason="") | ~Q(text=""),
            ),
        ]


class PassedOver(models.Model):
    """Somebody who stood higher on the list than who was offered the place: why, and who signed for it.

    `reason`: an id of the region's file; `text`: in words, for who asks. Never changed.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="passed_over")
    entry = models.ForeignKey("lists.Entry", on_delete=models.PROTECT, related_name="passed_over")
    reason = models.CharField(max_length=60)
    text = models.CharField(max_length=500, default="", blank=True)
    by_id = models.BigIntegerField()
    by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="passed_over_once", fields=["offer", "entry"]),
            models.CheckConstraint(name="passing_over_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(name="passing_over_names_somebody", condition=~Q(by_name="")),
        ]
