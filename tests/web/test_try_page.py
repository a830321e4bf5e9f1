"""Try a rule: winners and losers on the page, faults of a draft at their field, who may, and what it costs."""

import csv
import io
import re
from html import unescape

import pytest

from tests import factories
from veerkracht.register.care.models import Round, Step

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = pytest.mark.once

# What category 12 asks in 2024 is 54,426.77 euro: this is enough for two.
MONEY = "120000"
HALF_TO_THREE = {"money": MONEY, "share-group-1": "50", "share-group-2": "0", "share-group-3": "50"}


@pytest.fixture
def queue(staff):
    """Three in group 1; one of group 3 with a small request, by a name that must not leak."""
    factories.make_credit(120_000)
    secret = factories.make_person(given="Zed", family="Geheimzinnig", area="44021")
    return [*factories.make_queue(3), factories.make_request(secret, group=3, category="2")]


def tried(client, asked, language="en"):
    response = client.get(f"/{language}/try/", asked)
    return response.status_code, unescape(response.content.decode())


def stat(html, name):
    return int(re.search(rf"<dt>{name}</dt><dd>(\d+)<small>", html)[1])


def numbers_in(html, head):
    part = html.split(f'aria-labelledby="{head}"')[1].split("</section>")[0]
    return re.findall(r"/file/(V-\d{7})/", part)


@pytest.mark.parametrize("role", ["officer", "signer", "analyst"])
@pytest.mark.parametrize(("language", "title"), [("nl", "Regel proberen"), ("en", "Try a rule")])
def test_who_may_look_at_a_round_before_it_is_one_may_try(as_role, queue, role, language, title):
    response = as_role(role).get(f"/{language}/try/")
    html = response.content.decode()
    assert (response.status_code, re.search(r"<title>(.*?) ·", html)[1]) == (200, title)


@pytest.mark.parametrize("path", ["try/", "try/turns/"])
@pytest.mark.parametrize("role", ["assessor", "reader", "person"])
def test_others_find_no_such_page(as_role, queue, role, path):
    assert as_role(role).get(f"/en/{path}", HALF_TO_THREE).status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, queue):
    assert client.get("/en/try/")["Location"] == "/en/sign-in/?next=/en/try/"


def test_the_form_says_what_is_in_force(as_role, queue):
    _, html = tried(as_role("officer"), {})
    assert re.search(r'name="order" value="([^"]*)"', html)[1] == "priority_group, priority_date, id"
    assert re.findall(r'name="share-group-\d" value="([\d.]+)"', html) == ["100", "0", "0"]
    assert re.search(r'id="id_condition-adult"[^>]*>\s*([^<]*)<', html)[1] == "age >= 18"
    assert re.search(r'name="money" value="(\d+)"', html)[1] == MONEY


def test_it_says_that_nothing_changes_from_here(as_role, queue):
    _, html = tried(as_role("officer"), {})
    assert ("a round that a signer signs" in html, "Nothing is stored." in html) == (True, True)


def test_another_split_has_winners_and_losers(as_role, queue):
    status, html = tried(as_role("officer"), HALF_TO_THREE)
    assert (status, stat(html, "Win"), stat(html, "Lose")) == (200, 1, 1)
    assert (numbers_in(html, "win-head"), numbers_in(html, "lose-head")) == (
        [queue[3].number],
        [queue[1].number],
    )


def test_another_order_has_winners_and_losers(as_role, queue):
    asked = {"money": "60000", "order": "-priority_date, id"}
    _, html = tried(as_role("officer"), asked)
    assert (numbers_in(html, "win-head"), numbers_in(html, "lose-head")) == (
        [queue[2].number],
        [queue[0].number],
    )


def test_a_dropped_condition_lets_others_in(as_role, queue):
    waiting = factories.make_request(complete=False)
    _, html = tried(as_role("officer"), {"money": "1000000", "condition-complete": ""})
    assert (stat(html, "Lose"), numbers_in(html, "win-head")) == (0, [waiting.number])


def test_a_condition_can_be_made_stricter(as_role, queue):
    _, html = tried(
        as_role("officer"), {"money": "1000000", "condition-adult": "age >= 18 AND kind = 'rest'"}
    )
    assert (stat(html, "Win"), stat(html, "Lose")) == (0, 4)


def test_who_fits_may_be_served(as_role, queue):
    _, html = tried(as_role("officer"), {"money": "125000", "strict": "no"})
    assert numbers_in(html, "win-head") == [queue[3].number]


def test_nothing_is_kept(as_role, queue):
    steps = Step.objects.count()
    tried(as_role("officer"), HALF_TO_THREE)
    assert (Round.objects.count(), Step.objects.count()) == (0, steps)


