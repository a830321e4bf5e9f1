"""What was measured of somebody's need: each result once, never changed; a correction is a newer one."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Corrected


class Assessment(Corrected):
    """A result of an instrument of the region (`region.assessments`), as it was measured on a day; never changed.

    `items`: the answers by item, as the instrument knows them. `outcome`: the care category that follows from them (an
    id of the programme's care categories, such as "cd"); "" where the instrument gives none. `version`: of the
    instrument. `author`: who measured, with `author_kind` their profession; `by` recorded it. `valid_until`: the first
    day on which it counts no more.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="assessments")
    instrument = models.CharField(max_length=60)
    version = models.CharField(max_length=40)
    on = models.DateField()
    valid_until = models.DateField()
    items = models.JSONField()
    outcome = models.CharField(max_length=60, default="", blank=True)
    author = models.CharField(max_length=200)
    author_kind = models.CharField(max_length=60)
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["person", "instrument", "on"], name="assessment_of_person"),
            models.Index(fields=["instrument", "valid_until"], name="assessment_by_end"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="assessment_once_a_day",
                fields=["person", "instrument", "on"],
                condition=Q(corrects=None),
            ),
            models.CheckConstraint(
                name="assessment_holds_after_it_was_made", condition=Q(valid_until__gt=F("on"))
            ),
            models.CheckConstraint(
                name="assessment_correction_has_a_reason",
                condition=Q(corrects=None, withdrawn=False) | (Q(corrects__isnull=False) & ~Q(why="")),
            ),
            models.CheckConstraint(name="assessment_has_a_version", condition=~Q(version="")),
            models.CheckConstraint(name="assessment_names_its_author", condition=~Q(author="")),
            models.CheckConstraint(name="assessment_names_somebody", condition=~Q(by_name="")),
        ]
