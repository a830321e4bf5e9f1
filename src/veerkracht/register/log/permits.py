"""What a permit to clear rows of an append-only table is made of, in each of the two databases.

The triggers (`append_only`) let a row that a permit names be cleared while the permit is open: as long as its
closure isn't there. A foreign key that is checked at the end of a transaction lets no permit stay behind open, so
that it never outlives the transaction that opened it, nor a crash.
"""

import uuid

from django.db import models


class PermitClosure(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4)

    class Meta:
        abstract = True


class Permit(models.Model):
    """`log_entry`: the line in the log that says who cleared what, and by which rule."""

    log_entry = models.BigIntegerField()
    reason = models.CharField(max_length=300)
    opened_at = models.DateTimeField()

    class Meta:
        abstract = True


class PermitRow(models.Model):
    table_name = models.CharField(max_length=60)
    row_id = models.BigIntegerField()

    class Meta:
        abstract = True
        indexes = [models.Index(fields=["table_name", "row_id"], name="%(app_label)s_row")]
