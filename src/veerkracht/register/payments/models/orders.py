from django.db import models
from django.db.models import Q

from veerkracht.register.money.models import Commitment, Line
from veerkracht.register.written import Written

from .accounts import BankAccount
from .messages import BankMessage


class Order(models.Model):
    """Payments of one line that are released together, step by step.

    `payer`: from which account. `month`: the first day of the month whose personal budgets it pays; null for others.
    `message_id`, `file_sha256` and `file_sealed` are of the file for the bank, made when it is sent; what was sealed
    goes when the bank has answered on every payment. `total_cents` and `count` are kept beside the payments,
    `state_at` beside the steps. `version`: for two editors.
    """

    class State(models.TextChoices):
        PREPARED = "prepared"
        CHECKED = "checked"
        APPROVED = "approved"
        SENT = "sent"
        DONE = "done"
        REFUSED = "refused"

    number = models.CharField(max_length=12)
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="orders")
    year = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    text = models.CharField(max_length=140)
    month = models.DateField(null=True, blank=True)
    payer = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    state_at = models.DateTimeField()
    count = models.PositiveIntegerField()
    total_cents = models.BigIntegerField()
    message_id = models.CharField(max_length=35, null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, default="", blank=True)
    file_sealed = models.TextField(default="", blank=True)
    fictitious = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="order_number_once", fields=["number"]),
            models.UniqueConstraint(name="order_message_once", fields=["message_id"]),
            models.CheckConstraint(name="order_pays_something", condition=Q(count__gt=0, total_cents__gt=0)),
            models.CheckConstraint(
                name="sent_order_has_a_file",
                condition=~Q(state__in=["sent", "done"]) | (Q(message_id__isnull=False) & ~Q(file_sha256="")),
            ),
            models.CheckConstraint(
                name="bank_file_goes_when_the_order_is_over",
                condition=~Q(state__in=["done", "refused"]) | Q(file_sealed=""),
            ),
        ]
        indexes = [models.Index(fields=["state", "id"], name="order_by_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def programme(self) -> str:
        """For permissions: a role for one programme takes no step in another's orders."""
        return self.line.programme


class OrderStep(Written):
    """Who took which step of an order. Append-only by triggers.

    `at_state`: at which step it was refused. Whoever refuses may have taken an earlier step; nobody takes two others.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=10, choices=Order.State.choices)
    at = models.DateTimeField()
    reason = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="order_step_once", fields=["order", "step"]),
            models.UniqueConstraint(
                name="nobody_takes_two_steps_of_an_order",
                fields=["order", "by"],
                condition=~Q(step="refused"),
            ),
            models.CheckConstraint(
                name="refused_order_has_a_reason", condition=~Q(step="refused") | ~Q(reason="")
            ),
        ]


class Payment(models.Model):
    """One amount to one payee. `budget` and `month`: the month of a personal budget that it pays.

    It is paid only when the bank said so, in `message`; `reason_code` is the bank's, of a payment that it rejected.
    `recovered_cents`: what of it was asked back.
    """

    class State(models.TextChoices):
        REQUESTED = "requested"
        PAID = "paid"
        REJECTED = "rejected"
        CANCELLED = "cancelled"

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="payments")
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="payments")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="payments")
    amount_cents = models.BigIntegerField()
    text = models.CharField(max_length=140)
    end_to_end_id = models.CharField(max_length=35)
    budget = models.ForeignKey(
        "care.Budget", null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    month = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.REQUESTED)
    message = models.ForeignKey(
        BankMessage, null=True, blank=True, on_delete=models.PROTECT, related_name="payments"
    )
    reason_code = models.CharField(max_length=35, default="", blank=True)
    recovered_cents = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="end_to_end_id_once", fields=["end_to_end_id"]),
            models.UniqueConstraint(
                name="nobody_twice_in_an_order", fields=["order", "commitment", "account"]
            ),
            models.UniqueConstraint(
                name="budget_is_paid_once_a_month",
                fields=["budget", "month"],
                condition=Q(state__in=["requested", "paid"]),
            ),
            models.CheckConstraint(name="payment_is_positive", condition=Q(amount_cents__gt=0)),
            models.CheckConstraint(
                name="paid_only_by_word_of_the_bank",
                condition=~Q(state__in=["paid", "rejected"]) | Q(message__isnull=False),
            ),
            models.CheckConstraint(
                name="budget_is_paid_for_a_month",
                condition=Q(budget=None, month=None) | Q(budget__isnull=False, month__isnull=False),
            ),
            models.CheckConstraint(
                name="never_recovered_beyond_what_was_paid",
                condition=Q(recovered_cents=0)
                | Q(state="paid", recovered_cents__gt=0, recovered_cents__lte=models.F("amount_cents")),
            ),
        ]
        indexes = [models.Index(fields=["order", "state"], name="payment_by_state")]
