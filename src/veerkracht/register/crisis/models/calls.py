"""Who is on duty, who called and what was advised. An anonymous call has no field in which a name could stand."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written


class Shift(models.Model):
    """The time somebody works at a desk. Moments, not hours of a day: a night in which the clocks change is right.

    `until_at`: when it ends by the region's file. `ended_at`: when it was ended; None: nobody did.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    membership = models.ForeignKey("people.Membership", on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="shifts")
    kind = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="shift_ends_after_it_starts", condition=Q(until_at__gt=F("from_at"))),
            models.CheckConstraint(
                name="shift_is_not_ended_before_it_starts",
                condition=Q(ended_at=None) | Q(ended_at__gte=F("from_at")),
            ),
            models.UniqueConstraint(
                name="one_open_shift_per_worker", fields=["user"], condition=Q(ended_at=None)
            ),
        ]


class Call(Written):
    """A question to a desk, by phone, chat or at the counter. A new question is a new call.

    `reference`: made by who wrote it down, also where there was no network, so that it is kept once. `area`: the
    municipality it is about; "" when that is not known. `topics`: what it is about, ids of the region's file.
    `anonymous`: nobody is known by name; it never becomes a named call but by a worker who says so (`identify`).
    """

    number = models.CharField(max_length=12, unique=True)
    reference = models.UUIDField(default=uuid.uuid4)
    organisation = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="calls")
    shift = models.ForeignKey(Shift, null=True, on_delete=models.PROTECT, related_name="calls")
    channel = models.CharField(max_length=60)
    caller = models.CharField(max_length=60)
    area = models.CharField(max_length=5, default="", blank=True)
    topics = models.JSONField(default=list)
    anonymous = models.BooleanField(default=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-at", "-id"], name="call_of_a_desk")]
        constraints = [
            models.UniqueConstraint(name="call_kept_once", fields=["reference"]),
            models.CheckConstraint(name="call_names_its_worker", condition=~Q(by_name="")),
            models.CheckConstraint(name="call_recorded_after_it_came", condition=Q(recorded_at__gte=F("at"))),
        ]


class KnownPerson(models.Model):
    """Somebody whom a named call is about. Name and birth date are sealed, and found by a keyed hash of both.

    `holds`: a place is held for them or they have one by this call. So the same family at two desks does not get two.
    """

    class Role(models.TextChoices):
        ADULT = "adult"
        CHILD = "child"

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="known")
    role = models.CharField(max_length=5, choices=Role.choices)
    sealed = models.TextField()
    mark = models.CharField(max_length=64, db_index=True)
    holds = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="known_person_once_a_call", fields=["call", "mark"]),
            models.UniqueConstraint(
                name="one_place_per_known_person", fields=["mark"], condition=Q(holds=True)
            ),
            models.CheckConstraint(name="known_person_is_sealed", condition=~Q(sealed="") & ~Q(mark="")),
            models.CheckConstraint(name="known_person_has_a_role", condition=Q(role__in=["adult", "child"])),
        ]


class Consult(models.Model):
    """The advice that was given: the call is done with it. Never changed.

    `advice`: ids of the region's file. `note`: in plain words, without a name.
    """

    call = models.OneToOneField(Call, on_delete=models.PROTECT, related_name="consult")
    advice = models.JSONField(default=list)
    note = models.CharField(max_length=500, default="", blank=True)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="consult_names_its_worker", condition=~Q(by_name=""))]


class CallBack(models.Model):
    """Whom the desk calls back, when and how it is safe to. The number and what is safe are sealed."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="call_backs")
    due_at = models.DateTimeField()
    sealed = models.TextField()
    made_by = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    answer = models.CharField(max_length=60, default="", blank=True)
    done_by = models.CharField(max_length=200, default="", blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="call_back_due", condition=Q(done_at=None))]
        constraints = [
            models.CheckConstraint(name="call_back_is_sealed", condition=~Q(sealed="")),
            models.CheckConstraint(
                name="call_back_done_by_somebody",
                condition=Q(done_at=None, done_by="", answer="")
                | (Q(done_at__isnull=False) & ~Q(done_by="") & ~Q(answer="")),
            ),
        ]
