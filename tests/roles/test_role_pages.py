"""The pages of roles: who has which, giving, ending, standing in; and who can do what."""

import csv
import html
import re
from datetime import date, timedelta

import pytest

from tests.factories import make_user
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import ROLES, capacities_of
from veerkracht.register.people.models import Membership, Organisation, User
from veerkracht.register.permissions.matrix import matrix

DAY = date(2024, 1, 15)
TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def administrator(agency) -> User:
    return make_user("administrator", username="ada", name="Ada Ministrator")


@pytest.fixture
def stranger(agency, give) -> Membership:
    """Somebody's role in another organisation."""
    there = Organisation.objects.create(name="Elsewhere", kind="provider")
    user = User.objects.create_user(username="stranger", first_name="Strange", last_name="Er")
    return give(user, "reader", organisation=there)


def names(response) -> list[str]:
    return re.findall(r'<th scope="row"[^>]*>([^<]+)<', response.content.decode())


def errors(response) -> list[str]:
    return [
        html.unescape(text) for text in re.findall(r'class="error"[^>]*>([^<]+)<', response.content.decode())
    ]


def test_an_administrator_starts_at_the_roles_of_their_organisation(
    administrator, officer, stranger, browser
):
    client = browser(administrator)
    response = client.get("/en/roles/")
    assert names(response) == ["Ada Ministrator", "Olga Officer"]
    assert "The agency" in response.content.decode()
    assert names(client.get("/en/roles/?q=olga")) == ["Olga Officer"]
    assert names(client.get("/en/roles/?role=administrator")) == ["Ada Ministrator"]
    assert client.get("/en/roles/?role=king").status_code == 422


@pytest.mark.parametrize("path", ["roles/", "roles/export.csv", "roles/give/", "roles/new-account/"])
def test_nobody_else_opens_them(officer, browser, path):
    assert browser(officer).get(f"/en/{path}").status_code == 404


def test_giving_a_role_on_the_page(administrator, officer, browser):
    asked = {"username": "officer", "role": "reader", "area": "11001", "from_date": "2024-01-15"}
    response = browser(administrator).post("/en/roles/give/", asked)
    assert (response.status_code, response["Location"]) == (302, "/en/roles/")
    held = officer.memberships.latest("pk")
    assert (held.role, held.area_kind, held.area_code) == ("reader", "municipality", "11001")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"username": "nobody"}, "There is no account of this name to which you can give a role."),
        ({"username": "ada"}, "Nobody gives a role to themself."),
        ({"role": "king"}, "Select a valid choice. king is not one of the available choices."),
        ({"from_date": "2024-01-14"}, "A role begins today at the earliest."),
        ({"until_date": "2024-01-14"}, "A role does not end before it starts."),
        ({"area": "REFREG01"}, "There is no area of that name."),
    ],
)
def test_what_is_wrong_stands_at_its_field(administrator, officer, browser, asked, said):
    sound = {"username": "officer", "role": "reader", "from_date": "2024-01-15"}
    response = browser(administrator).post("/en/roles/give/", {**sound, **asked})
    assert (response.status_code, errors(response)) == (422, [said])
    assert Membership.objects.count() == 2


def test_a_person_who_reads_their_own_file_is_no_account_here(administrator, browser):
    from tests.factories import make_own_actor, make_person

    own = make_own_actor(make_person())
    asked = {"username": own.user.username, "role": "reader", "from_date": "2024-01-15"}
    assert browser(administrator).post("/en/roles/give/", asked).status_code == 422


def test_a_new_account_gets_a_link_that_is_shown_once(administrator, browser):
    asked = {
        "name": "Nina Nieuw",
        "username": "nina",
        "language": "nl",
        "role": "reader",
        "from_date": "2024-01-15",
    }
    response = browser(administrator).post("/en/roles/new-account/", asked)
    link = re.search(r"<code[^>]*>([^<]+)<", response.content.decode())[1]
    assert link.startswith("http://testserver/")
    assert response["Cache-Control"].count("no-store") == 1
    assert [one.role for one in capacities_of(User.objects.get(username="nina"))] == ["reader"]


def test_a_user_name_is_given_once(administrator, officer, browser):
    asked = {
        "name": "Olga Two",
        "username": "OFFICER",
        "language": "nl",
        "role": "reader",
        "from_date": "2024-01-15",
    }
    response = browser(administrator).post("/en/roles/new-account/", asked)
    assert (response.status_code, len(errors(response)), User.objects.count()) == (422, 1, 2)


