from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q

LANGUAGES = [("nl", "Nederlands"), ("en", "English")]


class Person(models.Model):
    """Somebody who asks for care or has it. `search_name` is the name as it is searched
    (`names.search_name`).

    The national number is kept sealed, and found by its keyed hash (`national_numbers`). `restricted`: only
    the few who are named in `sharing.RestrictedAccess` can learn that this person is in the register.
    """

    number = models.CharField(max_length=12, unique=True)
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    search_name = models.CharField(max_length=202, db_index=True)
    birth_date = models.DateField()
    died_on = models.DateField(null=True, blank=True)
    area = models.CharField(max_length=5)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nl")
    fictitious = models.BooleanField(default=False)
    national_number_sealed = models.TextField(default="", blank=True)
    national_number_key = models.CharField(max_length=64, null=True, blank=True)
    restricted = models.BooleanField(default=False)
    pseudonymised_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["id"], name="person_restricted", condition=Q(restricted=True)),
        ]
        constraints = [
            models.CheckConstraint(
                name="person_dies_after_birth",
                condition=Q(died_on=None) | Q(died_on__gte=F("birth_date")),
            ),
            models.UniqueConstraint(name="national_number_once", fields=["national_number_key"]),
            models.CheckConstraint(
                name="national_number_is_sealed_and_found",
                condition=Q(national_number_key=None, national_number_sealed="")
                | (Q(national_number_key__isnull=False) & ~Q(national_number_sealed="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Move(models.Model):
    """Somebody moved house to another municipality: from which day, when it was written down, and by whom.

    Append-only by triggers. `area_before`: where they lived until then, as far as was known. Where they live now
    (`Person.area`) is what the last of these says; who never moved has none.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="moves")
    area_before = models.CharField(max_length=5)
    area = models.CharField(max_length=5)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.CheckConstraint(name="move_is_to_another_area", condition=~Q(area=F("area_before"))),
            models.CheckConstraint(name="move_names_somebody", condition=~Q(by_name="")),
        ]


class User(AbstractUser):
    """Somebody who signs in. `person` is set when it is a person who reads their own requests."""

    person = models.OneToOneField(Person, null=True, blank=True, on_delete=models.PROTECT)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nl")

    class Meta:
        verbose_name = "user"

    @property
    def full_name(self) -> str:
        return self.get_full_name() or self.username


class Organisation(models.Model):
    """`enterprise_number`: as the region's register of enterprises knows it (`enterprise_numbers`); None: not known."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=40)
    enterprise_number = models.CharField(max_length=20, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="organisation_name_once", fields=["name"]),
            models.UniqueConstraint(name="enterprise_number_once", fields=["enterprise_number"]),
            models.CheckConstraint(name="enterprise_number_is_not_empty", condition=~Q(enterprise_number="")),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Who works for which organisation in which role, from the first day up to and including the last.

    An empty `programme` means every programme of the region; an empty `area_kind` the whole region, else
    `area_code` names the municipality, primary-care zone or province. `given_by` gave the role;
    `delegates` names whose work somebody does for a while, and then there is a last day. `ended_at`: it was
    taken back, and holds no longer from that moment, whatever its last day.
    """

    class Role(models.TextChoices):
        OFFICER = "officer"
        SIGNER = "signer"
        ASSESSOR = "assessor"
        READER = "reader"
        CASE_WORKER = "case-worker"
        ADMISSION = "admission"
        ANALYST = "analyst"
        BUDGET_OFFICER = "budget-officer"
        TREASURER = "treasurer"
        MEASURE_OWNER = "measure-owner"
        AUDITOR = "auditor"
        RECORDS = "records"
        ADMINISTRATOR = "administrator"
        CRISIS_WORKER = "crisis-worker"

    class AreaKind(models.TextChoices):
        MUNICIPALITY = "municipality"
        ZONE = "zone"
        PROVINCE = "province"

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT)
    role = models.CharField(max_length=20, choices=Role.choices)
    programme = models.CharField(max_length=60, default="", blank=True)
    area_kind = models.CharField(max_length=12, choices=AreaKind.choices, default="", blank=True)
    area_code = models.CharField(max_length=40, default="", blank=True)
    from_date = models.DateField()
    until_date = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    delegates = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="delegations"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="membership_does_not_end_before_it_starts",
                condition=Q(until_date=None) | Q(until_date__gte=F("from_date")),
            ),
            models.CheckConstraint(
                name="membership_has_a_known_role",
                condition=Q(
                    role__in=[
                        "officer",
                        "signer",
                        "assessor",
                        "reader",
                        "case-worker",
                        "admission",
                        "analyst",
                        "budget-officer",
                        "treasurer",
                        "measure-owner",
                        "auditor",
                        "records",
                        "administrator",
                        "crisis-worker",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="membership_area_has_kind_and_code",
                condition=Q(area_kind="", area_code="")
                | (Q(area_kind__in=["municipality", "zone", "province"]) & ~Q(area_code="")),
            ),
            models.CheckConstraint(
                name="nobody_stands_in_for_themself",
                condition=Q(delegates=None) | Q(given_by__isnull=False) & ~Q(user=F("given_by")),
            ),
            models.CheckConstraint(
                name="delegation_has_a_last_day",
                condition=Q(delegates=None) | Q(until_date__isnull=False),
            ),
        ]


class PersonalCode(models.Model):
    """A code by which a person signs in to see their own requests; only its salted hash is kept."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="codes")
    hash = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)


class Counter(models.Model):
    """The last number given out per kind of number; taken under a row lock (`numbers.take`)."""

    name = models.CharField(max_length=20, primary_key=True)
    last = models.BigIntegerField(default=0)


class Setting(models.Model):
    """A fact about this installation, such as the day on which a demo world stands still."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.JSONField()
