from django.conf import settings
from django.db import models
from django.db.models import Q

LONGEST_NAME = 80


class OwnPlan(models.Model):
    """A plan that somebody made. `text`: a plan file as of the region, checked when it was kept.

    `shared`: others who may see forecasts can read and play it; only its owner changes it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans")
    name = models.CharField(max_length=LONGEST_NAME)
    text = models.TextField()
    shared = models.BooleanField(default=False)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="own_plan_name_once", fields=["owner", "name"]),
            models.CheckConstraint(name="own_plan_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name
