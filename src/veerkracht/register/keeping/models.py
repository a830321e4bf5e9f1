from django.conf import settings
from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written


class LegalHold(Written):
    """While it holds, nothing of a person's file is destroyed: up to and including `until_date`, or until it is
    lifted.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="legal_holds")
    reason = models.CharField(max_length=300)
    from_at = models.DateTimeField()
    until_date = models.DateField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by_name = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="legal_hold_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="lifted_hold_names_who_lifted_it", condition=Q(lifted_at=None) | ~Q(lifted_by_name="")
            ),
        ]


class Objection(models.Model):
    """A person says that somebody should not have looked; the records officer answers.

    `entry_id`: the line in the log. `upheld`: the person was right; null until it is answered.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="objections")
    entry_id = models.BigIntegerField()
    text = models.CharField(max_length=1000)
    at = models.DateTimeField()
    upheld = models.BooleanField(null=True, blank=True)
    answer = models.CharField(max_length=1000, default="", blank=True)
    answered_by_name = models.CharField(max_length=200, default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_objection_per_look", fields=["person", "entry_id"]),
            models.CheckConstraint(name="objection_says_why", condition=~Q(text="")),
            models.CheckConstraint(
                name="answered_objection_has_an_answer",
                condition=Q(answered_at=None, upheld=None)
                | (Q(answered_at__isnull=False, upheld__isnull=False) & ~Q(answer="")),
            ),
        ]


class RetentionRun(models.Model):
    """What is destroyed or pseudonymised by the rules of a day: prepared by one person, confirmed by another.

    Kept as the report of what was done.
    """

    class State(models.TextChoices):
        PREPARED = "prepared"
        CONFIRMED = "confirmed"
        CANCELLED = "cancelled"

    on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREPARED)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_open_retention_run", fields=["state"], condition=Q(state="prepared")
            ),
            models.CheckConstraint(
                name="confirmer_is_not_the_preparer",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("prepared_by")),
            ),
            models.CheckConstraint(
                name="confirmed_means_by_somebody",
                condition=Q(state="confirmed", confirmed_by__isnull=False)
                | (~Q(state="confirmed") & Q(confirmed_by=None)),
            ),
        ]


class RetentionLine(models.Model):
    """One part of one person's file in a run: by which rules (`programme:id`), since when due, and when it was done.

    `skipped`: why it was left alone in the end.
    """

    run = models.ForeignKey(RetentionRun, on_delete=models.PROTECT, related_name="lines")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=20)
    deed = models.CharField(max_length=20)
    rules = models.JSONField(default=list)
    event_on = models.DateField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True)
    skipped = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_retention_line", fields=["run", "person", "what"]),
        ]
