"""Building is all or nothing, the same each time, and never at the cost of real data."""

import json
import re

import pytest
from django.db import connection

from tests.factories import make_person
from tests.world.drawn import content, small
from veerkracht.cli import group
from veerkracht.register import clock, verify
from veerkracht.register.care.models import Step
from veerkracht.register.errors import Conflict
from veerkracht.register.people.models import Person, Setting
from veerkracht.register.world import emptying

pytestmark = pytest.mark.django_db


def test_the_same_seed_gives_the_same_world_and_says_how_far_it_is():
    said = []
    first = small(seed=5, progress=lambda done, total=None, what=None: said.append((done, total, what)))
    _goes_forward_to_the_end(said)
    before = content()
    second = small(seed=5, force=True)
    assert content() == before
    assert second == first
    small(seed=6, force=True)
    assert content() != before
    # Three worlds over one another later, what may never change is still kept from changing.
    assert verify.run() == []
    with pytest.raises(Exception, match="append_only"), connection.cursor() as cursor:
        cursor.execute("UPDATE care_step SET reason = 'x' WHERE id = 1")


def _goes_forward_to_the_end(said):
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


def test_what_breaks_off_halfway_leaves_nothing():
    def stop(done, total=None, what=None):
        if what == "Writing budgets and money":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        small(progress=stop)
    assert emptying.is_empty()
    assert Step.objects.count() == Setting.objects.count() == 0


@pytest.mark.parametrize("force", [False, True])
def test_a_register_with_real_data_is_never_touched(force):
    person = make_person()
    with pytest.raises(Conflict) as refused:
        small(force=force)
    assert refused.value.text == emptying.REAL
    assert list(Person.objects.all()) == [person]


def run(*words: str) -> int | None:
    return group.main(list(words), "veerkracht", standalone_mode=False)


@pytest.fixture
def without_turns(monkeypatch):
    """The command plays the future too; that takes long and is tested with the forecast."""
    from veerkracht.register.world import building

    monkeypatch.setattr(building, "_expect", lambda *_: None)


@pytest.mark.once
def test_the_command_prints_who_can_sign_in_and_takes_a_world_away(without_turns, capsys):
    assert run("world", "--size", "300", "--json") == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed["waiting"] == 300
    assert printed["password"] == "veerkracht-demo"
    assert printed["users"][0] == "demo-officer"
    assert printed["date"] == "2023-12-31"
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
