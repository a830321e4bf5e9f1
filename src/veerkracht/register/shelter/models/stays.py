"""A stay in crisis: who is there, until when they may be, who agreed, and what they are handed over to."""

from django.db import models
from django.db.models import F, Q

from veerkracht.register.written import Written

# What is known of the agreement of who must agree; the clock of consent runs while it is unclear or refused.
UNCLEAR = ("unclear", "refused")


class CrisisStay(models.Model):
    """The time for which a search found a place. `state`, `consent`, both ends and `version` are what its steps say.

    `kind`: the kind of help, of the region's file. `norm`: the id of the norm by which it ends on `due_at`; "" when the
    region knows none. `consent_due_at`: until when help may go on while consent is not clear; None: no such clock.
    `ground`: why no consent is asked, an id of the region's file.
    """

    class State(models.TextChoices):
        RUNNING = "running"
        ENDED = "ended"

    class Agreed(models.TextChoices):
        NOT_NEEDED = "not-needed"
        UNCLEAR = "unclear"
        GIVEN = "given"
        REFUSED = "refused"

    search = models.OneToOneField("crisis.Search", on_delete=models.PROTECT, related_name="crisis_stay")
    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="crisis_stays")
    desk = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=60)
    from_at = models.DateTimeField()
    norm = models.CharField(max_length=60, default="", blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    extensions = models.PositiveSmallIntegerField(default=0)
    consent = models.CharField(max_length=10, choices=Agreed.choices, default="unclear")
    consent_due_at = models.DateTimeField(null=True, blank=True)
    ground = models.CharField(max_length=60, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default="running")
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=60, default="", blank=True)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()
    fictitious = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], name="running_stay_due", condition=Q(state="running")),
            models.Index(fields=["desk", "-from_at", "-id"], name="crisis_stay_of_a_desk"),
            models.Index(fields=["service", "-from_at"], name="crisis_stay_of_a_service"),
        ]
        constraints = [
            models.CheckConstraint(
                name="crisis_stay_is_due_after_it_starts",
                condition=Q(due_at=None) | Q(due_at__gt=F("from_at")),
            ),
            models.CheckConstraint(
                name="crisis_stay_with_a_norm_is_due",
                condition=Q(norm="", due_at=None) | (~Q(norm="") & Q(due_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="ended_crisis_stay_says_why",
                condition=Q(state="running", ended_at=None, end_reason="")
                | (Q(state="ended", ended_at__gte=F("from_at")) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(
                name="crisis_consent_is_known",
                condition=Q(consent__in=["not-needed", "unclear", "given", "refused"]),
            ),
        ]


class StayStep(Written):
    """What happened to a stay in crisis; never changed. `holds_at`: when it was so; `recorded_at`: when it was told.

    `due_at`, `consent`: what it became by this step, when it did. `why`: in plain words, without a name.
    """

    class Kind(models.TextChoices):
        OPENED = "opened"
        CONSENT = "consent"
        GROUND = "ground"
        EXTENDED = "extended"
        HANDED_OVER = "handed-over"
        ENDED = "ended"

    stay = models.ForeignKey(CrisisStay, on_delete=models.PROTECT, related_name="steps")
    sequence = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    holds_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    consent = models.CharField(max_length=10, default="", blank=True)
    reason = models.CharField(max_length=60, default="", blank=True)
    why = models.CharField(max_length=300, default="", blank=True)
    role = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="crisis_stay_step_once", fields=["stay", "sequence"]),
            models.CheckConstraint(name="crisis_stay_step_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(name="extension_says_why", condition=~Q(kind="extended") | ~Q(why="")),
        ]


class Guest(models.Model):
    """Somebody who stays: an adult or a child of an age, by name only when the call was a named one.

    `age`: in whole years when they came; None: not known. `known`: who it is, sealed, at the desk, as long as the
    region keeps that. `person`: their file, once there is one.
    """

    class Role(models.TextChoices):
        ADULT = "adult"
        CHILD = "child"

    stay = models.ForeignKey(CrisisStay, on_delete=models.PROTECT, related_name="guests")
    sequence = models.PositiveSmallIntegerField()
    role = models.CharField(max_length=5, choices=Role.choices)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    known = models.ForeignKey(
        "crisis.KnownPerson", null=True, blank=True, on_delete=models.PROTECT, related_name="guests"
    )
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="crisis_guests"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="guest_once_a_stay", fields=["stay", "sequence"]),
            models.UniqueConstraint(
                name="known_guest_once_a_stay", fields=["stay", "known"], condition=Q(known__isnull=False)
            ),
            models.CheckConstraint(name="child_guest_has_an_age", condition=Q(role="adult") | Q(age__lte=30)),
        ]


class GuestConsent(Written):
    """What one of those who must agree said of the help to a child or young person; never changed, the last holds.

    `voice`: the young person's own, or that of a parent or guardian. `how`: spoken or written.
    """

    class Voice(models.TextChoices):
        OWN = "own"
        PARENT = "parent"

    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="consents")
    voice = models.CharField(max_length=6, choices=Voice.choices)
    agreed = models.BooleanField()
    how = models.CharField(max_length=10)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="guest_consent_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="guest_consent_has_a_way", condition=Q(how__in=["spoken", "written"])
            ),
            models.CheckConstraint(
                name="guest_consent_has_a_voice", condition=Q(voice__in=["own", "parent"])
            ),
        ]


class Alarm(models.Model):
    """That a norm of a stay is nearly over or over, told once. `settled_at`: when it was so no longer, and by what.

    `clock` and `level`: of `rulebook.stay_terms`. `due_at`: the end that it warns of.
    """

    stay = models.ForeignKey(CrisisStay, on_delete=models.PROTECT, related_name="alarms")
    clock = models.CharField(max_length=10)
    level = models.CharField(max_length=5)
    due_at = models.DateTimeField()
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=20, default="", blank=True)

    class Meta:
        indexes = [models.Index(fields=["stay"], name="open_alarm", condition=Q(settled_at=None))]
        constraints = [
            models.UniqueConstraint(name="alarm_once", fields=["stay", "clock", "level", "due_at"]),
            models.CheckConstraint(name="alarm_has_a_level", condition=Q(level__in=["soon", "over"])),
            models.CheckConstraint(name="alarm_has_a_clock", condition=Q(clock__in=["stay", "consent"])),
            models.CheckConstraint(
                name="settled_alarm_says_how",
                condition=Q(settled_at=None, settled_by="")
                | (Q(settled_at__gte=F("raised_at")) & ~Q(settled_by="")),
            ),
        ]


class HandOver(models.Model):
    """A guest who asks for longer help: the request that was recorded with what was known; never changed."""

    guest = models.ForeignKey(Guest, on_delete=models.PROTECT, related_name="hand_overs")
    request = models.OneToOneField("care.Request", on_delete=models.PROTECT, related_name="handed_over")
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(name="hand_over_names_somebody", condition=~Q(by_name=""))]
