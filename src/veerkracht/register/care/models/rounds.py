from django.conf import settings
from django.db import models
from django.db.models import F, Q

OPEN_ROUND_STATES = ["prepared", "reviewed"]


class Round(models.Model):
    """Money to be handed out on a day: a proposal that somebody prepares, reviews, and that another person
    signs.

    `basis`: "programme" when the money is the programme's, "expansion" when the programme gets its share of
    it. `envelopes` gives cents per pot when the round does not follow the split. `follows` is the round whose
    freed money this one hands on. `fingerprint` stands for the list, the rules and the money on which the
    proposal rests.
    """

    class State(models.TextChoices):
        PREPARED = "prepared"
        REVIEWED = "reviewed"
        SIGNED = "signed"
        CANCELLED = "cancelled"

    programme = models.CharField(max_length=60)
    date = models.DateField()
    money_cents = models.BigIntegerField()
    basis = models.CharField(
        max_length=10, choices=[("programme", "programme"), ("expansion", "expansion")], default="programme"
    )
    envelopes = models.JSONField(null=True, blank=True)
    split_id = models.CharField(max_length=60, default="", blank=True)
    follows = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="followed_by"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64)
    summary = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["programme", "-date", "-id"], name="round_latest_first")]
        constraints = [
            models.UniqueConstraint(
                name="one_open_round_per_programme",
                fields=["programme"],
                condition=Q(state__in=OPEN_ROUND_STATES),
            ),
            models.CheckConstraint(name="round_has_money", condition=Q(money_cents__gt=0)),
            models.CheckConstraint(
                name="signer_is_not_the_preparer",
                condition=Q(signed_by=None) | ~Q(signed_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="reviewed_before_signed",
                condition=~Q(state="signed")
                | (
                    Q(reviewed_by__isnull=False)
                    & Q(reviewed_at__gte=F("prepared_at"))
                    & Q(signed_at__gte=F("reviewed_at"))
                ),
            ),
            models.CheckConstraint(
                name="signed_means_signed_by_somebody",
                condition=(Q(state="signed") & Q(signed_by__isnull=False))
                | (~Q(state="signed") & Q(signed_by__isnull=True)),
            ),
        ]


class RoundLine(models.Model):
    """One request that gets something in a round, or the first in its pot that does not. `share` is 1 when
    whole.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="lines", db_index=False)
    request = models.ForeignKey("care.Request", on_delete=models.PROTECT, related_name="round_lines")
    pot = models.CharField(max_length=60)
    position = models.PositiveIntegerField()
    cost_cents = models.BigIntegerField()
    share = models.FloatField(default=1.0)
    granted = models.BooleanField()
    reason = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_line_per_request", fields=["round", "request"]),
            models.CheckConstraint(
                name="share_between_nothing_and_all", condition=Q(share__gt=0) & Q(share__lte=1)
            ),
            models.CheckConstraint(name="line_cost_is_not_negative", condition=Q(cost_cents__gte=0)),
        ]
        indexes = [models.Index(fields=["round", "pot", "position"], name="line_in_order")]


class RoundList(models.Model):
    """The whole list on which a proposal rests, in order: Parquet of (id, pot, position, cost_cents, granted,
    share).

    Kept so that a proposal can be defended line by line later, and so that a changed list says what changed.
    """

    round = models.OneToOneField(Round, on_delete=models.CASCADE, primary_key=True, related_name="kept_list")
    content = models.BinaryField()
    rows = models.PositiveIntegerField()
