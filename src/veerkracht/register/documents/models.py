import uuid

from django.db import models
from django.db.models import F, Q


class Document(models.Model):
    """A file in a person's case. Its bytes lie in the home under `stored_name` (`store`), not in the database.

    `removed_at`: nobody can read it any more, but it is kept until its term of retention is over.
    `destroyed_at`: the bytes and the name are gone; that there was a document, and who added it, stays.
    An empty `programme` means every programme.
    """

    class Kind(models.TextChoices):
        REPORT = "report"
        LETTER = "letter"
        DECISION = "decision"
        CONSENT = "consent"
        PROOF = "proof"
        OTHER = "other"

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="documents")
    programme = models.CharField(max_length=60, default="", blank=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    name = models.CharField(max_length=120, default="", blank=True)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    content_type = models.CharField(max_length=100)
    stored_name = models.CharField(max_length=64)
    added_by_name = models.CharField(max_length=200)
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by_name = models.CharField(max_length=200, default="", blank=True)
    remove_reason = models.CharField(max_length=300, default="", blank=True)
    destroyed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["person", "programme", "id"], name="document_by_person")]
        constraints = [
            models.UniqueConstraint(name="document_is_stored_once", fields=["stored_name"]),
            models.CheckConstraint(name="document_is_not_empty", condition=Q(size__gt=0)),
            models.CheckConstraint(
                name="document_has_a_name_until_destroyed",
                condition=(~Q(name="") & Q(destroyed_at=None)) | Q(name="", destroyed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="removed_document_has_a_reason",
                condition=Q(removed_at=None) | (~Q(remove_reason="") & ~Q(removed_by_name="")),
            ),
            models.CheckConstraint(
                name="document_is_removed_after_it_is_added",
                condition=Q(removed_at=None) | Q(removed_at__gte=F("added_at")),
            ),
        ]
