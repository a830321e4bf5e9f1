"""What was measured of me, as I read it; and a message in time when a result expires."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests import factories
from tests.assessments.conftest import COMMAND, TODAY, asked, scored
from tests.assessments.test_pages import text_of
from veerkracht.register import clock
from veerkracht.register.assessments import actions
from veerkracht.register.errors import Refused
from veerkracht.register.people.models import Person
from veerkracht.register.sharing.models import Notice, Representation

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def signed_in(actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


@pytest.fixture
def daughter(person) -> Person:
    """Who speaks for the person."""
    found = factories.make_person(given="An")
    Representation.objects.create(
        person=person, representative=found, kind="administrator", from_date=date(2023, 1, 1), source="A judge",
        recorded_by_name="tests",
    )  # fmt: skip
    return found


def test_each_result_in_plain_words_until_when_and_what_to_do_then(person, daughter):
    asked(person)
    for category, on in (("a", date(2022, 1, 3)), ("b", date(2023, 3, 1))):
        actions.record_assessment(person, by=COMMAND, measured=scored(category, on=on))
    own, speaks = (signed_in(factories.make_own_actor(one)) for one in (person, daughter))
    stranger = signed_in(factories.make_own_actor(factories.make_person(given="Bo")))
    address = f"/en/my/for/{person.number}/assessments/"
    for client, where in ((own, "/en/my/assessments/"), (speaks, address)):
        page = text_of(client.get(where))
        words = (
            "Katz B", "Dr. Janssens (Physician)", "1 March 2024", "Expires soon", "Ask your doctor",
            "Higher staff norm", "Earlier results", "Katz A",
        )  # fmt: skip
        assert [one for one in words if one not in page] == []
    assert "Vraag uw huisarts" in text_of(own.get("/nl/my/assessments/"))
    assert stranger.get(address).status_code == 404
    assert "Nothing was measured yet" in text_of(stranger.get("/en/my/assessments/"))
    clock.stand_still_on(date(2024, 3, 1))
    page = text_of(own.get("/en/my/assessments/"))
    assert ["Counts no more" in page, "Higher staff norm" in page] == [True, False]
    # Whoever lets them see no assessments, is not read to them.
    Representation.objects.update(withheld=["assessment"])
    assert speaks.get(address).status_code == 404


def test_who_has_a_result_that_expires_and_who_speaks_for_them_are_told_once(person, daughter):
    asked(person)
    actions.record_assessment(person, by=COMMAND, measured=scored("b", on=date(2023, 3, 1)))
    quiet = factories.make_person(given="Cas")
    asked(quiet)
    actions.record_assessment(quiet, by=COMMAND, measured=scored("b", on=date(2023, 3, 1)))
    own, speaks = (factories.make_own_actor(one) for one in (person, daughter))
    with pytest.raises(Refused):
        actions.remind(by=factories.make_actor("officer"))
    clock.stand_still_on(date(2024, 1, 1) - timedelta(days=60))
    assert actions.remind(by=COMMAND) == 0
    clock.stand_still_on(TODAY + timedelta(days=30))
    assert [actions.remind(by=COMMAND) for _ in range(2)] == [1, 0]
    assert {one.user for one in Notice.objects.all()} == {own.user, speaks.user}
    page = signed_in(speaks).get("/en/notices/").content.decode()
    assert "counts until 1 March 2024" in page
    assert f"/en/my/for/{person.number}/assessments/" in page
