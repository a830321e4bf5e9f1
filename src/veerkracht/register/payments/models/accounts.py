from django.conf import settings
from django.db import models
from django.db.models import F, Q


class BankAccount(models.Model):
    """The account on which a person or an organisation is paid, or from which an organisation pays.

    The number is kept sealed, and found by its keyed hash (`payments.numbers`). It is used only once a second person
    confirmed it; then the account before it ends. `number_sealed` is empty of who was pseudonymised.
    """

    class State(models.TextChoices):
        RECORDED = "recorded"
        CONFIRMED = "confirmed"
        REFUSED = "refused"

    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="bank_accounts"
    )
    organisation = models.ForeignKey(
        "people.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="bank_accounts"
    )
    holder = models.CharField(max_length=140)
    number_sealed = models.TextField(default="", blank=True)
    number_key = models.CharField(max_length=64, default="", blank=True, db_index=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RECORDED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    recorded_by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, default="", blank=True)
    fictitious = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bank_account_is_of_one",
                condition=Q(person=None, organisation__isnull=False)
                | Q(person__isnull=False, organisation=None),
            ),
            models.CheckConstraint(
                name="bank_account_is_sealed_and_found",
                condition=Q(number_sealed="", number_key="") | (~Q(number_sealed="") & ~Q(number_key="")),
            ),
            models.CheckConstraint(
                name="bank_account_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(
                name="bank_account_is_confirmed_by_another",
                condition=~Q(state="confirmed")
                | Q(decided_by=None)
                | Q(recorded_by=None)
                | ~Q(decided_by=F("recorded_by")),
            ),
            models.CheckConstraint(
                name="refused_bank_account_has_a_reason", condition=~Q(state="refused") | ~Q(reason="")
            ),
            models.UniqueConstraint(
                name="one_bank_account_to_confirm_per_person",
                fields=["person"],
                condition=Q(state="recorded"),
            ),
            models.UniqueConstraint(
                name="one_bank_account_to_confirm_per_organisation",
                fields=["organisation"],
                condition=Q(state="recorded"),
            ),
            models.UniqueConstraint(
                name="one_bank_account_in_use_per_person",
                fields=["person"],
                condition=Q(state="confirmed", until_date=None),
            ),
            models.UniqueConstraint(
                name="one_bank_account_in_use_per_organisation",
                fields=["organisation"],
                condition=Q(state="confirmed", until_date=None),
            ),
        ]
