from django.conf import settings
from django.db import models
from django.db.models import Q


class Referral(models.Model):
    """A case handed to another organisation, which reads `fields` of it from sending until it ends.

    Declining (with a reason) ends it; accepting keeps it open until one of the two ends it.
    """

    class State(models.TextChoices):
        SENT = "sent"
        ACCEPTED = "accepted"
        DECLINED = "declined"
        ENDED = "ended"

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="referrals")
    programme = models.CharField(max_length=60)
    from_organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    consent = models.ForeignKey("sharing.Consent", on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(max_length=10, choices=State.choices, default="sent")
    reason = models.CharField(max_length=300, default="", blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    answered_by_name = models.CharField(max_length=200, default="", blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["to_organisation", "state"], name="referral_to")]
        constraints = [
            models.UniqueConstraint(
                name="one_referral_per_consent",
                fields=["consent"],
                condition=Q(state__in=["sent", "accepted"]),
            ),
            models.UniqueConstraint(
                name="one_open_referral",
                fields=["person", "programme", "to_organisation"],
                condition=Q(state__in=["sent", "accepted"]),
            ),
            models.CheckConstraint(
                name="declined_referral_has_a_reason", condition=~Q(state="declined") | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="referral_ends_when_it_is_over",
                condition=Q(state__in=["sent", "accepted"], ended_at=None)
                | Q(state__in=["declined", "ended"], ended_at__isnull=False),
            ),
        ]
