"""Consent and written legal grounds: why another organisation may read in a file, after ISO/IEC TS 27560."""

import uuid

from django.db import models
from django.db.models import F, Q


class Consent(models.Model):
    """What an organisation may read of a person's case, why, on which ground, and from when to when.

    `ground`: "consent", or the id of a legal ground in the region's `access.toml`. `fields`: groups of fields
    of the permission matrix. It holds from `from_date` up to and including `until_date`, until it is revoked,
    and not before every voice that it needs has agreed (`given_at`). One that a referral rests on gives what that
    referral gives, for as long as it is open.
    """

    record = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consents")
    programme = models.CharField(max_length=60, default="", blank=True)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    asked_by_organisation = models.ForeignKey(
        "people.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    ground = models.CharField(max_length=60)
    source = models.CharField(max_length=300, default="", blank=True)
    purpose = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    how = models.CharField(max_length=60, default="", blank=True)
    from_date = models.DateField()
    until_date = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)
    given_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by_name = models.CharField(max_length=200, default="", blank=True)
    revoke_reason = models.CharField(max_length=300, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["person", "programme"], name="consent_by_person"),
            models.Index(
                fields=["organisation"],
                name="consent_in_force",
                condition=Q(given_at__isnull=False, revoked_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="consent_does_not_end_before_it_starts", condition=Q(until_date__gte=F("from_date"))
            ),
            models.CheckConstraint(name="consent_has_a_purpose", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="legal_ground_has_a_source", condition=Q(ground="consent") | ~Q(source="")
            ),
            models.CheckConstraint(
                name="revoked_consent_names_who", condition=Q(revoked_at=None) | ~Q(revoked_by_name="")
            ),
        ]


class ConsentVoice(models.Model):
    """One of those who must agree: the person, and for a child or a protected adult a representative.

    `agreed` is null as long as they have not answered.
    """

    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="voices")
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    agreed = models.BooleanField(null=True, blank=True)
    at = models.DateTimeField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=200, default="", blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="voice_once", fields=["consent", "person"]),
            models.CheckConstraint(
                name="voice_has_a_moment",
                condition=Q(agreed=None, at=None) | Q(agreed__isnull=False, at__isnull=False),
            ),
        ]
