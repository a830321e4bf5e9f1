"""What is kept from everybody but a few: whole files, and addresses in hiding."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class RestrictedAccess(models.Model):
    """Who may know of a restricted person (`Person.restricted`), by name; nobody else may.

    `until_date` is the last day; `ended_at` the moment on which the name was taken away.
    """

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="restricted_to")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300)
    given_by_name = models.CharField(max_length=200)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="restricted_access_once",
                fields=["person", "user"],
                condition=Q(until_date=None, ended_at=None),
            ),
            models.CheckConstraint(
                name="restricted_access_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]


class Address(models.Model):
    """Where a person lives or stays. `hidden`: for the case team only, who are not told by its absence either."""

    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="addresses")
    street = models.CharField(max_length=200)
    postal_code = models.CharField(max_length=10)
    municipality = models.CharField(max_length=100)
    hidden = models.BooleanField(default=False)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="one_address_of_a_kind", fields=["person", "hidden"], condition=Q(until_date=None)
            ),
            models.CheckConstraint(
                name="address_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
        ]
