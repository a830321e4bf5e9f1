"""Forecast: what each role reads, numbers that are those of the forecast, bad questions, files, and what it costs."""

import csv
import dataclasses
import io
import json
import re
from datetime import date
from html import unescape

import pytest
from django.utils.translation import override

from tests import factories
from veerkracht import region
from veerkracht.forecast.whole import RegionForecast
from veerkracht.register import clock
from veerkracht.register.care.queries.forecasts import Answer, answer
from veerkracht.register.care.queries.questions import Question
from veerkracht.web.views import forecast_services

# What is drawn, shown and rounded hangs on no database; what is read for it does, and tests/queries tries that on both.
pytestmark = pytest.mark.once

PROGRAMME = "personal-budget"
DAY = date(2024, 1, 15)
ROLES = ("officer", "signer", "assessor", "reader", "analyst")
SMALL = "plan=twenty-million-every-year&against=constant-policy&years=2&runs=10"


@pytest.fixture
def staff(db):
    """Who works for one programme alone: what is not theirs is not played, which keeps these tests short."""
    clock.stand_still_on(DAY)
    return {role: factories.make_user(role, programme=PROGRAMME, username=role, name=role) for role in ROLES}


@pytest.fixture
def some_wait(staff):
    factories.make_credit()
    factories.make_queue(3, group=2)
    factories.make_request(group=1)


def page(client, asked=SMALL, language="en", tab=PROGRAMME):
    response = client.get(f"/{language}/forecast/{tab}/?{asked}")
    return response.status_code, response.content.decode()


@pytest.mark.parametrize("role", ["officer", "signer", "assessor", "reader", "analyst"])
@pytest.mark.parametrize(
    ("language", "title"), [("nl", "Wat verandert een plan?"), ("en", "What would a plan change?")]
)
def test_every_role_that_reads_figures_sees_it(as_role, some_wait, role, language, title):
    status, html = page(as_role(role), language=language)
    assert (status, re.search(r"<h1>(.*?)</h1>", html)[1], 'id="chart-list"' in html) == (200, title, True)


def test_a_person_finds_no_such_page(as_role, some_wait):
    assert page(as_role("person"))[0] == 404
    assert as_role("person").get(f"/en/forecast/?{SMALL}").status_code == 404
    assert as_role("officer").get(f"/en/forecast/?{SMALL}").status_code == 200


def test_who_is_not_signed_in_is_asked_to(client, some_wait):
    assert client.get("/en/forecast/")["Location"] == "/en/sign-in/?next=/en/forecast/"


def test_another_programme_is_not_there(as_role, some_wait):
    assert page(as_role("officer"), tab="nonsense")[0] == 404


@pytest.mark.parametrize("language", ["nl", "en"])
def test_nobody_is_named(as_role, some_wait, language):
    _, html = page(as_role("analyst"), language=language)
    assert (re.findall(r"V-\d{7}|Voorbeeld", html), "/list/" in html) == ([], False)


def test_more_money_is_one_click_away(as_role, some_wait):
    _, html = page(as_role("analyst"))
    asked = re.findall(r'class="ask" href="/en/forecast/\?plan=([a-z0-9-]+)&amp;against=([a-z-]+)"', html)
    plans = region.current().plans.values()
    assert sorted(asked) == sorted((plan.id, plan.builds_on) for plan in plans if plan.builds_on)


def test_unasked_it_sets_the_first_plan_that_adds_beside_what_it_adds_to(as_role, some_wait):
    _, html = page(as_role("analyst"), "years=1&runs=10")
    chosen = re.findall(r'<option value="([a-z0-9-]+)" selected', html)
    assert chosen == ["care-and-welfare-525-million", "constant-policy"]


def test_numbers_are_those_of_the_forecast(as_role, some_wait):
    _, html = page(as_role("officer"))
    question = Question("twenty-million-every-year", "constant-policy", years=2, runs=10)
    found = answer(factories.make_actor("analyst", programme=PROGRAMME), question)
    end = found.one.series().filter(series=f"{PROGRAMME}.waiting.total").row(-1, named=True)
    shown = [unescape(text) for text in re.findall(r"<dt>Waiting requests</dt><dd>(.*?)<small>", html)]
    assert shown == [f"{round(end['p50'] + 1e-9):,}"]


def test_one_plan_alone_has_no_difference(as_role, some_wait):
    status, html = page(as_role("officer"), "plan=constant-policy&against=-&years=1&runs=10")
    assert (status, 'id="chart-difference"' in html, "What the plan changes" in html) == (200, False, False)


