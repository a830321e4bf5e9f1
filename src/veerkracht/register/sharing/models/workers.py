"""Who works on a case, who speaks for a person, and what people are told."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CaseWorker(models.Model):
    """Who works on a person's case for an organisation. An empty `programme` means every programme.

    Everybody else of that organisation with a role for the programme is the team. `ended_at`: it was ended at once,
    at that moment.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="case_workers")
    programme = models.CharField(max_length=60, default="", blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cases")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    given_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="case_worker_once",
                fields=["person", "programme", "user", "organisation"],
                condition=Q(until_date=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="case_work_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]


class Representation(models.Model):
    """Who speaks for a person: a parent or guardian of a child, an administrator of an adult, or whom the person chose.
    A viewer, whom the person chose too, speaks for nobody: they only look.

    `withheld`: groups of fields (of the permission matrix) that the person does not let this representative see.
    `ended_at`: the person took it back, at once.
    """

    class Kind(models.TextChoices):
        PARENT = "parent"
        GUARDIAN = "guardian"
        ADMINISTRATOR = "administrator"
        CHOSEN = "chosen"
        VIEWER = "viewer"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="representatives")
    representative = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="represents")
    kind = models.CharField(max_length=15, choices=Kind.choices)
    source = models.CharField(max_length=200, default="", blank=True)
    withheld = models.JSONField(default=list, blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="representation_once",
                fields=["person", "representative"],
                condition=Q(until_date=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="nobody_represents_themself", condition=~Q(person=F("representative"))
            ),
            models.CheckConstraint(
                name="representation_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]


class RepresentationCode(models.Model):
    """A code that a person gives to whom they choose to speak for them; only its salted hash is kept. It opens once.

    `given_to`: in the person's own words. `only_looks`: whoever uses it sees and does nothing. `withheld`: what they do
    not see. `until_date`: their last day.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="representation_codes")
    given_to = models.CharField(max_length=100)
    only_looks = models.BooleanField(default=False)
    withheld = models.JSONField(default=list, blank=True)
    until_date = models.DateField(null=True, blank=True)
    hash = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    representation = models.OneToOneField(
        Representation, null=True, blank=True, on_delete=models.PROTECT, related_name="by_code"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="representation_code_is_given_to_somebody", condition=~Q(given_to="")
            ),
            models.CheckConstraint(
                name="a_used_representation_code_opened_one",
                condition=Q(used_at=None, representation=None)
                | Q(used_at__isnull=False, representation__isnull=False),
            ),
            models.CheckConstraint(
                name="a_representation_code_is_used_or_withdrawn",
                condition=Q(used_at=None) | Q(withdrawn_at=None),
            ),
        ]


class Notice(models.Model):
    """Something that a user is told: emergency access to a file of their team, a referral, an objection."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="notices")
    person = models.ForeignKey("people.Person", null=True, blank=True, on_delete=models.PROTECT)
    kind = models.CharField(max_length=40)
    about = models.CharField(max_length=60, default="", blank=True)
    text = models.JSONField(default=dict)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["user", "read_at", "id"], name="notice_by_user")]
