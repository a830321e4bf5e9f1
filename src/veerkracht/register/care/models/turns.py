from django.db import models


class TurnRun(models.Model):
    """One forecast from the register's own list, kept so that pages need not wait for it."""

    programme = models.CharField(max_length=60)
    plan = models.CharField(max_length=60)
    start = models.DateField()
    seed = models.BigIntegerField()
    runs = models.PositiveIntegerField()
    computed_at = models.DateTimeField()
    series = models.JSONField(default=list)


class Turn(models.Model):
    """When a request is likely served: dates of the 10th to 90th percentile; null lies beyond `horizon`.

    `served_share` is the share of runs in which it was served before the horizon.
    """

    request = models.OneToOneField("care.Request", on_delete=models.CASCADE, related_name="turn")
    run = models.ForeignKey(TurnRun, on_delete=models.CASCADE, related_name="turns")
    p10 = models.DateField(null=True)
    p25 = models.DateField(null=True)
    p50 = models.DateField(null=True)
    p75 = models.DateField(null=True)
    p90 = models.DateField(null=True)
    served_share = models.FloatField()
    horizon = models.DateField()
