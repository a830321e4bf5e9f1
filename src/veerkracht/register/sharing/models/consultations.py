"""Case consultation: partners who may exchange information on one case, because the law says so."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Consultation(models.Model):
    """An organised consultation on a person's case. Its members read `fields` while it is open."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="consultations")
    programme = models.CharField(max_length=60, default="", blank=True)
    ground = models.CharField(max_length=60)
    source = models.CharField(max_length=300)
    purpose = models.CharField(max_length=300)
    fields = models.JSONField(default=list)
    held_on = models.DateField()
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    until_date = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="consultation_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="consultation_does_not_end_before_it_is_held",
                condition=Q(until_date__gte=F("held_on")),
            ),
        ]


class ConsultationMember(models.Model):
    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="consultation_member_once", fields=["consultation", "user"], condition=Q(until_at=None)
            ),
        ]


class ConsultationNote(models.Model):
    """What was said, agreed or shared; for the members only, apart from the file."""

    class Kind(models.TextChoices):
        NOTE = "note"
        SHARED = "shared"
        AGREED = "agreed"

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(max_length=10, choices=Kind.choices, default="note")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
