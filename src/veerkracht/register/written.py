"""By whom something was written down: what every step, version and note of the register keeps."""

from django.conf import settings
from django.db import models


class Written(models.Model):
    """`by`: the account, none for a command or the software itself; `by_name`: the name as it was then."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)

    class Meta:
        abstract = True
