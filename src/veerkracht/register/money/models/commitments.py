from django.db import models
from django.db.models import F, Q

from veerkracht.register.people.models import Organisation

from .lines import Line


class Commitment(models.Model):
    """Money of a line that is promised in law to somebody, in one budget year.

    `amount_cents`: what it began with; `committed_cents`: what it is now. `yearly_cents`: what it weighs on each later
    year (0: one-off); in a new year it weighs again as a commitment of its own, of the same `series` (the first of
    them). `paid_cents` stays as it was when money is recovered. `version`: for two editors.
    """

    class Kind(models.TextChoices):
        GRANT = "grant"
        CONTRACT = "contract"
        PAY = "pay"
        ROUND = "round"
        PROJECT = "project"

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="commitments")
    number = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind.choices)
    text = models.CharField(max_length=200)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    amount_cents = models.BigIntegerField()
    yearly_cents = models.BigIntegerField(default=0)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    round = models.ForeignKey("care.Round", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    series = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    committed_cents = models.BigIntegerField()
    requested_cents = models.BigIntegerField(default=0)
    paid_cents = models.BigIntegerField(default=0)
    recovered_cents = models.BigIntegerField(default=0)
    # What is promised and not yet paid: the encours.
    open_cents = models.GeneratedField(
        expression=F("committed_cents") - F("paid_cents"),
        output_field=models.BigIntegerField(),
        db_persist=True,
    )
    fictitious = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="commitment_number_once", fields=["number"]),
            models.UniqueConstraint(
                name="one_commitment_a_round_and_year",
                fields=["line", "year", "round"],
                condition=Q(round__isnull=False),
            ),
            models.UniqueConstraint(name="commitment_renewed_once_a_year", fields=["series", "year"]),
            models.CheckConstraint(name="commitment_is_positive", condition=Q(amount_cents__gt=0)),
            models.CheckConstraint(
                name="commitment_weighs_nothing_or_more", condition=Q(yearly_cents__gte=0)
            ),
            models.CheckConstraint(
                name="commitment_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(
                name="commitment_is_not_paid_beyond_its_amount",
                condition=Q(committed_cents__gte=F("paid_cents") + F("requested_cents")),
            ),
            models.CheckConstraint(
                name="commitment_amounts_never_below_zero",
                condition=Q(
                    requested_cents__gte=0, recovered_cents__gte=0, paid_cents__gte=F("recovered_cents")
                ),
            ),
        ]
        indexes = [models.Index(fields=["line", "year", "id"], name="commitment_by_line")]

    def __str__(self) -> str:
        return self.number
