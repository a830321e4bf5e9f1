"""Building is all or nothing, the same each time, and never at the cost of real data."""

import hashlib
import json
import re
from datetime import date

import pytest
from django.db import connection

from tests.factories import PROGRAMME, make_credit, make_person
from veerkracht.cli import group
from veerkracht.register import clock, verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Budget, Request, Round, RoundLine, Step
from veerkracht.register.errors import Conflict
from veerkracht.register.log.queries import who_looked
from veerkracht.register.money.models import Account, Credit, Entry, Posting
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor, actor_named, capacities_of
from veerkracht.register.people.models import Membership, Person, Setting, User
from veerkracht.register.sharing.models import CaseWorker
from veerkracht.register.world import build, emptying

pytestmark = pytest.mark.django_db

SMALL = 300
_TABLES = (Person, Request, Step, Budget, Round, RoundLine, Credit, Account, Entry, Posting)


# What is drawn, and not what came about by the verbs of the ledger: that has moments and numbers of its own.
_DRAWN = {Account: {"line": None}, Entry: {"line": None}, Posting: {"entry__line": None}}


def content() -> str:
    """One hash over all that was drawn."""
    digest = hashlib.sha256()
    for model in _TABLES:
        for row in model._default_manager.filter(**_DRAWN.get(model, {})).order_by("pk").values_list():
            digest.update(repr(row).encode())
    return digest.hexdigest()


def small(**how):
    return build(size=SMALL, turns=False, **how)


def test_the_same_seed_gives_the_same_world():
    first = small(seed=5)
    before = content()
    second = small(seed=5, force=True)
    assert content() == before
    assert second == first
    small(seed=6, force=True)
    assert content() != before


def test_a_small_world_obeys_the_rules_too():
    built = small()
    assert (built.waiting, built.persons) == (300, 299)
    assert sum(built.groups.values()) == 300
    assert verify.run() == []


def test_what_breaks_off_halfway_leaves_nothing():
    def stop(done, total=None, what=None):
        if what == "Writing budgets and money":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small(progress=stop)
    assert emptying.is_empty()
    assert Step.objects.count() == Setting.objects.count() == 0


def test_what_breaks_off_halfway_leaves_the_older_world():
    small()
    before = content()

    def stop(done, total=None, what=None):
        if what == "Writing budgets and money":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small(seed=9, force=True, progress=stop)
    assert content() == before
    assert verify.run() == []


def test_a_world_is_not_overwritten_unasked():
    small()
    before = content()
    with pytest.raises(Conflict) as refused:
        small()
    assert refused.value.text == emptying.EXISTS
    assert content() == before


@pytest.mark.parametrize("force", [False, True])
def test_a_register_with_real_data_is_never_touched(force):
    person = make_person()
    with pytest.raises(Conflict) as refused:
        small(force=force)
    assert refused.value.text == emptying.REAL
    assert list(Person.objects.all()) == [person]


@pytest.mark.once
def test_a_real_person_in_a_demo_world_protects_it():
    small()
    Person.objects.filter(number="P-0000001").update(fictitious=False)
    with pytest.raises(Conflict) as refused:
        small(force=True)
    assert refused.value.text == emptying.REAL


@pytest.mark.once
def test_a_round_can_be_prepared_reviewed_and_signed():
    small()
    officer, second, signer = map(actor_named, ("demo-officer", "demo-officer-2", "demo-signer"))
    prepared = actions.prepare_round(PROGRAMME, by=officer, on=clock.today(), money_cents=2_000_000_00)
    assert prepared.summary["granted"] > 10
    actions.review_round(prepared, by=second)
    signed = actions.sign_round(prepared, by=signer)
    assert signed.state == "signed"
    assert Request.objects.filter(round_lines__round=signed, round_lines__granted=True).count() > 10
    assert verify.run() == []


def test_what_comes_next_gets_the_next_number():
    small()
    officer = actor_named("demo-officer")
    person = Person.objects.exclude(requests__live=True).filter(died_on=None).first()
    request = actions.ask(person, by=officer, programme=PROGRAMME, kind="increase", on=date(2024, 1, 12))
    assert request.number == f"V-{Request.objects.count():07d}"
    make_credit()
    assert verify.run() == []


@pytest.mark.once
def test_people_sign_in_with_the_codes_that_are_printed():
    built = small()
    assert list(built.codes) == ["group-1", "group-2", "group-3"]
    for number, code in enumerate(built.codes.values(), 1):
        user = codes.redeem(code)
        assert user.person.requests.filter(state="waiting", priority_group=number).exists()
    partial = Request.objects.get(person__number=f"P-{built.codes['group-2'][:7]}", state="waiting")
    assert partial.partial


