from django.conf import settings
from django.db import models
from django.db.models import F, Q

from .commitments import Commitment
from .credits import Credit, LineCredit
from .lines import Line


class Account(models.Model):
    """Where money stands: of a programme (cents a year) or of a line in a year (cents of that year).

    A programme's money is voted (its origin, below zero), free, granted or running. A line's year has two sides, each
    with its origin: commitments (VAK) and payments (VEK). All accounts of one owner are together zero.
    `balance_cents` is kept beside the postings for speed; `veerkracht verify` compares the two.
    """

    class Name(models.TextChoices):
        VOTED = "voted"
        FREE = "free"
        GRANTED = "granted"
        RUNNING = "running"
        COMMITMENT_VOTED = "commitment-voted"
        COMMITMENT_FREE = "commitment-free"
        COMMITTED = "committed"
        COMMITMENT_LAPSED = "commitment-lapsed"
        PAYMENT_VOTED = "payment-voted"
        PAYMENT_FREE = "payment-free"
        REQUESTED = "requested"
        PAID = "paid"
        RECOVERED = "recovered"
        PAYMENT_LAPSED = "payment-lapsed"

    OF_PROGRAMME = ("voted", "free", "granted", "running")
    OF_LINE = tuple(Name.values[len(OF_PROGRAMME) :])
    ORIGINS = ("voted", "commitment-voted", "payment-voted")

    programme = models.CharField(max_length=60, default="", blank=True)
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="accounts")
    year = models.PositiveSmallIntegerField(null=True)
    name = models.CharField(max_length=20, choices=Name.choices)
    balance_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="account_once", fields=["programme", "name"], condition=Q(line__isnull=True)
            ),
            models.UniqueConstraint(
                name="line_account_once", fields=["line", "year", "name"], condition=Q(line__isnull=False)
            ),
            models.CheckConstraint(
                name="account_is_of_a_programme_or_a_line",
                condition=Q(line=None, year=None) & ~Q(programme="")
                | Q(line__isnull=False, year__isnull=False, programme=""),
            ),
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
            models.CheckConstraint(
                name="line_never_committed_beyond_its_vak",
                condition=~Q(name="commitment-free") | Q(balance_cents__gte=0),
            ),
            models.CheckConstraint(
                name="line_never_paid_beyond_its_vek",
                condition=~Q(name="payment-free") | Q(balance_cents__gte=0),
            ),
            models.CheckConstraint(
                name="line_account_never_below_zero",
                condition=~Q(
                    name__in=[
                        "committed",
                        "commitment-lapsed",
                        "requested",
                        "paid",
                        "recovered",
                        "payment-lapsed",
                    ]
                )
                | Q(balance_cents__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.name}"

    @property
    def owner(self) -> str:
        """The programme, or the line and the year, whose money it is."""
        return self.programme or f"{self.line} {self.year}"


class DayBalance(models.Model):
    """How much an account changed on a day. Its balance on a date is the sum of few of these, of no postings.

    Kept in the transaction of each entry, also of one with an old date; `veerkracht verify` compares it with them.
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="days")
    day = models.DateField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(name="day_balance_once", fields=["account", "day"])]


class Entry(models.Model):
    """One event in the books, of a programme or of a line in a year. Append-only by triggers."""

    class Kind(models.TextChoices):
        VOTED = "voted"
        OPENING = "opening"
        GRANTED = "granted"
        RETURNED = "returned"
        STARTED = "started"
        CHANGED = "changed"
        ENDED = "ended"
        CREDITED = "credited"
        TRANSFERRED = "transferred"
        CARRIED_OVER = "carried-over"
        COMMITTED = "committed"
        WEIGHED = "weighed"
        REDUCED = "reduced"
        REQUESTED = "requested"
        SETTLED = "settled"
        CANCELLED = "cancelled"
        RECOVERED = "recovered"
        LAPSED = "lapsed"
        CORRECTED = "corrected"

    programme = models.CharField(max_length=60, default="", blank=True)
    line = models.ForeignKey(Line, null=True, on_delete=models.PROTECT, related_name="entries")
    year = models.PositiveSmallIntegerField(null=True)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT)
    round = models.ForeignKey("care.Round", null=True, on_delete=models.PROTECT)
    credit = models.ForeignKey(Credit, null=True, on_delete=models.PROTECT)
    line_credit = models.ForeignKey(LineCredit, null=True, on_delete=models.PROTECT)
    corrects = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="corrections")
    text = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entry_is_of_a_programme_or_a_line",
                condition=Q(line=None, year=None) & ~Q(programme="")
                | Q(line__isnull=False, year__isnull=False, programme=""),
            ),
            models.UniqueConstraint(name="entry_corrected_once", fields=["corrects"]),
        ]
        indexes = [
            models.Index(fields=["programme", "holds_from", "id"], name="entry_by_day"),
            models.Index(fields=["line", "year", "holds_from", "id"], name="entry_by_line"),
        ]


class Posting(models.Model):
    """An amount that moves from one account to another, and so always balances. Append-only by triggers."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    source = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    amount_cents = models.BigIntegerField()
    request = models.ForeignKey("care.Request", null=True, on_delete=models.PROTECT)
    commitment = models.ForeignKey(Commitment, null=True, on_delete=models.PROTECT, related_name="postings")

    class Meta:
        constraints = [
            models.CheckConstraint(name="posting_is_positive", condition=Q(amount_cents__gt=0)),
            models.CheckConstraint(
                name="posting_moves_between_two_accounts", condition=~Q(source=F("target"))
            ),
        ]
