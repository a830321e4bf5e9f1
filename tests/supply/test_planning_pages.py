"""Capacity, the growth calendar, closing a place and files of places as pages; and who sees nothing of them."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.supply.conftest import TODAY, of_another
from tests.supply.test_capacity import lived_in
from tests.supply.test_files import HEADER, ROW
from tests.supply.test_growth import awarded
from tests.supply.test_pages import client_of, text_of
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply.models import Award, Unit


@pytest.mark.parametrize(
    ("language", "head", "closed"),
    [("nl", "Capaciteit", "te weinig personeel: 1"), ("en", "Capacity", "not enough staff: 1")],
)
def test_the_capacity_page_says_what_there_is_by_area_and_service(language, head, closed):
    lived_in("Elm House")
    lived_in("Refuge", organisation="Shelter", area="44021", secret=True)
    page = client_of(factories.make_actor("analyst")).get(
        f"/{language}/places/capacity/?level=region&days=30"
    )
    text = text_of(page)
    assert (page.status_code, head in text, closed in text, "Elm House" in text) == (200, True, True, True)
    # Why it is closed stands at its area and at its service.
    why, count = closed.split(": ")
    assert len(re.findall(f"{count} {why}(?!:)", text)) == 2
    assert ("Refuge" in text, "Shelter" in text, "Gent" in text) == (False, False, False)
    own = text_of(client_of(of_another("admission", "Shelter")).get(f"/{language}/places/capacity/"))
    assert ("Refuge" in own, "Gent" in own) == (True, True)


def test_capacity_of_another_day_tells_what_was_there_and_nothing_that_is_of_today_only():
    lived_in("Elm House")
    client = client_of(factories.make_actor("analyst"))

    words = ("Free now 2", "Free 5", "As it was on 15 December 2023", "Expected free on", "Held")

    def told(on: str) -> list[str]:
        # Under the explanation of the words.
        page = text_of(client.get(f"/en/places/capacity/?on={on}")).split("I know this now")[1]
        return [one for one in words if one in page]

    today = told("")
    assert today == ["Free now 2", "Expected free on", "Held"]
    assert told("2023-12-15") == ["Free 5", "As it was on 15 December 2023"]
    # What can't be a day, or lies where nothing can be known, is today.
    assert [told(on) for on in ("yesterday", "0001-01-01", "9999-12-31")] == [today] * 3
    row = client.get("/en/places/capacity/export.csv?on=2023-12-15").content.decode().splitlines()[1]
    assert row == "Elm House,The agency,personal-budget,,11001,,,5,5,,0,,5,0,,"


def test_the_capacity_goes_out_as_a_file_without_what_is_secret():
    lived_in("Elm House")
    lived_in("Refuge", organisation="Shelter", secret=True)
    for actor in (factories.make_actor("analyst"), of_another("admission", "Shelter")):
        rows = client_of(actor).get("/en/places/capacity/export.csv").content.decode().splitlines()
        assert [row.split(",")[0] for row in rows[1:]] == ["Elm House"]
    assert rows[1] == "Elm House,The agency,personal-budget,,11001,8,3,5,6,,2,1,2,1,staff: 1,"


def test_an_award_is_recorded_and_kept_by_the_pages(day):
    officer = client_of(factories.make_actor("officer"))
    elm = Organisation.objects.create(name="Elm House", kind="provider")
    said = {
        "organisation": elm.pk,
        "programme": "residential-care",
        "kind": "new",
        "units": 30,
        "area": "11001",
        "period_from": "2021-01-01",
        "on": "2020-06-01",
        "source": "Calendar 2021",
    }
    assert officer.post("/en/places/growth/award/", {**said, "units": 0}).status_code == 422
    assert officer.post("/en/places/growth/award/", said).status_code == 302
    award = Award.objects.get()
    late = {"version": 1, "on": "2022-07-02", "units": 31}
    wrong = officer.post(f"/en/places/growth/{award.pk}/realise/", late)
    assert (wrong.status_code, "Found: 31; expected: 1 to 30." in text_of(wrong)) == (422, True)
    steps = (
        ("postpone", {"version": 1, "on": "2021-03-01", "period_from": "2022-01-01", "reason": "Works"}),
        ("realise", {"version": 2, "on": "2022-07-02", "units": 18}),
        ("lapse", {"version": 3, "on": "2023-01-01", "units": 12, "reason": "No money"}),
    )
    for verb, facts in steps:
        assert officer.post(f"/en/places/growth/{award.pk}/{verb}/", facts).status_code == 302
    text = text_of(officer.get("/nl/places/growth/"))
    for words in ("30 uitgesteld tot 1 januari 2022", "18 in gebruik", "12 vervallen", "Calendar 2021"):
        assert words in text
    assert "18 van 30" in text
    file = officer.get("/nl/places/growth/export.csv?programme=residential-care").content
    again = officer.post("/nl/places/growth/import/", {"file": SimpleUploadedFile("calendar.csv", file)})
    assert (len(file.splitlines()), again.status_code, Award.objects.get().version) == (5, 302, 4)
    torn = SimpleUploadedFile("calendar.csv", file.replace(b"realised", b"sold"))
    wrong = officer.post("/nl/places/growth/import/", {"file": torn})
    assert (wrong.status_code, "Deze stap is er niet." in text_of(wrong)) == (422, True)


def test_who_may_not_sees_no_calendar_and_changes_nothing(admission):
    award = awarded(factories.make_actor("officer"))
    assert "Elm House" in text_of(client_of(admission).get("/en/places/growth/?year=2021"))
    for actor, path in (
        (admission, "/en/places/growth/award/"),
        (admission, "/en/places/growth/import/"),
        (factories.make_actor("auditor"), "/en/places/growth/export.csv"),
        (admission, f"/en/places/growth/{award.pk}/realise/"),
        (factories.make_actor("officer"), f"/en/places/growth/{award.pk}/sell/"),
        (factories.make_actor("auditor"), "/en/places/growth/"),
        (factories.make_actor("auditor"), "/en/places/capacity/"),
        (factories.make_actor("analyst"), "/en/places/capacity/?after=999999"),
        (factories.make_actor("analyst"), "/en/places/growth/?after=999999"),
        (factories.make_actor("officer"), "/en/places/import/"),
    ):
        assert client_of(actor).get(path).status_code == 404
    assert Award.objects.get().version == 1


def test_an_organisation_closes_and_opens_its_own_place_by_the_pages(unit, admission, stranger):
    own, other = client_of(admission), client_of(stranger)
    said = {"reason": "works", "from_date": TODAY.isoformat(), "reopens_on": ""}
    for client, status in ((other, 404), (own, 302), (own, 422)):
        assert client.post(f"/en/places/unit/{unit.pk}/close/", said).status_code == status
    page = text_of(own.get("/en/places/"))
    assert ("building or repair" in page, "Open again" in page) == (True, True)
    assert "Open again" not in text_of(other.get("/en/places/"))
    for client, status in ((other, 404), (own, 302), (own, 409)):
        assert client.post(f"/en/places/unit/{unit.pk}/open/").status_code == status
    assert own.get(f"/en/places/unit/{unit.pk}/open/").status_code == 405


def test_a_place_goes_away_for_good_or_stays_after_all_by_the_page(unit, admission, stranger):
    own, other = client_of(admission), client_of(stranger)
    path = f"/en/places/unit/{unit.pk}/end/"
    last = (TODAY + timedelta(days=30)).isoformat()
    before_it_began = (unit.from_date - timedelta(days=1)).isoformat()
    assert path.encode() in own.get(f"/en/places/unit/{unit.pk}/close/").content
    for client, on, status in (
        (other, last, 404),
        (own, before_it_began, 422),
        (own, "soon", 422),
        (own, last, 302),
    ):
        assert client.post(path, {"on": on}).status_code == status
    assert "there until 14 February 2024" in text_of(own.get("/en/places/"))
    assert own.post(path, {"on": ""}).status_code == 302
    assert (Unit.objects.get(pk=unit.pk).until_date, "there until" in text_of(own.get("/en/places/"))) == (
        None,
        False,
    )


def test_a_file_of_places_is_taken_in_or_told_what_is_wrong(day):
    Organisation.objects.create(name="Elm House", kind="provider")
    own = client_of(of_another("admission", "Elm House"))

    def sent(*rows: str):
        file = SimpleUploadedFile("places.csv", "\n".join([HEADER, *rows]).encode())
        return own.post("/en/places/import/", {"file": file})

    wrong = sent(ROW.replace("11001", "1"))
    assert (wrong.status_code, "There is no such municipality." in text_of(wrong)) == (422, True)
    assert (sent(ROW).status_code, Unit.objects.count()) == (302, 1)
    out = own.get("/en/places/export.csv").content.decode().splitlines()
    assert out[1] == (
        "Elm House,residential-care,Elm House,care-home,11001,Elm Street 1,Room 1,room,1,Ground floor,2020-01-01,,,,"
    )
