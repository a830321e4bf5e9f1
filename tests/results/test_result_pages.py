"""Results as pages: what is shown to whom, reporting, confirming and settling by the forms."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.pages import client_of, text_of
from tests.results.making import confirmed, report
from veerkracht.register.results.models import Confirmation, ReconciliationNote, Report

REPORT = {"on": "2023-08-09", "value": "24", "evidence": "Counted", "document": "Yearbook", "url": ""}
HOUSES = "/en/money/results/youth-houses/houses/"


@pytest.mark.parametrize(
    ("language", "late", "undefined"), [("nl", "Te laat", "Niet gedefinieerd"), ("en", "Late", "Undefined")]
)
def test_the_page_shows_what_is_late_before_all_else(officer, language, late, undefined):
    page = text_of(client_of(officer).get(f"/{language}/money/results/"))
    rows = page[page.index("Filter") :]
    assert 0 < rows.index(late) < rows.index("Call published") + 200
    assert rows.index("Call published") < rows.index("Young people feel better") < rows.index("Houses open")
    assert undefined in page


def test_filters_and_the_file_show_the_same_rows(officer):
    client = client_of(officer)
    page = text_of(client.get("/en/money/results/?state=undefined&kind=outcome&measure=nothing"))
    assert "1 of 5 milestones" in page
    lines = client.get("/en/money/results/export.csv?state=undefined").content.decode().splitlines()
    assert [line.split(",")[2] for line in lines] == ["milestone", "wellbeing"]
    assert (
        client.get("/en/money/results/export.csv?state=met").content.decode("utf-8-sig")
        == "Nothing found\r\n"
    )


def test_a_result_is_reported_confirmed_and_corrected_by_the_pages(owner, officer):
    reporter, judge = client_of(owner), client_of(officer)
    assert reporter.post(HOUSES, REPORT).status_code == 302
    made = Report.objects.get()
    address = f"/en/money/results/reports/{made.pk}/confirm/"
    assert "This is right" in text_of(judge.get(HOUSES))
    assert judge.post(address, {"agrees": "yes", "text": ""}).status_code == 302
    assert (Confirmation.objects.get().agrees, "Met" in text_of(reporter.get(HOUSES))) == (True, True)
    assert reporter.post(HOUSES, {**REPORT, "value": "1.024,5", "corrects": str(made.pk)}).status_code == 302
    assert (Report.objects.last().corrects_id, float(Report.objects.last().value)) == (made.pk, 1024.5)
    assert "Corrected" in text_of(judge.get(HOUSES))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"value": "many"}, "This is no number: many."),
        ({"value": "-3"}, "A number from 0 to"),
        ({"on": "2020-12-31"}, "31-12-2020 is before the measure began"),
        ({"on": "2030-01-01"}, "is still to come"),
        ({"on": "soon"}, "Enter a valid date."),
        ({"document": ""}, "Give the title of a document"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(owner, change, words):
    answer = client_of(owner).post(HOUSES, {**REPORT, **change})
    assert (answer.status_code, words in text_of(answer), Report.objects.count()) == (422, True, 0)


def test_who_may_not_finds_no_form_and_no_page(owner, officer, day):
    made = report(owner)
    reader, stranger = (
        client_of(factories.make_actor("analyst")),
        client_of(factories.make_actor("case-worker")),
    )
    assert reader.get(HOUSES).status_code == 200
    assert "Title of the document" not in text_of(reader.get(HOUSES))
    address = f"/en/money/results/reports/{made.pk}/confirm/"
    assert [reader.post(HOUSES, REPORT).status_code, reader.post(address, {}).status_code] == [404, 404]
    pages = [
        "/en/money/results/",
        "/en/money/results/export.csv",
        HOUSES,
        "/en/money/results/figures/how-much/",
    ]
    assert [stranger.get(page).status_code for page in pages] == [404] * 4
    hidden, absent = stranger.get(HOUSES), stranger.get("/en/money/results/no/such/")
    assert text_of(hidden) == text_of(absent)
    own = client_of(owner).post(address, {"agrees": "yes"})
    assert (own.status_code, Confirmation.objects.count()) == (404, 0)
    assert client_of(officer).get(address).status_code == 404


def test_figures_are_explained_and_settled_by_the_pages(owner, officer):
    address = "/en/money/results/figures/how-much/"
    first, second = client_of(owner), client_of(officer)
    page = text_of(first.get(address))
    assert ("525,000,000" in page, "538,000,000" in page, "Settle" in page) == (True, True, False)
    assert first.post(address, {"kind": "explained", "text": "Another scope"}).status_code == 302
    note = ReconciliationNote.objects.get()
    assert first.post(address, {"settle": note.pk, "text": "I agree"}).status_code == 404
    assert second.post(address, {"settle": note.pk, "text": ""}).status_code == 422
    assert second.post(address, {"settle": note.pk, "text": "Agreed"}).status_code == 302
    late = client_of(factories.make_actor("budget-officer")).post(address, {"settle": note.pk, "text": "Too"})
    assert (late.status_code, ReconciliationNote.objects.count()) == (409, 2)


def test_the_number_of_queries_does_not_grow_with_the_reports(officer, django_assert_num_queries):
    client = client_of(officer)
    client.get("/en/money/results/")
    confirmed()
    for address in ("/en/money/results/", HOUSES):
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        for month in (1, 2):
            confirmed(on=date(2023, month, 1), value="14")
        with django_assert_num_queries(len(one)):
            client.get(address)
