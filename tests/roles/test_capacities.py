"""In which capacity somebody acts: one membership, as it holds at this moment, or oneself."""

import html
import re
from datetime import date, timedelta

import pytest

from tests.factories import make_person, make_user
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import actor_for, capacities_of
from veerkracht.register.people.models import Organisation, User


@pytest.fixture
def ann(today) -> User:
    """Somebody who works nowhere, and reads their own file."""
    person = make_person(given="Ann")
    return User.objects.create_user(person.number, person=person)


def test_who_holds_a_role_in_two_organisations_chooses_which(officer, give):
    other = Organisation.objects.create(name="The home", kind="provider")
    second = give(officer, "officer", organisation=other)
    assert actor_for(officer, "officer").organisation_id != other.pk
    chosen = actor_for(officer, membership=second.pk)
    assert (chosen.organisation_id, chosen.membership_id) == (other.pk, second.pk)


def test_nobody_acts_in_a_membership_of_another(officer, give):
    theirs = make_user("signer").memberships.get()
    with pytest.raises(Refused):
        actor_for(officer, membership=theirs.pk)
    with pytest.raises(Refused):
        actor_for(officer, "reader", membership=officer.memberships.get().pk)


@pytest.mark.parametrize(
    ("from_date", "until_date", "holds"),
    [
        (date(2024, 1, 15), None, True),
        (date(2024, 1, 16), None, False),
        (date(2020, 1, 1), date(2024, 1, 15), True),
        (date(2020, 1, 1), date(2024, 1, 14), False),
    ],
)
def test_a_role_holds_from_its_first_day_up_to_and_including_its_last(
    officer, give, from_date, until_date, holds
):
    give(officer, "auditor", from_date=from_date, until_date=until_date)
    assert [one.role for one in capacities_of(officer)] == ["officer", "auditor"][: 1 + holds]


def test_the_log_keeps_role_organisation_programme_area_and_in_whose_place(officer, give, today):
    boss = make_user("signer", name="Bea Boss").memberships.get()
    held = give(
        officer,
        "signer",
        programme="personal-budget",
        area_kind="zone",
        area_code="elz43",
        delegates=boss,
        until_date=today,
    )
    actor = actor_for(officer, membership=held.pk)
    assert actor.capacity == "signer · The agency · personal-budget · zone elz43 · for Bea Boss"


def test_who_asks_for_care_or_a_command_has_a_capacity_of_one_word(ann):
    assert actor_for(ann).capacity == "person"


@pytest.mark.parametrize(
    ("kind", "code", "some", "size"),
    [
        ("municipality", "11001", "11001", 1),
        ("zone", "elz43", "11005", 6),
        ("province", "10000", "11002", 67),
        ("zone", "nowhere", None, 0),
    ],
)
def test_a_role_for_an_area_is_for_its_municipalities(officer, give, kind, code, some, size):
    held = give(officer, "reader", area_kind=kind, area_code=code)
    codes = actor_for(officer, membership=held.pk).area_codes
    assert (len(codes), some is None or some in codes) == (size, True)


def test_a_role_without_an_area_is_for_the_whole_region(officer):
    assert actor_for(officer).area_codes is None


def test_standing_in_for_somebody_stops_with_their_own_role(officer, give, today):
    boss = make_user("signer")
    own = boss.memberships.get()
    give(officer, "signer", delegates=own, until_date=today + timedelta(days=9))
    assert [one.role for one in capacities_of(officer)] == ["officer", "signer"]
    own.until_date = today - timedelta(days=1)
    own.save()
    assert [one.role for one in capacities_of(officer)] == ["officer"]


def test_standing_in_for_somebody_stops_with_their_account(officer, give, today):
    boss = make_user("signer")
    give(officer, "signer", delegates=boss.memberships.get(), until_date=today)
    User.objects.filter(pk=boss.pk).update(is_active=False)
    assert [one.role for one in capacities_of(officer)] == ["officer"]


def test_a_closed_account_has_no_capacity(officer, ann):
    for user in (officer, ann):
        user.is_active = False
        assert capacities_of(user) == []


def offered(client) -> list[str]:
    text = client.get("/en/about/").content.decode()
    return [html.unescape(name) for name in re.findall(r'name="capacity" value="[^"]*"><b>([^<]*)<', text)]


def here(client) -> str:
    return re.search(r'class="who"><b>[^<]*</b><span>([^<]*)<', client.get("/en/about/").content.decode())[1]


def test_the_head_of_the_page_offers_the_other_capacities(officer, give, browser):
    client = browser(officer)
    assert (here(client), offered(client)) == ("Allocation officer", [])
    held = give(officer, "analyst")
    assert offered(client) == ["Analyst"]
    assert client.post("/en/capacity/", {"capacity": held.pk})["Location"] == "/en/"
    assert (here(client), offered(client)) == ("Analyst", ["Allocation officer"])


def test_nobody_takes_the_capacity_of_another(officer, give, browser):
    give(officer, "analyst")
    theirs = make_user("signer").memberships.get()
    client = browser(officer)
    for wrong in (theirs.pk, "person", "", "9999999", "x"):
        assert client.post("/en/capacity/", {"capacity": wrong}).status_code == 404
    assert here(client) == "Allocation officer"


def test_who_works_here_and_asks_for_care_chooses_to_be_themself(officer, browser):
    officer.person = make_person()
    officer.save()
    client = browser(officer)
    assert offered(client) == ["About myself"]
    assert client.post("/en/capacity/", {"capacity": "person"})["Location"] == "/en/my/"
    assert client.get("/en/list/").status_code == 404
    assert client.get("/en/my/").status_code == 200


def test_a_role_that_ends_stops_at_once(officer, give, browser):
    held = give(officer, "analyst")
    client = browser(officer)
    client.post("/en/capacity/", {"capacity": held.pk})
    held.until_date = date(2024, 1, 14)
    held.save()
    # What was begun as an analyst is not finished as an officer.
    assert client.post("/en/forecast/plans/keep/").status_code == 404
    assert (here(client), offered(client)) == ("Allocation officer", [])


def test_a_last_role_that_ends_leaves_nothing(officer, browser):
    client = browser(officer)
    assert client.get("/en/list/").status_code == 200
    officer.memberships.update(until_date=date(2024, 1, 14))
    assert client.get("/en/list/").status_code == 404


def test_an_account_that_is_closed_stops_at_once(officer, browser):
    client = browser(officer)
    assert client.get("/en/list/").status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get("/en/list/")["Location"] == "/en/sign-in/?next=/en/list/"


def test_who_is_here_is_asked_of_the_database_once(officer, give, browser, django_assert_max_num_queries):
    client = browser(officer)
    client.get("/en/about/")
    with django_assert_max_num_queries(50) as one:
        client.get("/en/about/")
    for role in ("analyst", "signer", "reader"):
        give(officer, role)
    with django_assert_max_num_queries(50) as four:
        client.get("/en/about/")
    assert len(one) == len(four)
