from django.conf import settings
from django.db import models
from django.db.models import F, Q


class EmergencyAccess(models.Model):
    """A look at a file for a few hours without any other right to it: with a reason, told to the team.

    The team looks into it afterwards: `in_order` or not, and then `review` says why not.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    programme = models.CharField(max_length=60, default="", blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    reason = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewed_by_name = models.CharField(max_length=200, default="", blank=True)
    in_order = models.BooleanField(null=True, blank=True)
    review = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "person", "until_at"], name="emergency_by_user"),
            models.Index(fields=["person"], name="emergency_to_review", condition=Q(reviewed_at=None)),
        ]
        constraints = [
            models.CheckConstraint(
                name="emergency_ends_after_it_starts", condition=Q(until_at__gt=F("from_at"))
            ),
            models.CheckConstraint(name="emergency_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="emergency_review_is_whole",
                condition=Q(reviewed_at=None, reviewed_by=None, in_order=None)
                | Q(reviewed_at__isnull=False, reviewed_by__isnull=False, in_order__isnull=False),
            ),
            models.CheckConstraint(
                name="emergency_is_reviewed_by_another",
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("user")),
            ),
            models.CheckConstraint(
                name="emergency_not_in_order_says_why", condition=~Q(in_order=False) | ~Q(review="")
            ),
        ]
