from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Credit(models.Model):
    """Money that was voted for a programme: `amount_cents` a year when recurrent, else once."""

    programme = models.CharField(max_length=60)
    year = models.PositiveSmallIntegerField()
    name_nl = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField()
    recurrent = models.BooleanField()
    voted_on = models.DateField()
    source_title = models.CharField(max_length=300)
    source_url = models.CharField(max_length=500, default="", blank=True)
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="credit_is_positive", condition=Q(amount_cents__gt=0)),
            models.CheckConstraint(name="credit_has_a_source", condition=~Q(source_title="")),
        ]


class Account(models.Model):
    """Where money of a programme stands: voted (its origin, below zero), free, granted, running.

    `balance_cents` is kept beside the postings for speed; `veerkracht verify` compares the two.
    """

    class Name(models.TextChoices):
        VOTED = "voted"
        FREE = "free"
        GRANTED = "granted"
        RUNNING = "running"

    programme = models.CharField(max_length=60)
    name = models.CharField(max_length=10, choices=Name.choices)
    balance_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="account_once", fields=["programme", "name"]),
            models.CheckConstraint(
                name="free_money_never_below_zero",
                condition=~Q(name="free") | Q(balance_cents__gte=0),
            ),
            models.CheckConstraint(
                name="granted_money_never_below_zero",
                condition=~Q(name="granted") | Q(balance_cents__gte=0),
            ),
            models.CheckConstraint(
                name="running_money_never_below_zero",
                condition=~Q(name="running") | Q(balance_cents__gte=0),
            ),
        ]


class Entry(models.Model):
    """One event in the books. Append-only by triggers."""

    class Kind(models.TextChoices):
        VOTED = "voted"
        OPENING = "opening"
        GRANTED = "granted"
        RETURNED = "returned"
        STARTED = "started"
        CHANGED = "changed"
        ENDED = "ended"

    programme = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    round = models.ForeignKey("care.Round", null=True, on_delete=models.PROTECT)
    credit = models.ForeignKey(Credit, null=True, on_delete=models.PROTECT)
    text = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["programme", "holds_from", "id"], name="entry_by_day")]


class Posting(models.Model):
    """An amount that moves from one account to another, and so always balances. Append-only by triggers."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount_cents = models.BigIntegerField()
    request = models.ForeignKey("care.Request", null=True, on_delete=models.PROTECT)

    class Meta:
        constraints = [
            models.CheckConstraint(name="posting_is_positive", condition=Q(amount_cents__gt=0)),
            models.CheckConstraint(
                name="posting_moves_between_two_accounts", condition=~Q(source=F("target"))
            ),
        ]
