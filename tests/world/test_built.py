"""A small demo world as it stands: it obeys the rules, and somebody can work in it."""

from collections import Counter
from datetime import date

import pytest

from tests.factories import PROGRAMME, make_credit, make_person
from tests.world.drawn import content, small
from veerkracht.register import clock, verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Conflict
from veerkracht.register.log.queries import who_looked
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor, actor_named, capacities_of
from veerkracht.register.people.models import Membership, Person, User
from veerkracht.register.sharing.models import CaseWorker
from veerkracht.register.shelter.queries.counselling import counselling
from veerkracht.register.supply.models import Unit
from veerkracht.register.world import emptying
from veerkracht.register.world.people import TEAM

pytestmark = pytest.mark.django_db


def test_a_small_world_obeys_the_rules_too(small_world):
    assert (small_world.waiting, small_world.persons) == (300, 299)
    assert sum(small_world.groups.values()) == 300
    assert verify.run() == []


def test_what_breaks_off_halfway_leaves_the_older_world(small_world):
    before = content()

    def stop(done, total=None, what=None):
        if what == "Writing budgets and money":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small(seed=9, force=True, progress=stop)
    assert content() == before
    assert verify.run() == []
    # Who comes next gets a number that nobody has.
    last = Person.objects.latest("pk").pk
    assert make_person().pk > last


def test_a_world_is_not_overwritten_unasked(small_world):
    before = content()
    with pytest.raises(Conflict) as refused:
        small()
    assert refused.value.text == emptying.EXISTS
    assert content() == before


@pytest.mark.once
def test_a_real_person_in_a_demo_world_protects_it(small_world):
    Person.objects.filter(number="P-0000001").update(fictitious=False)
    with pytest.raises(Conflict) as refused:
        small(force=True)
    assert refused.value.text == emptying.REAL


@pytest.mark.once
def test_a_round_can_be_prepared_reviewed_and_signed(small_world):
    officer, second, signer = map(actor_named, ("demo-officer", "demo-officer-2", "demo-signer"))
    prepared = actions.prepare_round(PROGRAMME, by=officer, on=clock.today(), money_cents=2_000_000_00)
    assert prepared.summary["granted"] > 10
    actions.review_round(prepared, by=second)
    signed = actions.sign_round(prepared, by=signer)
    assert signed.state == "signed"
    assert Request.objects.filter(round_lines__round=signed, round_lines__granted=True).count() > 10
    assert verify.run() == []


def test_what_comes_next_gets_the_next_number(small_world):
    officer = actor_named("demo-officer")
    person = Person.objects.exclude(requests__live=True).filter(died_on=None).first()
    request = actions.ask(person, by=officer, programme=PROGRAMME, kind="increase", on=date(2024, 1, 12))
    assert request.number == f"V-{Request.objects.count():07d}"
    make_credit()
    assert verify.run() == []


@pytest.mark.once
def test_people_sign_in_with_the_codes_that_are_printed(small_world):
    assert list(small_world.codes) == ["group-1", "group-2", "group-3"]
    for number, code in enumerate(small_world.codes.values(), 1):
        user = codes.redeem(code)
        assert user.person.requests.filter(state="waiting", priority_group=number).exists()
    partial = Request.objects.get(person__number=f"P-{small_world.codes['group-2'][:7]}", state="waiting")
    assert partial.partial


@pytest.mark.once
def test_people_with_a_code_see_who_looked(small_world):
    for code in small_world.codes.values():
        person = codes.redeem(code).person
        seen = [(entry.user_name, entry.role) for entry in who_looked(person.pk) if entry.verb == "read"]
        assert seen == [
            ("Anonia Fabelbeke", "reader"),
            ("Fictine Voorbeelds", "officer"),
            ("Proefke Testinckx", "assessor"),
        ]


@pytest.mark.once
def test_staff_sign_in_with_the_password_that_is_printed(small_world):
    for username in small_world.users:
        assert User.objects.get(username=username).check_password(small_world.password)


@pytest.mark.once
def test_there_is_somebody_in_every_role(small_world):
    held = Membership.objects.values_list("user__username", "role", "area_kind")
    assert {role for _, role, _ in held} == set(Membership.Role.values)
    assert {name for name, *_ in held} == set(small_world.users)
    assert [name for name, _, area in held if area] == ["demo-officer-zone"]
    zone = actor_named("demo-officer-zone")
    assert Request.objects.filter(area__in=zone.area_codes).exists()
    both = capacities_of(User.objects.get(username="demo-two-roles"))
    assert [actor.role for actor in both] == ["assessor", "case-worker"]


@pytest.mark.once
def test_a_team_that_comes_home_has_no_rooms_and_follows_families(small_world):
    followed = counselling(actor_named("demo-counsellor")).rows
    assert Counter(row.state for row in followed) == {"asked": 3, "started": 4}
    places = Unit.objects.filter(service__organisation__name=TEAM).values_list("name", flat=True)
    assert set(places) == {f"Gezin {number}" for number in range(1, 5)}


@pytest.mark.once
def test_case_workers_have_cases_and_somebody_speaks_for_another(small_world):
    cases = CaseWorker.objects.values_list("user__username", flat=True)
    assert {name: list(cases).count(name) for name in cases} == {"demo-case-worker": 8, "demo-two-roles": 7}
    assert all(
        CaseWorker.objects.filter(person__number=f"P-{code[:7]}").exists()
        for code in small_world.codes.values()
    )
    representative = codes.redeem(small_world.representative).person
    spoken_for = representative.represents.get().person
    assert f"P-{small_world.codes['group-1'][:7]}" == spoken_for.number


def test_who_comes_after_the_demo_gets_a_number_and_a_code_of_their_own(small_world):
    code = codes.issue(make_person(), by=Actor.for_command("test"))
    assert codes.redeem(code).person.number == f"P-{code[:7]}"