def test_it_can_start_from_an_earlier_list(as_role, some_wait):
    _, html = page(as_role("officer"), f"{SMALL}&start=2021-03-02")
    assert "of 2021-03-02" in html


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ("years=0", "years"),
        ("years=21", "years"),
        ("years=ten", "years"),
        ("runs=9", "runs"),
        ("runs=1001", "runs"),
        ("plan=world-peace", "plan"),
        ("against=world-peace", "against"),
        ("plan=constant-policy&against=constant-policy", "against"),
        ("start=2024-01-16", "start"),
        ("start=2016-03-31", "start"),
        ("start=yesterday", "start"),
        ("seed=-1", "seed"),
        ("seed=99999999999", "seed"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_bad_question_is_told_at_its_field(as_role, some_wait, asked, field, language):
    status, html = page(as_role("analyst"), asked, language)
    assert (status, re.findall(r'id="id_(\w+)_error"', html)) == (422, [field])
    assert 'role="alert"' in html


def test_the_first_day_of_the_programme_is_no_fault(as_role, some_wait):
    status, html = page(as_role("officer"), f"{SMALL}&start=2016-04-01")
    assert (status, 'id="chart-list"' in html) == (200, True)


def test_csv_holds_both_plans_and_the_difference(as_role, some_wait):
    response = as_role("analyst").get(f"/en/forecast/?{SMALL}&take=csv")
    name = "forecast-twenty-million-every-year-constant-policy-2024-01-15.csv"
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert list(dict.fromkeys((row["plan"], row["against"]) for row in rows)) == [
        ("twenty-million-every-year", ""),
        ("constant-policy", ""),
        ("twenty-million-every-year", "constant-policy"),
    ]
    assert list(rows[0]) == [
        *("plan", "against", "series", "date"),
        *("p2_5", "p10", "p25", "p50", "p75", "p90", "p97_5", "mean"),
    ]


def test_json_is_that_of_the_command(as_role, some_wait):
    told = json.loads(as_role("analyst").get(f"/en/forecast/?{SMALL}&take=json").content)
    assert (told["plan"], told["against"]["plan"], told["difference"]["against"], told["runs"]) == (
        "twenty-million-every-year",
        "constant-policy",
        "constant-policy",
        10,
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_report_is_in_the_language_of_the_page(as_role, some_wait, language):
    html = as_role("analyst").get(f"/{language}/forecast/?{SMALL}&take=html").content.decode()
    assert f'<html lang="{language}"' in html


CHARTS = [
    "list",
    "list-group-1",
    "list-group-2",
    "list-group-3",
    "difference",
    "holders",
    "granted",
    "money-used",
    "money-left",
]


def test_every_chart_can_be_taken_along(as_role, some_wait):
    client = as_role("analyst")
    _, html = page(client)
    drawn = re.findall(r'id="chart-([a-z0-9-]+)"', html)
    assert [id for id in drawn if not id.startswith("turns-")] == CHARTS
    for id in drawn:
        response = client.get(f"/en/forecast/{PROGRAMME}/?{SMALL}&download={id}")
        assert response["Content-Disposition"] == f'attachment; filename="{id}.csv"'


def test_published_figures_stand_before_the_start(as_role, some_wait):
    response = as_role("analyst").get(f"/en/forecast/{PROGRAMME}/?{SMALL}&download=list")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(response.content.decode("utf-8-sig")))}
    assert rows["2023-12-31"] == ["17678.0", *[""] * 6]
    assert (rows["2024-01-15"][:2], max(rows)) == (["", "4.0"], "Date")


def test_the_script_gets_a_part_of_the_page(as_role, some_wait):
    client = as_role("analyst")
    part = client.get(f"/en/forecast/?{SMALL}", headers={"HX-Request": "true"}).content.decode()
    assert ("<h1>" in part, part.strip().startswith('<div id="forecast"')) == (False, True)
    wrong = client.get("/en/forecast/?years=0", headers={"HX-Request": "true"})
    assert (wrong.status_code, 'role="alert"' in wrong.content.decode()) == (200, True)


def test_an_empty_list_can_be_played(as_role, staff):
    status, html = page(as_role("officer"))
    assert (status, "Nobody waits in this group." in html) == (200, True)


def test_more_waiting_people_cost_no_more_queries(as_role, staff, assert_queries):
    client = as_role("officer")
    factories.make_request()
    page(client)
    with assert_queries(16, columns=1):
        page(client)
    factories.make_queue(2)
    with assert_queries(16, columns=1):
        page(client)


def test_the_day_of_the_demo_is_the_start(as_role, some_wait):
    told = json.loads(as_role("analyst").get(f"/en/forecast/?{SMALL}&take=json").content)
    assert told["start"] == clock.today().isoformat()


def test_what_a_plan_did_before_the_start_is_told_with_the_difference():
    """A difference of nothing for homes would else read as a plan that does nothing for them."""
    here = region.current()
    start = date(2024, 1, 15)

    def asked(plan, against):
        one, other = (
            RegionForecast(here.id, here.name, here.plan(id), start, date(2026, 1, 15), 1, 1, (start,), ())
            for id in (plan, against)
        )
        return Answer(one, other, None, here)

    enlarged = asked("care-and-welfare-525-million", "constant-policy")
    with override("nl"):
        assert forecast_services.of_the_plan(enlarged, "residential-care") == [
            "Van “Zorg en welzijn: 525 miljoen” was dit al begonnen op 15 januari 2024: VIA6: lonen in woonzorgcentra; "
            "VIA6: alle zwaar zorgbehoevende bewoners aan de hogere personeelsnorm; VIA6: extra medewerkers voor "
            "kwaliteit in woonzorgcentra. Het zit in het begin van beide plannen en maakt hier dus geen verschil meer."
        ]
    with override("en"):
        assert forecast_services.of_the_plan(
            asked("twenty-million-every-year", "constant-policy"), "youth-help"
        ) == [
            "“Another 20 million every year (exercise)” has no measure for this kind of help, nor for its staff."
        ]
    assert (
        forecast_services.of_the_plan(dataclasses.replace(enlarged, against=None), "residential-care") == []
    )


def test_lines_of_which_one_lies_under_another_say_so():
    rows = [(date(2024, 12, 31), 1.0, 1.0, 5.0, 9.0, 9.0)]
    fewer = [(date(2024, 12, 31), 1.0, 1.0, 4.0, 9.0, 9.0)]
    middle = "The middle of all plays; the ranges are under “Year by year”. The axis does not begin at zero."
    found = [("home.places.recognised", rows), ("home.places.open", rows), ("home.places.staffed", fewer)]
    with override("en"):
        same = forecast_services.reading(found)
        apart = forecast_services.reading([found[0], ("home.places.open", fewer)])
    assert (same, apart) == (f"{middle} Recognised places and open places are one line here.", middle)
