"""Campaigns that make a helpline known, whom they reached, and since when."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written


class Campaign(Written):
    """What was done to make help known, from a day until a day.

    `measure`: which measure of the region's money files pays for it; "" for none. `area_kind`, `area_code`: where;
    "" for the whole region.
    """

    name = models.CharField(max_length=200)
    measure = models.CharField(max_length=100, default="", blank=True)
    channel = models.CharField(max_length=200)
    area_kind = models.CharField(max_length=20, default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    from_date = models.DateField()
    until_date = models.DateField()
    recorded_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaign_once", fields=["name", "from_date"]),
            models.CheckConstraint(
                name="campaign_does_not_end_before_it_starts", condition=Q(until_date__gte=F("from_date"))
            ),
            models.CheckConstraint(
                name="campaign_says_what", condition=~Q(name="") & ~Q(channel="") & ~Q(by_name="")
            ),
            models.CheckConstraint(
                name="campaign_area_is_whole",
                condition=Q(area_kind="", area_code="") | (~Q(area_kind="") & ~Q(area_code="")),
            ),
        ]


class CampaignReach(Written):
    """How many a campaign reached, as counted somehow; never changed, the last one holds.

    `counted`: what was counted and how (seen, heard of it, visitors of a page). `source`: where that stands.
    """

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="reaches")
    sequence = models.PositiveSmallIntegerField()
    reached = models.PositiveIntegerField()
    counted = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaign_reach_once", fields=["campaign", "sequence"]),
            models.CheckConstraint(
                name="campaign_reach_says_how",
                condition=~Q(counted="") & ~Q(source="") & ~Q(by_name=""),
            ),
        ]
