"""What was published: kept as it was shown, version after version."""

from django.db import models
from django.db.models import Q

from veerkracht.register.written import Written


class Release(Written):
    """The public figures of a programme on a quarter day. Append-only by triggers: a correction is another version.

    `cells`: columns of equal length, measure, area, group, age and shown; `shown` is null where a count is left out.
    Nothing in it is finer than what the public sees. `method`, `threshold` and `base` as the region chose them then.
    `fingerprint` stands for what was counted.
    """

    programme = models.CharField(max_length=60)
    on = models.DateField()
    version = models.PositiveSmallIntegerField()
    method = models.CharField(max_length=10)
    threshold = models.PositiveSmallIntegerField()
    base = models.PositiveSmallIntegerField()
    cells = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_release_per_version", fields=["programme", "on", "version"]),
            models.CheckConstraint(name="release_versions_count_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(name="release_names_somebody", condition=~Q(by_name="")),
        ]


class MoneyRelease(Written):
    """A version of the open data on money: its files by name, whole as they were published. Append-only by triggers.

    `year`: the last budget year in it. `summary`: what its page says in short. `persons`: what was shown of the totals
    of persons and as known when, on which the next version builds. `fingerprint` stands for what the files tell.
    """

    version = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    files = models.JSONField()
    summary = models.JSONField()
    persons = models.JSONField()
    fingerprint = models.CharField(max_length=64)
    published_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="money_release_version_once", fields=["version"]),
            models.CheckConstraint(name="money_release_versions_count_from_one", condition=Q(version__gte=1)),
            models.CheckConstraint(name="money_release_names_somebody", condition=~Q(by_name="")),
        ]
