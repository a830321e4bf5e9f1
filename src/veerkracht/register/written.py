"""By whom something was written down: what every step, version and note of the register keeps."""

from django.conf import settings
from django.db import models


class Written(models.Model):
    """`by`: the account, none for a command or the software itself; `by_name`: the name as it was then."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True


class Corrected(Written):
    """What is never changed, and put right by a newer one.

    `corrects`: the one that this one puts right, with `why`; of such a chain the last holds, and one that is
    `withdrawn` takes all of it away.
    """

    corrects = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrected_by"
    )
    why = models.CharField(max_length=300, default="", blank=True)
    withdrawn = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