def test_ending_a_role_and_who_is_second(administrator, officer, browser, give):
    held, client = give(officer, "reader"), browser(administrator)
    assert client.get(f"/en/roles/{held.pk}/end/").status_code == 405
    assert client.post(f"/en/roles/{held.pk}/end/", {"version": "1"})["Location"] == "/en/roles/"
    assert client.post(f"/en/roles/{held.pk}/end/", {"version": "1"}).status_code == 409
    assert [one.role for one in capacities_of(officer)] == ["officer"]


def test_a_role_elsewhere_is_ended_as_little_as_one_that_does_not_exist(administrator, stranger, browser):
    client = browser(administrator)
    refused = [client.post(f"/en/roles/{id}/end/", {"version": "1"}) for id in (stranger.pk, 999_999)]
    assert [response.status_code for response in refused] == [404, 404]
    assert Membership.objects.get(pk=stranger.pk).ended_at is None


def test_having_a_colleague_stand_in_and_taking_it_back(officer, browser, give):
    colleague = make_user("reader", name="Rita Reader")
    client = browser(officer)
    asked = {"user": colleague.pk, "from_date": "2024-01-15", "until_date": "2024-01-20"}
    assert client.post("/en/roles/mine/", asked)["Location"] == "/en/roles/mine/"
    lent = colleague.memberships.latest("pk")
    assert "Rita Reader" in client.get("/en/roles/mine/").content.decode()
    assert client.post(f"/en/roles/{lent.pk}/end/", {"version": "1"})["Location"] == "/en/roles/mine/"
    assert [one.role for one in capacities_of(colleague)] == ["reader"]


def test_only_colleagues_are_offered(officer, stranger, browser):
    make_user("reader", name="Rita Reader")
    page = browser(officer).get("/en/roles/mine/").content.decode()
    assert re.findall(r'<option value="\d+">([^<]+)<', page) == ["Rita Reader"]
    response = browser(officer).post(
        "/en/roles/mine/", {"user": stranger.user_id, "from_date": "2024-01-15", "until_date": "2024-01-20"}
    )
    assert (response.status_code, stranger.user.memberships.count()) == (422, 1)


def test_the_table_to_take_along_runs_no_formula(administrator, officer, stranger, browser):
    User.objects.filter(pk=officer.pk).update(first_name="=HYPERLINK(1)", last_name="")
    response = browser(administrator).get("/en/roles/export.csv")
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
    assert [row["name"] for row in rows] == ["'=HYPERLINK(1)", "Ada Ministrator"]
    assert response["Content-Disposition"] == 'attachment; filename="roles-2024-01-15.csv"'
    assert LogEntry.objects.filter(verb="export", object_type="role").count() == 1


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_everybody_reads_who_can_do_what(agency, browser, role, language):
    response = browser(make_user(role)).get(f"/{language}/who-may/")
    name = matrix().roles[role].get(language)
    assert (response.status_code, f'<h2 id="shown">{name}</h2>' in response.content.decode()) == (200, True)


def test_who_is_not_signed_in_does_not(client, today):
    assert client.get("/en/who-may/")["Location"] == "/en/sign-in/?next=/en/who-may/"


@pytest.mark.parametrize("action", list(matrix().actions))
def test_the_page_of_an_action_names_the_roles_that_may_and_no_other(officer, browser, action):
    response = browser(officer).get(f"/en/who-may/?action={action}")
    shown = {html.unescape(name).lower() for name in names(response)}
    expected = {matrix().roles[cell.role].en.lower() for cell in matrix().cells if cell.action == action}
    assert shown == expected


def test_the_matrix_to_take_along_has_every_cell(officer, browser):
    response = browser(officer).get("/en/who-may/everything.csv")
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines()))
    assert len(rows) == len(matrix().cells)
    assert all(row["Why"] for row in rows)


@pytest.mark.parametrize(
    "query", ["role=king", "action=nothing", "role=&action=", "role=officer&action=role.give"]
)
def test_a_choice_that_is_none_is_no_fault(officer, browser, query):
    assert browser(officer).get(f"/en/who-may/?{query}").status_code == 200


def test_one_role_costs_as_many_queries_as_three(
    administrator, officer, browser, give, django_assert_max_num_queries
):
    client, counted = browser(administrator), []
    for role in ("analyst", "auditor", "signer"):
        give(officer, role)
    for query in ("role=analyst", ""):
        client.get(f"/en/roles/?{query}")
        with django_assert_max_num_queries(60) as queries:
            response = client.get(f"/en/roles/?{query}")
        counted.append((len(names(response)), len(queries)))
    assert [rows for rows, _ in counted] == [1, 5]
    assert counted[0][1] == counted[1][1]
