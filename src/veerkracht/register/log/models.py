from django.db import models
from django.db.models import Q

from veerkracht.register.log import permits


class LogEntry(models.Model):
    """One look or one change by one natural person. Append-only by triggers; no foreign keys, as it outlives
    what it names.

    `hash` chains it to the entry before it (`chain.py`). Of what is chained only `purpose` and `detail` can
    ever be cleared, under a permit (`append_only`): the chain holds their hash, `sealed`, made with `salt`.
    `day` is the day of `at` where the region is. `fields`: the groups of fields that were seen or changed.
    """

    class Verb(models.TextChoices):
        READ = "read"
        LIST = "list"
        SEARCH = "search"
        EXPORT = "export"
        CREATE = "create"
        CHANGE = "change"
        DELETE = "delete"
        SHARE = "share"
        REFUSED = "refused"
        SIGN_IN = "sign-in"
        SIGN_OUT = "sign-out"
        VERIFY = "verify"

    at = models.DateTimeField()
    day = models.DateField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    capacity = models.CharField(max_length=300, default="")
    membership_id = models.BigIntegerField(null=True)
    verb = models.CharField(max_length=10, choices=Verb.choices)
    object_type = models.CharField(max_length=40)
    object_id = models.CharField(max_length=60)
    person_id = models.BigIntegerField(null=True)
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=500, default="")
    detail = models.JSONField(default=dict)
    salt = models.CharField(max_length=32)
    sealed = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        indexes = [
            models.Index(fields=["person_id", "id"], name="log_by_person"),
            models.Index(fields=["user_id", "id"], name="log_by_user"),
            models.Index(fields=["day", "id"], name="log_by_day"),
        ]
        constraints = [
            models.CheckConstraint(name="log_names_somebody", condition=~Q(user_name="")),
            models.CheckConstraint(name="log_entry_is_chained", condition=~Q(hash="") & ~Q(sealed="")),
        ]


class PermitClosure(permits.PermitClosure):
    """See `log.permits`. Append-only."""


class Permit(permits.Permit):
    """See `log.permits`. Append-only."""

    closure = models.OneToOneField(PermitClosure, on_delete=models.PROTECT)


class PermitRow(permits.PermitRow):
    """See `log.permits`. Append-only."""

    permit = models.ForeignKey(Permit, on_delete=models.PROTECT, related_name="rows")
