"""Plans of one's own: kept from levers, listed, renamed, shared, thrown away, brought in from a file, taken along."""

import re
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.register.test_own_plans import TEXT
from veerkracht import region
from veerkracht.region.one_plan import read_plan_text
from veerkracht.register.people.actors import actor_for
from veerkracht.register.plans import actions
from veerkracht.register.plans.models import OwnPlan

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = pytest.mark.once

PLANS = "/en/forecast/plans/"
TURNED = "plan=constant-policy&against=-&lever-money-for-budgets=20&lever_from=2025-01-01"


@pytest.fixture
def kept(staff):
    return actions.keep(actor_for(staff["analyst"]), name="My plan", text=TEXT)


def texts(response):
    return unescape(response.content.decode())


def test_turned_levers_are_kept_as_a_plan(as_role):
    client = as_role("analyst")
    answer = client.post(f"{PLANS}keep/?{TURNED}", {"name": "Twenty more"})
    assert (answer.status_code, answer["Location"]) == (302, PLANS)
    own = OwnPlan.objects.get()
    plan, faults = read_plan_text(region.current(), own.text)
    assert (own.name, plan.id, plan.builds_on, faults) == (
        "Twenty more",
        "twenty-more",
        "constant-policy",
        (),
    )
    assert sum(part.amount_cents_per_year for part in plan.measures[0].dated()[:4]) == 2_000_000_000
    assert "<h3>Twenty more" in texts(client.get(PLANS))


def test_levers_on_an_own_plan_are_added_to_its_text(as_role, kept):
    turned = TURNED.replace("constant-policy", f"own-{kept.pk}")
    as_role("analyst").post(f"{PLANS}keep/?{turned}", {"name": "More still"})
    plan, faults = read_plan_text(region.current(), OwnPlan.objects.get(name="More still").text)
    assert ([measure.id for measure in plan.measures], faults) == (["extra", "money-for-budgets"], ())


def test_an_own_plan_can_be_chosen_by_its_owner_alone(as_role, kept):
    choices = [
        re.findall(r'<option value="(own-\d+)"', texts(as_role(role).get("/en/forecast/?years=0")))
        for role in ("analyst", "officer")
    ]
    assert choices == [[f"own-{kept.pk}"] * 2, []]


@pytest.mark.parametrize("role", ["officer", "person"])
@pytest.mark.parametrize("verb", ["rename", "share", "unshare", "delete"])
def test_another_can_not_change_it(as_role, kept, role, verb):
    assert as_role(role).post(f"{PLANS}{kept.pk}/{verb}/", {"name": "Theirs"}).status_code == 404
    kept.refresh_from_db()
    assert (kept.name, kept.shared) == ("My plan", False)


def test_another_can_not_read_it_until_it_is_shared(as_role, kept):
    officer = as_role("officer")
    assert officer.get(f"{PLANS}{kept.pk}.toml").status_code == 404
    assert "My plan" not in texts(officer.get(PLANS))
    as_role("analyst").post(f"{PLANS}{kept.pk}/share/")
    shared = texts(officer.get(PLANS))
    assert (officer.get(f"{PLANS}{kept.pk}.toml").status_code, "My plan" in shared, "rename" in shared) == (
        200,
        True,
        False,
    )
    as_role("analyst").post(f"{PLANS}{kept.pk}/unshare/")
    assert officer.get(f"{PLANS}{kept.pk}.toml").status_code == 404


def test_a_person_finds_no_such_page(as_role, kept):
    assert [as_role(role).get(PLANS).status_code for role in ("person", "analyst")] == [404, 200]


def test_it_is_renamed_and_thrown_away(as_role, kept):
    client = as_role("analyst")
    client.post(f"{PLANS}{kept.pk}/rename/", {"name": "Better"})
    assert OwnPlan.objects.get().name == "Better"
    client.post(f"{PLANS}{kept.pk}/delete/")
    assert OwnPlan.objects.count() == 0


def test_a_verb_that_is_not_there_is_not_there(as_role, kept):
    assert as_role("analyst").post(f"{PLANS}{kept.pk}/explode/").status_code == 404


def test_it_is_taken_along_and_brought_in_again(as_role, kept):
    client = as_role("analyst")
    file = client.get(f"{PLANS}{kept.pk}.toml")
    assert file["Content-Disposition"] == 'attachment; filename="my-plan.toml"'
    again = SimpleUploadedFile("my-plan.toml", file.content)
    assert client.post(f"{PLANS}bring/", {"file": again, "name": "Again"}).status_code == 302
    assert sorted(OwnPlan.objects.values_list("name", flat=True)) == ["Again", "My plan"]


def test_what_is_turned_can_be_taken_along_without_keeping_it(as_role, staff):
    file = as_role("analyst").get(f"{PLANS}plan.toml?{TURNED}")
    plan, faults = read_plan_text(region.current(), file.content.decode())
    assert (file.status_code, plan.builds_on, faults, OwnPlan.objects.count()) == (
        200,
        "constant-policy",
        (),
        0,
    )


@pytest.mark.parametrize(
    ("language", "wrong"), [("en", "There is no such programme."), ("nl", "Dit programma bestaat niet.")]
)
def test_every_fault_of_a_file_is_shown_and_nothing_kept(as_role, staff, language, wrong):
    broken = TEXT.replace("personal-budget", "world-peace").replace("recurrent = true\n", "")
    sent = {"file": SimpleUploadedFile("plan.toml", broken.encode())}
    answer = as_role("analyst").post(f"/{language}/forecast/plans/bring/", sent)
    rows = re.findall(r"<code>(.*?)</code>", texts(answer))
    assert (answer.status_code, rows) == (422, ["measure[extra].recurrent", "measure[extra].programme"])
    assert (wrong in texts(answer), OwnPlan.objects.count()) == (True, 0)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "This file is not a text in UTF-8."),
        (b"#" * 200_001, "This file is too large for a plan."),
    ],
)
def test_a_file_that_is_no_plan(as_role, staff, content, said):
    answer = as_role("analyst").post(f"{PLANS}bring/", {"file": SimpleUploadedFile("plan.toml", content)})
    assert (answer.status_code, said in texts(answer)) == (422, True)


def test_no_file_at_all(as_role, staff):
    answer = as_role("analyst").post(f"{PLANS}bring/")
    assert (answer.status_code, "Choose a file first." in texts(answer)) == (422, True)


@pytest.mark.parametrize("count", [1, 3])
def test_more_plans_cost_no_more_queries(as_role, staff, assert_queries, count):
    for number in range(count):
        actions.keep(actor_for(staff["analyst"]), name=f"Plan {number}", text=TEXT)
    client = as_role("analyst")
    client.get(PLANS)
    with assert_queries(6, columns=0):
        assert texts(client.get(PLANS)).count("<article") == count
