"""Whatever people do in whatever sequence, what must never be false is never false."""

from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.factories import make_actor, make_credit, make_person, make_request
from tests.register.conftest import TODAY
from veerkracht.register import clock, verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Budget, Request, Round, Step
from veerkracht.rulebook.errors import Fault

pytestmark = pytest.mark.django_db

PROGRAMME = "personal-budget"
MONEY = {"money_cents": 12_000_000, "envelopes": {"group-1": 6_000_000, "group-2": 6_000_000}}
VERBS = """ask assess prioritise route revise withdraw refuse die prepare review cancel sign follow_up decline lapse
start change end emergency after_emergency""".split()
# A verb, whom or what it concerns, how many days later, and a number for what else it needs.
ACTS = st.tuples(st.sampled_from(VERBS), st.integers(0, 6), st.integers(0, 30), st.integers(0, 3))


class Office:
    """Two officers and two signers who do what they are told, as far as the register lets them."""

    def __init__(self) -> None:
        self.officers = [make_actor("officer") for _ in range(2)]
        self.signers = [make_actor("signer") for _ in range(2)]
        self.people = [make_person() for _ in range(3)]
        self.day = TODAY
        for person in self.people:
            make_request(person)
        # Long enough in group 2 to be granted a part.
        old = date(2017, 5, 1)
        make_request(make_person(), group=2, asked=old, plan_approved_on=old, category="VI")

    def do(self, verb: str, which: int, days: int, what: int) -> None:
        """Do `verb` so many days later, to the one in place `which`; skipped when there is none."""
        self.earlier = self.day + timedelta(days=days // 2)
        if days:
            self.day += timedelta(days=days)
            clock.stand_still_on(self.day)
        self.which, self.what = which, what
        self.officer, self.signer = self.officers[what % 2], self.signers[what % 2]
        getattr(self, verb)()

    def one_of(self, model):
        rows = list(model.objects.order_by("pk"))
        return rows[self.which % len(rows)] if rows else None

    @property
    def person(self):
        return self.people[self.which % 3]

    @property
    def by_officer(self) -> dict:
        return {"by": self.officer, "on": self.day}

    @property
    def by_signer(self) -> dict:
        return {"by": self.signer, "on": self.day}

    def ask(self) -> None:
        kind = ("first", "increase", "rest")[self.what % 3]
        actions.ask(self.person, programme=PROGRAMME, kind=kind, **self.by_officer)

    def assess(self) -> None:
        found = actions.Assessed(str(3 + 5 * self.what), True, TODAY, complete=True)
        actions.assess(self.one_of(Request), found, **self.by_officer)

    def prioritise(self) -> None:
        actions.prioritise(self.one_of(Request), group=1 + self.what % 3, **self.by_officer)

    def route(self) -> None:
        actions.prioritise(self.one_of(Request), route="emergency", **self.by_officer)

    def revise(self) -> None:
        actions.revise(self.one_of(Request), group=1 + self.what % 3, **self.by_officer)

    def withdraw(self) -> None:
        actions.withdraw(self.one_of(Request), **self.by_officer)

    def refuse(self) -> None:
        actions.refuse(self.one_of(Request), reason="no", text="No.", **self.by_signer)

    def die(self) -> None:
        actions.record_death(self.person, by=self.officer, on=self.earlier)

    def prepare(self) -> None:
        actions.prepare_round(PROGRAMME, by=self.officer, on=self.earlier, **MONEY)

    def review(self) -> None:
        if made := Round.objects.last():
            actions.review_round(made, by=self.officer)

    def cancel(self) -> None:
        if made := Round.objects.last():
            actions.cancel_round(made, by=self.officer)

    def sign(self) -> None:
        if made := Round.objects.last():
            actions.sign_round(made, by=self.signer)

    def follow_up(self) -> None:
        if made := self.one_of(Round):
            actions.prepare_follow_up(made, by=self.officer)

    def decline(self) -> None:
        actions.decline_grant(self.one_of(Request), **self.by_officer)

    def lapse(self) -> None:
        actions.lapse_grants(PROGRAMME, **self.by_officer)

    def start(self) -> None:
        actions.start_budget(self.one_of(Request), **self.by_officer)

    def change(self) -> None:
        if budget := self.one_of(Budget):
            actions.change_budget(budget, category=str(3 + 5 * self.what), reason="review", **self.by_officer)

    def end(self) -> None:
        if budget := self.one_of(Budget):
            actions.end_budget(budget, reason="stopped", **self.by_officer)

    def emergency(self) -> None:
        actions.grant_emergency(self.one_of(Request), **self.by_signer)

    def after_emergency(self) -> None:
        if budget := self.one_of(Budget):
            outcome = ("definitive", "extended", "ended")[self.what % 3]
            actions.follow_up_emergency(budget, outcome=outcome, **self.by_signer)


class Undo(Exception):
    """Takes an example back."""


def play(acts) -> tuple[list, list[str]]:
    """What is broken after these acts, and what each refusal said; everything is taken back."""
    outcome: tuple[list, list[str]] = ([], [])
    try:
        with transaction.atomic():
            clock.stand_still_on(TODAY)
            make_credit(400_000)
            office = Office()
            refusals = [f"{act[0]}: {said}" for act in acts if (said := refusal(office, act))]
            outcome = (verify.run(), refusals)
            raise Undo
    except Undo:
        return outcome


def refusal(office: Office, act) -> str:
    """What the register said no with, having written nothing; "" when the act was done."""
    before = Step.objects.count()
    try:
        with transaction.atomic():
            office.do(*act)
    except Fault as fault:
        assert Step.objects.count() == before
        return str(fault)
    return ""


@settings(
    max_examples=20,
    # Making a failing play smaller takes minutes: do that by hand, on the play that it prints.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(ACTS, min_size=5, max_size=25))
def test_nothing_is_ever_broken(db, acts):
    assert play(acts)[0] == []


def test_a_life_with_everything_in_it(db):
    """The play above does reach what it should: this one is done from beginning to end."""
    acts = [
        ("prepare", 0, 0, 0),
        ("review", 0, 0, 0),
        ("sign", 0, 0, 1),
        ("decline", 0, 1, 0),
        ("review", 0, 0, 0),
        ("sign", 0, 0, 1),
        ("start", 1, 19, 0),
        ("start", 3, 0, 0),
        ("change", 0, 20, 0),
        ("end", 2, 20, 0),
        ("route", 2, 1, 0),
        ("emergency", 2, 9, 1),
        ("after_emergency", 3, 10, 1),
        ("die", 2, 60, 0),
    ]
    assert play(acts) == ([], [])