@pytest.mark.once
def test_people_with_a_code_see_who_looked():
    built = small()
    for code in built.codes.values():
        person = codes.redeem(code).person
        seen = [(entry.user_name, entry.role) for entry in who_looked(person.pk) if entry.verb == "read"]
        assert seen == [
            ("Anonia Fabelbeke", "reader"),
            ("Fictine Voorbeelds", "officer"),
            ("Proefke Testinckx", "assessor"),
        ]


@pytest.mark.once
def test_staff_sign_in_with_the_password_that_is_printed():
    built = small()
    for username in built.users:
        assert User.objects.get(username=username).check_password(built.password)


@pytest.mark.once
def test_progress_goes_forward_to_the_end():
    said = []
    small(progress=lambda done, total=None, what=None: said.append((done, total, what)))
    counted = [(done, total) for done, total, _ in said if total]
    assert [what for *_, what in said if what] == [
        "Drawing people and their histories",
        "Writing people",
        "Writing requests",
        "Writing steps",
        "Writing budgets and money",
        "Filling homes",
    ]
    assert [done for done, _ in counted] == sorted(done for done, _ in counted)
    assert all(done <= total for done, total in counted)


def test_append_only_tables_are_protected_after_a_new_world():
    small()
    small(force=True)
    assert verify.run() == []
    with pytest.raises(Exception, match="append_only"), connection.cursor() as cursor:
        cursor.execute("UPDATE care_step SET reason = 'x' WHERE id = 1")


def run(*words: str) -> int | None:
    return group.main(list(words), "veerkracht", standalone_mode=False)


@pytest.fixture
def without_turns(monkeypatch):
    """The command plays the future too; that takes long and is tested with the forecast."""
    from veerkracht.register.world import building

    monkeypatch.setattr(building, "_expect", lambda *_: None)


@pytest.mark.once
def test_the_command_prints_who_can_sign_in(without_turns, capsys):
    assert run("world", "--size", "300", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["waiting"] == 300
    assert printed["password"] == "veerkracht-demo"
    assert printed["users"][0] == "demo-officer"
    assert printed["date"] == "2023-12-31"


@pytest.mark.once
def test_the_command_takes_a_world_away(without_turns, capsys):
    run("world", "--size", "300")
    assert "veerkracht-demo" in capsys.readouterr().out
    assert run("world", "--empty") == 0
    assert emptying.is_empty()
    assert clock.demo_day() is None


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--size", "10"), "10 is not in the range x>=50"),
        (("--seed", "-1"), "-1 is not in the range x>=0"),
        (("--empty", "--size", "300"), "--empty builds nothing"),
    ],
)
def test_the_command_says_what_it_cannot_do(words, said):
    with pytest.raises(Exception, match=re.escape(said)):
        run("world", *words)
    assert emptying.is_empty()


@pytest.mark.once
def test_there_is_somebody_in_every_role():
    built = small()
    held = Membership.objects.values_list("user__username", "role", "area_kind")
    assert {role for _, role, _ in held} == set(Membership.Role.values)
    assert {name for name, *_ in held} == set(built.users)
    assert [name for name, _, area in held if area] == ["demo-officer-zone"]
    zone = actor_named("demo-officer-zone")
    assert Request.objects.filter(area__in=zone.area_codes).exists()
    both = capacities_of(User.objects.get(username="demo-two-roles"))
    assert [actor.role for actor in both] == ["assessor", "case-worker"]


@pytest.mark.once
def test_case_workers_have_cases_and_somebody_speaks_for_another():
    built = small()
    cases = CaseWorker.objects.values_list("user__username", flat=True)
    assert {name: list(cases).count(name) for name in cases} == {"demo-case-worker": 8, "demo-two-roles": 7}
    assert all(
        CaseWorker.objects.filter(person__number=f"P-{code[:7]}").exists() for code in built.codes.values()
    )
    representative = codes.redeem(built.representative).person
    spoken_for = representative.represents.get().person
    assert f"P-{built.codes['group-1'][:7]}" == spoken_for.number


def test_who_comes_after_the_demo_gets_a_number_and_a_code_of_their_own():
    small()
    code = codes.issue(make_person(), by=Actor.for_command("test"))
    assert codes.redeem(code).person.number == f"P-{code[:7]}"
