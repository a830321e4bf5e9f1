"""Plans of one's own: who sees and changes which, what may be kept, and what a list of them costs."""

import pytest

from tests.factories import make_actor, make_own_actor, make_person
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.permissions import may
from veerkracht.register.plans import actions
from veerkracht.register.plans.access import get_own_plan, get_plan, list_plans
from veerkracht.register.plans.models import OwnPlan
from veerkracht.register.plans.reading import own_id, plan_of, slug

pytestmark = pytest.mark.django_db

TEXT = """id = "mine"
name = { nl = "Iets", en = "Something" }
builds_on = "constant-policy"

[[measure]]
id = "extra"
programme = "personal-budget"
kind = "money"
name = { nl = "Extra", en = "Extra" }
amount = 1_000_000
recurrent = true
from = 2026-01-01
assumption = { why = { nl = "Verzonnen.", en = "Invented." }, low = 1_000_000, high = 1_000_000 }
"""


@pytest.fixture
def analyst():
    return make_actor("analyst")


@pytest.fixture
def kept(analyst):
    return actions.keep(analyst, name="My plan", text=TEXT)


def test_a_plan_is_kept_under_its_name(analyst, kept):
    plan = plan_of(get_plan(analyst, kept.pk))
    assert (plan.id, plan.name.en, plan.builds_on) == (own_id(kept), "My plan", "constant-policy")
    assert [measure.amount_cents_per_year for measure in plan.measures] == [100_000_000]
    assert LogEntry.objects.filter(verb="create", object_type="ownplan").count() == 1


def test_another_neither_sees_nor_changes_it(kept):
    other = make_actor("analyst")
    assert list(list_plans(other)) == []
    for ask in (
        lambda: get_plan(other, kept.pk),
        lambda: get_own_plan(other, kept.pk),
        lambda: actions.rename(other, kept.pk, name="Theirs"),
        lambda: actions.share(other, kept.pk, shared=True),
        lambda: actions.delete(other, kept.pk),
    ):
        with pytest.raises(Refused):
            ask()
    assert OwnPlan.objects.get().name == "My plan"


def test_a_shared_plan_is_read_by_others_and_changed_by_none_of_them(analyst, kept):
    other = make_actor("reader")
    actions.share(analyst, kept.pk, shared=True)
    assert get_plan(other, kept.pk) == kept
    with pytest.raises(Refused):
        actions.rename(other, kept.pk, name="Theirs")
    actions.share(analyst, kept.pk, shared=False)
    with pytest.raises(Refused):
        get_plan(other, kept.pk)


def test_a_person_has_no_plans(kept, analyst):
    actions.share(analyst, kept.pk, shared=True)
    person = make_own_actor(make_person())
    assert may("plan.keep", person) is False
    for ask in (
        lambda: list_plans(person),
        lambda: get_plan(person, kept.pk),
        lambda: actions.keep(person, name="Mine", text=TEXT),
    ):
        with pytest.raises(Refused):
            ask()


def test_a_plan_that_is_not_there_is_refused_the_same(analyst, kept):
    with pytest.raises(Refused) as of_nobody:
        get_plan(analyst, kept.pk + 1)
    with pytest.raises(Refused) as of_another:
        get_plan(make_actor("analyst"), kept.pk)
    assert str(of_nobody.value) == str(of_another.value)


def test_it_gets_another_name(analyst, kept):
    actions.rename(analyst, kept.pk, name="  A better   name ")
    again = get_plan(analyst, kept.pk)
    assert (again.name, plan_of(again).name.nl) == ("A better name", "A better name")
    assert 'id = "a-better-name"' in again.text


def test_it_is_thrown_away(analyst, kept):
    actions.delete(analyst, kept.pk)
    assert list(list_plans(analyst)) == []


@pytest.mark.parametrize(
    ("name", "text", "field"),
    [
        ("", TEXT, "name"),
        ("x" * 81, TEXT, "name"),
        ("Good", TEXT.replace("personal-budget", "world-peace"), "file"),
        ("Good", "not TOML at all", "file"),
        ("Good", "#" * 200_001, "file"),
    ],
)
def test_what_can_not_be_kept(analyst, name, text, field):
    with pytest.raises(Invalid) as refused:
        actions.keep(analyst, name=name, text=text)
    assert (refused.value.field, OwnPlan.objects.count()) == (field, 0)


def test_a_name_is_used_once_by_one_person(analyst, kept):
    with pytest.raises(Invalid):
        actions.keep(analyst, name="My plan", text=TEXT)
    actions.keep(make_actor("analyst"), name="My plan", text=TEXT)
    assert OwnPlan.objects.count() == 2


def test_one_person_keeps_no_more_than_so_many(analyst, kept, monkeypatch):
    monkeypatch.setattr(actions, "MOST_PLANS", 1)
    with pytest.raises(Invalid):
        actions.keep(analyst, name="Another", text=TEXT)


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_list_costs_no_more(analyst, count, django_assert_num_queries):
    for number in range(count):
        actions.keep(analyst, name=f"Plan {number}", text=TEXT)
    with django_assert_num_queries(1):
        assert [plan.owner.full_name for plan in list_plans(analyst)] == [analyst.name] * count


@pytest.mark.parametrize(("name", "id"), [("Écht méér geld!", "echt-meer-geld"), ("…", "plan")])
def test_a_name_as_an_id(name, id):
    assert slug(name) == id
