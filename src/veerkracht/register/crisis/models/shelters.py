"""What a desk must know of a service before it asks there."""

from django.db import models
from django.db.models import F, Q


class Shelter(models.Model):
    """Which kinds of help a service gives now, and to whom. Told by the service itself.

    `kinds`: of the region's file. `from_age`, `to_age`: of the children (and young people) it takes in; `adults`:
    whether it takes adults. `phone`: sealed; for a desk that holds or has a place there.
    """

    service = models.OneToOneField("supply.Service", on_delete=models.PROTECT, related_name="shelter")
    kinds = models.JSONField(default=list)
    adults = models.BooleanField(default=True)
    from_age = models.PositiveSmallIntegerField(default=0)
    to_age = models.PositiveSmallIntegerField(default=17)
    pets = models.BooleanField(default=False)
    step_free = models.BooleanField(default=False)
    languages = models.JSONField(default=list)
    phone = models.TextField(default="", blank=True)
    told_by = models.CharField(max_length=200)
    told_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(name="shelter_ages_in_order", condition=Q(to_age__gte=F("from_age"))),
            models.CheckConstraint(name="shelter_told_by_somebody", condition=~Q(told_by="")),
        ]
