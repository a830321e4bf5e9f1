"""Staff as pages: read, reported, corrected, brought from a file; who may, and what nobody may learn."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.pages import client_of, text_of
from tests.staff.conftest import TODAY, make_count, make_flow, make_home, staff
from tests.staff.test_import import COUNTS, bad, data
from tests.supply.conftest import of_another
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff.models import StaffCount, StaffFlow
from veerkracht.register.staff.queries.places import staffed_places


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("nl", ("8,5", "(1 van 2)", "Bekendgemaakte voltijdse banen", "Zelf vertrokken")),
        ("en", ("8.5", "(1 of 2)", "Published full-time equivalents", "Left by themselves")),
    ],
)
def test_the_page_shows_what_is_reported_beside_what_is_published(home, analyst, language, said):
    make_count(home, persons=10, fte_hundredths=850, sick_per_thousand=105)
    make_count(home, "care-assistant", persons=20)
    make_flow(TODAY - timedelta(days=200), TODAY - timedelta(days=20), starters=3, quit=2)
    answer = client_of(analyst).get(f"/{language}/staff/")
    page = text_of(answer)
    assert (answer.status_code, [words in page for words in said]) == (200, [True] * 4)
    assert "staff/record" not in answer.content.decode()
    only = text_of(client_of(analyst).get(f"/{language}/staff/?profession=care-assistant"))
    assert (said[0] in only, "20" in only) == (False, True)


def test_who_reports_does_so_by_the_form_and_reads_what_is_wrong_at_its_field(home, admission):
    client = client_of(admission)
    form = {"service": str(home.pk), "profession": "nurse", "sector": "residential-care", "on": "2024-01-01"}
    wrong = client.post("/en/staff/record/counts/", {**form, "persons": "8", "fte": "8.505", "source": "HR"})
    assert (wrong.status_code, "a number of 0 or more with at most two decimals" in text_of(wrong)) == (
        422,
        True,
    )
    over = client.post("/en/staff/record/counts/", {**form, "persons": "8", "fte": "8.5", "source": "HR"})
    assert (over.status_code, "expected: at most 8, the number of persons" in text_of(over)) == (422, True)
    assert StaffCount.objects.count() == 0
    good = client.post("/en/staff/record/counts/", {**form, "persons": "9", "fte": "8,5", "source": "HR"})
    count = StaffCount.objects.get()
    assert (good.status_code, good["location"], count.fte_hundredths, count.area) == (
        302,
        "/en/staff/",
        850,
        "11001",
    )
    flow = {**form, "from": "2023-01-01", "until": "2023-12-31", "quit": "2", "source": "HR"}
    assert client.post("/en/staff/record/flows/", flow).status_code == 302
    assert (StaffFlow.objects.get().quit, StaffFlow.objects.get().starters) == (2, None)
    assert [
        client.get(f"/en/staff/record/{kind}/").status_code for kind in ("counts", "flows", "training")
    ] == [
        200,
        200,
        404,
    ]


def test_a_count_is_corrected_and_its_old_version_stays_on_the_page(home, admission, analyst):
    count = make_count(home, persons=10, fte_hundredths=850)
    client, address = client_of(admission), f"/en/staff/count/{count.pk}/"
    better = {"persons": "9", "fte": "7.5", "source": "HR", "reason": "Counted twice"}
    assert client.post(address, {**better, "reason": ""}).status_code == 422
    done = client.post(address, better)
    new = StaffCount.objects.get(version=2)
    assert (done.status_code, done["location"]) == (302, f"/en/staff/count/{new.pk}/")
    late = client.post(address, better)
    assert (late.status_code, "Somebody else has changed this" in text_of(late)) == (409, True)
    page = text_of(client_of(analyst).get(done["location"]))
    assert [words in page for words in ("7.5", "8.5", "Counted twice", "Correct it")] == [
        True,
        True,
        True,
        False,
    ]
    assert client_of(analyst).post(address, better).status_code == 200
    assert StaffCount.objects.count() == 2


def test_a_file_is_brought_by_the_page(home, admission):
    client = client_of(admission)

    def bring(*lines: str):
        return client.post("/nl/staff/import/", {"file": SimpleUploadedFile("a.csv", data(COUNTS, *lines))})

    wrong = bring(bad(fte="10.01"))
    assert (wrong.status_code, "hoogstens 10, het aantal mensen" in text_of(wrong)) == (422, True)
    good = bring(bad())
    assert (good.status_code, "Opgenomen: 1 nieuw" in text_of(good), StaffCount.objects.count()) == (
        200,
        True,
        1,
    )


def test_what_is_not_ones_own_is_not_there(home, analyst):
    refuge = make_home("Refuge", organisation="Another house", secret=True)
    hidden, stranger = make_count(refuge, persons=43_977), of_another("admission")
    for role, reads in (("analyst", True), ("officer", False), ("auditor", False)):
        client = client_of(factories.make_actor(role))
        addresses = ("staff/", "staff/places/", "staff/export/counts.csv", "staff/places/export.csv")
        assert [client.get(f"/en/{one}").status_code for one in addresses] == [200 if reads else 404] * 4
        everything = " ".join(text_of(client.get(f"/en/{one}")) for one in addresses)
        assert ("Refuge" in everything, "43977" in everything.replace(",", "")) == (False, False)
        assert [client.get(f"/en/staff/{one}/").status_code for one in ("record/counts", "import")] == [
            404,
            404,
        ]
    answers = [client_of(analyst).get(f"/en/staff/count/{id}/") for id in (hidden.pk, 10**9)]
    assert {one.status_code for one in answers} == {404}
    assert text_of(answers[0]) == text_of(answers[1])
    assert "43977" in text_of(client_of(stranger).get(f"/en/staff/count/{hidden.pk}/")).replace(",", "")
    assert (
        client_of(stranger).post(f"/en/staff/count/{make_count(home).pk}/", {"persons": "1"}).status_code
        == 200
    )
    assert StaffCount.objects.filter(version=2).count() == 0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "nl",
            ("Tekort", "0,43 voltijds voor: 13 voltijdse zorgwerkers", "geen telling van al het personeel"),
        ),
        ("en", ("Short", "0.43 FTE for: 13 full-time carers", "no count of all the staff")),
    ],
)
def test_the_page_of_places_says_what_is_staffed_short_and_unknown(home, analyst, language, said):
    staff(home, 34, 53)
    make_home("Never counted", 2)
    answer = client_of(analyst).get(f"/{language}/staff/places/")
    page = text_of(answer)
    assert [words in page for words in said] == [True] * 3
    file = (
        client_of(analyst)
        .get(f"/{language}/staff/places/export.csv")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert file[1:] == [
        "A home,The agency,residential-care,11001,,3,2,0,0,2,0.43,2024-01-15,",
        "Never counted,The agency,residential-care,11001,,2,,0,0,,,,no-count",
    ]
    other = client_of(analyst).get(f"/{language}/staff/places/?programme=youth-help")
    assert ("A home" in page, "A home" in text_of(other)) == (True, False)


def test_the_number_of_queries_does_not_grow(home, analyst, django_assert_num_queries):
    client = client_of(analyst)
    make_count(home)
    addresses = ("/en/staff/", "/en/staff/places/")
    for address in addresses:
        client.get(address)
    queries = []
    for address in addresses:
        with CaptureQueriesContext(connection) as one:
            client.get(address)
        queries.append(len(one))
    for name in ("B", "C"):
        make_count(make_home(name, organisation=f"House {name}"))
        make_count(organisation=Organisation.objects.get(name=f"House {name}"))
    for address, number in zip(addresses, queries, strict=True):
        with django_assert_num_queries(number):
            client.get(address)


def test_services_come_page_by_page(analyst):
    for name in "ABC":
        make_home(name, 1)
    first = staffed_places(analyst, size=2)
    second = staffed_places(analyst, size=2, after=first.after)
    assert [[one.service.name for one in page.rows] for page in (first, second)] == [["A", "B"], ["C"]]
    assert (second.after, first.whole.open, second.whole.open) == ("", 3, 3)
    for page in ("staff/places/", "staff/"):
        assert client_of(analyst).get(f"/en/{page}?after=999999").status_code == 404
