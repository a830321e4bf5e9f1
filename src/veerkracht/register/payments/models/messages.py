from django.db import models
from django.db.models import Q

from veerkracht.register.written import Written


class BankMessage(Written):
    """What a bank said about payments, read once. Append-only by triggers.

    `kind`: the ISO 20022 message. `message_id` is the bank's, `sha256` stands for the bytes: neither comes twice.
    """

    kind = models.CharField(max_length=20)
    message_id = models.CharField(max_length=35)
    sha256 = models.CharField(max_length=64)
    paid = models.PositiveIntegerField()
    rejected = models.PositiveIntegerField()
    pending = models.PositiveIntegerField()
    paid_cents = models.BigIntegerField()
    rejected_cents = models.BigIntegerField()
    at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="bank_message_id_once", fields=["message_id"]),
            models.UniqueConstraint(name="bank_message_bytes_once", fields=["sha256"]),
            models.CheckConstraint(
                name="bank_message_amounts_never_below_zero",
                condition=Q(paid_cents__gte=0, rejected_cents__gte=0),
            ),
        ]
