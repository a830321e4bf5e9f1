"""A request on the lists of homes: one entry a home, and what happened to it, step by step."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from veerkracht.register.people.models import Person

# In these an entry stands on its home's list: it takes part, or waits aside for a while.
STANDING = ["waiting", "parked"]
# In these somebody asks to come together with another, or does.
TOGETHER = ["asked", "agreed", "joined"]


class Entry(models.Model):
    """A request on the list of one home. Its columns are the fold of its steps, kept beside them for speed.

    `preference`: 1 for the home that is wanted most. `registered_on`: the day on which it came on the list;
    `list_date`: the date that counts in the order, later than that after a decline that makes an entry lower.
    `when_ready`: wants to come "now", or is there just in case, for "later"; then `ask_again_on` says when it is asked
    again, and `answer_by` until when an answer is waited for. `facts`: answers to what homes ask (the region's
    `homes/lists.toml`); `to_check`: the person or who speaks for them told something on which the order hangs, and the
    home has not looked at it yet. `version` rises by one with each change.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        PARKED = "parked"
        OFF = "off"
        ADMITTED = "admitted"

    class Ready(models.TextChoices):
        NOW = "now"
        LATER = "later"

    request = models.ForeignKey("care.Request", on_delete=models.PROTECT, related_name="entries")
    service = models.ForeignKey("supply.Service", on_delete=models.PROTECT, related_name="entries")
    preference = models.PositiveSmallIntegerField()
    registered_on = models.DateField()
    list_date = models.DateField()
    when_ready = models.CharField(max_length=5, choices=Ready.choices)
    wished_from = models.DateField(null=True, blank=True)
    from_place = models.CharField(max_length=60, default="", blank=True)
    ward = models.CharField(max_length=60, default="", blank=True)
    facts = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices)
    parked_until = models.DateField(null=True, blank=True)
    ask_again_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    to_check = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["service", "state", "list_date", "id"], name="entry_by_home"),
            models.Index(fields=["ask_again_on"], name="entry_to_ask", condition=~Q(ask_again_on=None)),
            models.Index(fields=["answer_by"], name="entry_to_answer", condition=~Q(answer_by=None)),
            models.Index(fields=["parked_until"], name="entry_to_restore", condition=~Q(parked_until=None)),
        ]
        constraints = [
            models.UniqueConstraint(
                name="one_standing_entry_per_home",
                fields=["request", "service"],
                condition=Q(state__in=STANDING),
            ),
            models.CheckConstraint(
                name="entry_state_is_known", condition=Q(state__in=["waiting", "parked", "off", "admitted"])
            ),
            models.CheckConstraint(
                name="entry_is_for_now_or_later", condition=Q(when_ready__in=["now", "later"])
            ),
            models.CheckConstraint(name="preference_counts_from_one", condition=Q(preference__gte=1)),
            models.CheckConstraint(
                name="list_date_is_not_before_registration", condition=Q(list_date__gte=F("registered_on"))
            ),
            models.CheckConstraint(
                name="only_a_parked_entry_is_parked_until",
                condition=Q(parked_until=None) | Q(state="parked"),
            ),
            # Just in case, and standing: then there is a day on which it is asked again; else there is none.
            models.CheckConstraint(
                name="who_stands_for_later_is_asked_again",
                condition=Q(when_ready="later", state="waiting", ask_again_on__isnull=False)
                | (~Q(when_ready="later", state="waiting") & Q(ask_again_on=None)),
            ),
            models.CheckConstraint(
                name="an_answer_is_awaited_of_who_was_asked",
                condition=Q(answer_by=None) | Q(ask_again_on__isnull=False) | Q(state="parked"),
            ),
            models.CheckConstraint(
                name="only_who_is_on_a_list_is_to_check", condition=Q(to_check=False) | Q(state__in=STANDING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id} · {self.service_id}"


class EntryStep(models.Model):
    """What happened to an entry: from which day it holds, when it was written down, by whom, and what it set.

    Append-only by triggers. `sets`: columns of the entry that it changed, but the answers in `facts` (None: it says
    nothing of them), which the law may clear. The entry is what its steps set, in the order of their number. A step
    holds from no earlier day than the one before it.
    """

    class Kind(models.TextChoices):
        REGISTERED = "registered"
        CHANGED = "changed"
        CHECKED = "checked"
        ASKED_AGAIN = "asked-again"
        STILL_WANTED = "still-wanted"
        PARKED = "parked"
        RESTORED = "restored"
        LOWERED = "lowered"
        LEFT = "left"
        ADMITTED = "admitted"

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    holds_from = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200)
    role = models.CharField(max_length=20)
    reason = models.CharField(max_length=60, default="", blank=True)
    sets = models.JSONField(default=dict)
    facts = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="entry_step_names_somebody", condition=~Q(by_name="")),
            models.CheckConstraint(
                name="parking_or_leaving_has_a_reason",
                condition=~Q(kind__in=["parked", "left", "lowered"]) | ~Q(reason=""),
            ),
        ]


