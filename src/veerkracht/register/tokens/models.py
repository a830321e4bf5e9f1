from django.conf import settings
from django.db import models
from django.db.models import F, Q

LONGEST_NAME = 80


class Token(models.Model):
    """A secret by which a program acts as its maker in one capacity; only the hash of the secret is kept.

    `may_write`: else it only reads. It ends by itself at `expires_at`, and before that when its maker revokes it
    or loses the role.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="tokens")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_NAME)
    hash = models.CharField(max_length=64)
    may_write = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="token_once", fields=["hash"]),
            models.CheckConstraint(name="token_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(
                name="token_expires_after_it_is_made", condition=Q(expires_at__gt=F("made_at"))
            ),
        ]

    def __str__(self) -> str:
        return self.name