def test_an_analyst_sees_numbers_and_nobody(as_role, queue):
    _, html = tried(as_role("analyst"), HALF_TO_THREE)
    assert (stat(html, "Win") % 5, re.findall(r"V-\d{7}|Geheimzinnig", html)) == (0, [])
    assert "Geheimzinnig" in tried(as_role("officer"), HALF_TO_THREE)[1]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"money": ""}, "money"),
        ({"money": "0"}, "money"),
        ({"money": "-5"}, "money"),
        ({"money": "much"}, "money"),
        ({"on": "2016-03-31"}, "on"),
        ({"on": "soon"}, "on"),
        ({"plan": "world-peace"}, "plan"),
        ({"share-group-1": "90"}, "share-group-1"),
        ({"share-group-2": "-1"}, "share-group-2"),
        ({"share-group-3": "a bit"}, "share-group-3"),
        ({"strict": "perhaps"}, "strict"),
        ({"order": "priority_date"}, "order"),
        ({"order": "shoe_size, id"}, "order"),
        ({"order": "area, id"}, "order"),
        ({"order": ""}, "order"),
        ({"condition-adult": "agee >= 18"}, "condition-adult"),
        ({"condition-adult": "age >="}, "condition-adult"),
        ({"condition-adult": "age + 1"}, "condition-adult"),
        ({"condition-adult": "age > mean(age)"}, "condition-adult"),
        ({"condition-complete": "complete AND 'x'"}, "condition-complete"),
        ({"condition-complete": "x" * 401}, "condition-complete"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_bad_rule_is_told_at_its_field(as_role, queue, asked, field, language):
    status, html = tried(as_role("officer"), {"money": MONEY, **asked}, language)
    assert (status, re.findall(r'id="id_([\w-]+)_error"', html)) == (422, [field])
    assert ('role="alert"' in html, "chart-by-group" in html) == (True, False)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "The rule names a column that the programme does not declare. Found: agee. Expected: “age”.",
        ),
        ("nl", "De regel noemt een kolom die het programma niet kent. Gevonden: agee. Verwacht: “age”."),
    ],
)
def test_a_fault_says_what_was_found_and_what_was_expected(as_role, queue, language, said):
    _, html = tried(as_role("officer"), {"money": MONEY, "condition-adult": "agee >= 18"}, language)
    assert said in html


def test_every_fault_is_told_at_once(as_role, queue):
    asked = {"money": "", "order": "id, id", "condition-adult": "", "condition-complete": "complet"}
    _, html = tried(as_role("officer"), asked)
    assert re.findall(r'id="id_([\w-]+)_error"', html) == ["money", "order", "condition-complete"]


def test_unchanged_rules_are_no_draft(as_role, queue):
    status, html = tried(as_role("officer"), {"money": MONEY})
    assert (status, "Change something first." in html) == (422, True)


def test_another_programme_is_not_there(as_role, queue):
    assert tried(as_role("officer"), {"programme": "nonsense"})[0] == 404


def test_the_examples_can_be_tried(as_role, queue):
    client = as_role("officer")
    addresses = re.findall(r'class="ask" href="([^"]+)"', tried(client, {})[1])
    assert [client.get(address).status_code for address in addresses] == [200] * 4


@pytest.mark.parametrize("chart", ["by-group", "by-age", "by-province", "by-area"])
def test_every_chart_can_be_taken_along(as_role, queue, chart):
    response = as_role("officer").get("/en/try/", {**HALF_TO_THREE, "download": chart})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert response["Content-Disposition"] == f'attachment; filename="{chart}.csv"'
    waiting = [int(float(row[1])) for row in rows[1:]]
    assert sum(waiting) == 4


def test_the_script_gets_a_part_of_the_page(as_role, queue):
    client = as_role("officer")
    part = client.get("/en/try/", HALF_TO_THREE, headers={"HX-Request": "true"})
    assert ("<h1>" in part.content.decode(), part.status_code) == (False, 200)
    wrong = client.get("/en/try/", {"money": "-1"}, headers={"HX-Request": "true"})
    assert (wrong.status_code, 'role="alert"' in wrong.content.decode()) == (200, True)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_expected_turns_by_the_draft(as_role, queue, language):
    client = as_role("analyst")
    whole = client.get(f"/{language}/try/turns/", HALF_TO_THREE)
    part = client.get(f"/{language}/try/turns/", HALF_TO_THREE, headers={"HX-Request": "true"})
    assert ("<h1>" in whole.content.decode(), "<h1>" in part.content.decode()) == (True, False)
    heads = re.findall(r'<th scope="row"[^>]*>([^<]*)<', part.content.decode())
    assert len(heads) == 3


def test_turns_of_a_bad_draft_are_refused_in_words(as_role, queue):
    response = as_role("analyst").get("/en/try/turns/", {"money": MONEY, "order": "shoe_size, id"})
    assert (response.status_code, "The draft has faults" in response.content.decode()) == (422, True)
    assert as_role("analyst").get("/en/try/turns/", {"money": MONEY}).status_code == 422


def test_more_waiting_people_cost_no_more_queries(as_role, queue, assert_queries):
    client = as_role("officer")
    tried(client, HALF_TO_THREE)
    with assert_queries(10, columns=1):
        tried(client, HALF_TO_THREE)
    factories.make_queue(2)
    with assert_queries(10, columns=1):
        tried(client, HALF_TO_THREE)