class Double(models.Model):
    """Two people in the register who may be one and the same. A person decides; nothing is merged by itself.

    `first` has the lower number. `grounds`: what they have in common; `likeness`: of their names, in hundredths.
    `state` open: nobody decided yet; "same" or "different": `by_name` did, and `why` says on what ground.
    """

    class State(models.TextChoices):
        OPEN = "open"
        SAME = "same"
        DIFFERENT = "different"

    first = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="doubles_first")
    second = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="doubles_second")
    grounds = models.JSONField(default=list)
    likeness = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=200, default="", blank=True)
    why = models.CharField(max_length=300, default="", blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(fields=["-likeness", "id"], name="double_to_decide", condition=Q(state="open"))
        ]
        constraints = [
            models.UniqueConstraint(name="double_once", fields=["first", "second"]),
            models.CheckConstraint(name="double_is_of_two", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(
                name="double_state_is_known", condition=Q(state__in=["open", "same", "different"])
            ),
            models.CheckConstraint(
                name="double_is_decided_by_somebody",
                condition=Q(state="open", decided_at=None, by_name="", why="")
                | (~Q(state="open") & Q(decided_at__isnull=False) & ~Q(by_name="") & ~Q(why="")),
            ),
        ]

    @property
    def people(self) -> tuple[Person, Person]:
        """Both, the lower number first."""
        return self.first, self.second


class Together(models.Model):
    """Somebody asks to come to homes together with another person, who agrees or not.

    `request`: of whoever asks. They name the other as they know them; `person`: who that is, as far as the register
    knows for itself (nobody is told whether it does); `other`: the request of the other, once they agreed. `until`: the
    last day on which they can. `code_hash`: of the code with which the other finds it. "agreed" becomes "joined" when
    both requests have one bundle, at once unless a place is held for one of them alone.
    """

    class State(models.TextChoices):
        ASKED = "asked"
        AGREED = "agreed"
        JOINED = "joined"
        DECLINED = "declined"
        LAPSED = "lapsed"
        WITHDRAWN = "withdrawn"
        PARTED = "parted"

    request = models.ForeignKey("care.Request", on_delete=models.PROTECT, related_name="asks_together")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    birth_date = models.DateField()
    person = models.ForeignKey(
        "people.Person", null=True, blank=True, on_delete=models.PROTECT, related_name="asked_together"
    )
    other = models.ForeignKey(
        "care.Request", null=True, blank=True, on_delete=models.PROTECT, related_name="agreed_together"
    )
    code_hash = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=State.choices, default=State.ASKED)
    asked_at = models.DateTimeField()
    until = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["until"], name="together_to_answer", condition=Q(state="asked"))]
        constraints = [
            models.UniqueConstraint(
                name="one_together_per_request",
                fields=["request"],
                condition=Q(state__in=TOGETHER),
            ),
            models.UniqueConstraint(
                name="one_agreement_per_request",
                fields=["other"],
                condition=Q(state__in=["agreed", "joined"]),
            ),
            models.CheckConstraint(
                name="together_state_is_known",
                condition=Q(
                    state__in=["asked", "agreed", "joined", "declined", "lapsed", "withdrawn", "parted"]
                ),
            ),
            models.CheckConstraint(
                name="together_names_the_other", condition=~Q(given_name="") & ~Q(family_name="")
            ),
            models.CheckConstraint(
                name="who_comes_together_agreed",
                condition=~Q(state__in=["agreed", "joined", "parted"])
                | Q(person__isnull=False, other__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="nobody_comes_together_with_themself", condition=Q(other=None) | ~Q(other=F("request"))
            ),
            models.CheckConstraint(
                name="together_ends_when_it_is_over",
                condition=Q(state__in=TOGETHER, ended_at=None)
                | (~Q(state__in=TOGETHER) & Q(ended_at__isnull=False)),
            ),
        ]
