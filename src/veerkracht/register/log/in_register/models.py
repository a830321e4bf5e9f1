from django.db import models

from veerkracht.register.log import permits


class KeptHead(models.Model):
    """How far the log had come at a change in the register: the entry about it, and its hash. Append-only."""

    entry_id = models.BigIntegerField()
    day = models.DateField()
    hash = models.CharField(max_length=64)


class PermitClosure(permits.PermitClosure):
    """See `log.permits`. Append-only."""


class Permit(permits.Permit):
    """See `log.permits`. Append-only."""

    closure = models.OneToOneField(PermitClosure, on_delete=models.PROTECT)


class PermitRow(permits.PermitRow):
    """See `log.permits`. Append-only."""

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="rows")
