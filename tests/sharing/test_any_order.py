"""Whatever is given, revoked, answered, ended and expired in any order: who sees what is as plain reckoning says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.sharing.making import DAY, PROGRAMME, Around
from veerkracht.register import clock
from veerkracht.register.cases import actions
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.permissions import fields
from veerkracht.register.sharing.models import (
    CaseWorker,
    Consent,
    Consultation,
    EmergencyAccess,
    Referral,
)

pytestmark = pytest.mark.django_db
ALL_OF_TEAM = {
    "identity", "contact", "request", "history", "assessment", "money", "turn", "sharing", "documents", "looks",
    "hidden-address",
}  # fmt: skip
IN_EMERGENCY = {"identity", "contact", "request", "history", "assessment", "documents"}
GIVEN = [["request"], ["contact", "history"], ["money", "assessment"]]
STEPS = [
    "ask", "agree", "refuse", "revoke", "law", "refer", "accept", "decline", "end-referral", "consult", "leave",
    "end-consultation", "emergency", "assign", "end-work", "a day later", "ten days later",
]  # fmt: skip


class Reckoning:
    """What was done, kept as plain dictionaries: who should see what follows from these alone."""

    def __init__(self, around: Around):
        self.around, self.day = around, DAY
        self.consents: dict[int, dict] = {}
        self.referrals: dict[int, dict] = {}
        self.meetings: dict[int, dict] = {}
        self.emergency_until = None
        self.work = False

    def seen(self) -> set[str]:
        """What the partner sees: each group of fields that something in force gives, and whose file it is."""
        found: set[str] = set()
        referred_on = {one["consent"] for one in self.referrals.values()}
        for id, one in self.consents.items():
            if id not in referred_on and self.holds(one):
                found |= one["fields"]
        for one in self.referrals.values():
            if one["open"] and self.holds(self.consents[one["consent"]]):
                found |= one["fields"]
        for one in self.meetings.values():
            if one["open"] and one["until"] >= self.day:
                found |= one["fields"]
        if self.emergency_until and clock.now() < self.emergency_until:
            found |= IN_EMERGENCY
        if self.work:
            found |= ALL_OF_TEAM
        return found | {"identity", "request"} if found else set()

    def holds(self, consent: dict) -> bool:
        return consent["given"] and not consent["revoked"] and consent["until"] >= self.day

    # -- what can be done: each does it to the register and, when that took it, writes it down here -------------

    def do(self, step: str, pick: int) -> None:
        getattr(self, "_" + step.replace(" ", "_").replace("-", "_"))(pick)

    def _pick(self, model: type, pick: int):
        rows = list(model.objects.order_by("id"))
        return rows[pick % len(rows)] if rows else None

    def _ask(self, pick: int) -> None:
        self._record(pick, "consent", 30)

    def _law(self, pick: int) -> None:
        self._record(0, "vital-interest", 14)

    def _record(self, pick: int, ground: str, days: int) -> None:
        wanted = GIVEN[pick % len(GIVEN)]
        terms = self.around.terms(
            fields=wanted, ground=ground, until_date=self.day + timedelta(days=min(days, 5 + pick))
        )
        made = actions.record_consent(self.around.person, terms, by=self.around.worker)
        self.consents[made.pk] = {
            "fields": {"identity", "request", *wanted},
            "given": ground != "consent",
            "revoked": False,
            "until": self.day + timedelta(days=min(days, 5 + pick)),
            "answered": ground != "consent",
            "law": ground != "consent",
        }

    def _agree(self, pick: int) -> None:
        self._answer(pick, agree=True)

    def _refuse(self, pick: int) -> None:
        self._answer(pick, agree=False)

    def _answer(self, pick: int, *, agree: bool) -> None:
        consent = self._pick(Consent, pick)
        if consent is None:
            return
        kept = self.consents[consent.pk]
        if kept["answered"] or kept["revoked"] or kept["until"] < self.day:
            with pytest.raises((Refused, Invalid, Conflict)):
                actions.answer_consent(consent, by=self.around.own, agree=agree)
            return
        actions.answer_consent(consent, by=self.around.own, agree=agree)
        kept["given"], kept["answered"] = agree, True

    def _revoke(self, pick: int) -> None:
        consent = self._pick(Consent, pick)
        if consent is None or self.consents[consent.pk]["revoked"]:
            return
        by = self.around.worker if self.consents[consent.pk]["law"] else self.around.own
        actions.revoke_consent(consent, by=by)
        self.consents[consent.pk]["revoked"] = True
        for one in self.referrals.values():
            if one["consent"] == consent.pk:
                one["open"] = False

    def _refer(self, pick: int) -> None:
        consent = self._pick(Consent, pick)
        if consent is None:
            return
        open_ = any(one["open"] for one in self.referrals.values())
        wanted = sorted(self.consents[consent.pk]["fields"])[: 1 + pick % 2]
        if open_ or not self.holds(self.consents[consent.pk]):
            with pytest.raises(Invalid):
                actions.send_referral(consent, by=self.around.worker, purpose="x", fields=wanted)
            return
        sent = actions.send_referral(consent, by=self.around.worker, purpose="x", fields=wanted)
        self.referrals[sent.pk] = {
            "consent": consent.pk,
            "open": True,
            "fields": {"identity", "request", *wanted},
            "answered": False,
        }

    def _reads_it(self, referral: Referral) -> bool:
        kept = self.referrals[referral.pk]
        return kept["open"] and self.holds(self.consents[kept["consent"]])

    def _accept(self, pick: int) -> None:
        self._reply(pick, accept=True)

    def _decline(self, pick: int) -> None:
        self._reply(pick, accept=False)

    def _reply(self, pick: int, *, accept: bool) -> None:
        referral = self._pick(Referral, pick)
        if referral is None:
            return
        kept = self.referrals[referral.pk]
        if kept["answered"] or not self._reads_it(referral):
            with pytest.raises((Refused, Invalid)):
                actions.answer_referral(referral, by=self.around.partner, accept=accept, reason="No room")
            return
        actions.answer_referral(referral, by=self.around.partner, accept=accept, reason="No room")
        kept["answered"], kept["open"] = True, accept

    def _end_referral(self, pick: int) -> None:
        referral = self._pick(Referral, pick)
        if referral is None or not self.referrals[referral.pk]["open"]:
            return
        actions.end_referral(referral, by=self.around.worker)
        self.referrals[referral.pk]["open"] = False

    def _consult(self, pick: int) -> None:
        until = self.day + timedelta(days=pick % 12)
        meeting = actions.Meeting(
            programme=PROGRAMME,
            ground="case-consultation",
            purpose="x",
            fields=["assessment"],
            held_on=self.day,
            until_date=until,
        )
        made = actions.open_consultation(
            self.around.person, meeting, by=self.around.worker, members=[self.around.partner.membership]
        )
        self.meetings[made.pk] = {"open": True, "until": until, "fields": {"assessment"}}

    def _leave(self, pick: int) -> None:
        self._over(pick, lambda one: actions.remove_member(self._part(one), by=self.around.partner))

    def _end_consultation(self, pick: int) -> None:
        self._over(pick, lambda one: actions.end_consultation(one, by=self.around.worker))

    def _part(self, meeting: Consultation):
        return meeting.members.get(user=self.around.partner.user_id)

    def _over(self, pick: int, act: Callable) -> None:
        meeting = self._pick(Consultation, pick)
        if meeting is None or not self.meetings[meeting.pk]["open"]:
            return
        if meeting.until_date < self.day:
            with pytest.raises(Invalid):
                act(meeting)
            return
        act(meeting)
        self.meetings[meeting.pk]["open"] = False

    def _emergency(self, pick: int) -> None:
        if self.emergency_until and clock.now() < self.emergency_until:
            return
        reason = "Found in the street, nobody answers"
        opened = actions.open_emergency(self.around.person.number, by=self.around.partner, reason=reason)
        self.emergency_until = opened.until_at

    def _assign(self, pick: int) -> None:
        if self.work:
            return
        CaseWorker.objects.create(
            person=self.around.person,
            programme=PROGRAMME,
            user=self.around.partner.user,
            organisation=self.around.provider,
            from_date=self.day,
            given_by_name="tests",
        )
        self.work = True

    def _end_work(self, pick: int) -> None:
        if self.work:
            theirs = CaseWorker.objects.get(user=self.around.partner.user_id, ended_at=None)
            actions.end_case_work(theirs, by=self.around.worker)
            self.work = False

    def _a_day_later(self, pick: int) -> None:
        self._go_on(1)

    def _ten_days_later(self, pick: int) -> None:
        self._go_on(10)

    def _go_on(self, days: int) -> None:
        self.day += timedelta(days=days)
        clock.stand_still_on(self.day)


@contextmanager
def _taken_back() -> Iterator[None]:
    """Each example begins with the same case, on the same day."""
    with transaction.atomic("default"), transaction.atomic("log"):
        clock.stand_still_on(DAY)
        yield
        for alias in ("default", "log"):
            transaction.set_rollback(True, alias)


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 20)), min_size=1, max_size=12))
def test_who_sees_what_is_as_plain_reckoning_says(around, steps):
    for model in (Referral, Consent, Consultation, EmergencyAccess):
        assert model.objects.count() == 0
    with _taken_back():
        reckoning = Reckoning(around)
        for step, pick in steps:
            reckoning.do(step, pick)
            assert set(fields(around.partner, around.request)) == reckoning.seen(), step
            assert fields(around.stranger, around.request) == frozenset()
