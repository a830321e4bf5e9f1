"""Just in case is asked again, silence stands aside, and who comes to live in a home is settled on every list."""

from datetime import date, timedelta

import pytest
from django.test import Client

from tests.factories import make_actor, make_own_actor, make_person
from tests.lists.conftest import TODAY
from tests.lists.factories import TESTS, make_asking, make_entry, make_home, make_waiting, officer_of
from veerkracht.register import clock, verify
from veerkracht.register.care import serving
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists import actions
from veerkracht.register.lists.actions import Sweep, after_admission, answer_still_wanted, sweep
from veerkracht.register.lists.models import Entry
from veerkracht.register.lists.queries import ranked
from veerkracht.register.sharing.models import Notice, Representation

pytestmark = pytest.mark.django_db


def told(entry: Entry) -> tuple[str, str, date | None, date | None]:
    one = Entry.objects.get(pk=entry.pk)
    return one.state, one.when_ready, one.ask_again_on, one.answer_by


def test_just_in_case_is_asked_again_and_silence_stands_aside_without_losing_the_date():
    home = make_home()
    entry = make_waiting(home, on=date(2023, 8, 1), when_ready="later")
    answers = make_waiting(home, on=date(2023, 8, 1), when_ready="later")
    assert told(entry) == ("waiting", "later", date(2024, 2, 1), None)
    assert ranked(home) == []
    assert sweep(by=TESTS) == Sweep(0, 0, 0, 0)
    clock.stand_still_on(date(2024, 2, 1))
    assert sweep(by=TESTS) == Sweep(2, 0, 0, 0)
    assert sweep(by=TESTS) == Sweep(0, 0, 0, 0)
    assert told(entry) == ("waiting", "later", date(2024, 2, 1), date(2024, 3, 2))
    answer_still_wanted(answers, by=make_own_actor(answers.request.person), wanted=True, ready=True)
    assert told(answers) == ("waiting", "now", None, None)
    assert [one.entry_id for one in ranked(home)] == [answers.pk]
    clock.stand_still_on(date(2024, 3, 3))
    assert sweep(by=TESTS) == Sweep(0, 1, 0, 0)
    assert told(entry) == ("parked", "later", None, None)
    answer_still_wanted(entry, by=TESTS, wanted=True)
    assert told(entry) == ("waiting", "later", date(2024, 9, 3), None)
    assert Entry.objects.get(pk=entry.pk).list_date == date(2023, 8, 1)
    answer_still_wanted(entry, by=TESTS, wanted=False)
    assert told(entry) == ("off", "later", None, None)
    assert verify.run() == []


def test_who_is_asked_again_and_who_speaks_for_them_are_told_once_for_all_homes():
    request = make_asking()
    for home in (make_home(), make_home()):
        make_entry(home, request, on=date(2023, 8, 1), when_ready="later")
    withheld, daughter = make_person(given="Bo"), make_person(given="An")
    for one, fields in ((withheld, ["request"]), (daughter, [])):
        Representation.objects.create(
            person=request.person, representative=one, kind="administrator", withheld=fields, source="A judge",
            from_date=date(2023, 1, 1), recorded_by_name="tests",
        )  # fmt: skip
    own, hers = make_own_actor(request.person), make_own_actor(daughter)
    make_own_actor(withheld)
    clock.stand_still_on(date(2024, 2, 1))
    assert [sweep(by=TESTS).asked for _ in range(2)] == [2, 0]
    assert {(one.user, one.kind) for one in Notice.objects.all()} == {
        (own.user, "entry-asked-again"),
        (hers.user, "entry-asked-again"),
    }
    assert Notice.objects.count() == 2
    client = Client()
    client.force_login(hers.user)
    page = client.get("/en/notices/").content.decode()
    assert "Please answer by 2 March 2024." in page
    address = f"/en/my/for/{request.person.number}/homes/"
    assert [address in page, "Please answer by 2 March 2024" in client.get(address).content.decode()] == [
        True,
        True,
    ]


def test_who_stood_aside_until_a_day_takes_part_again_on_it():
    entry = make_waiting(make_home())
    actions.park(entry, by=TESTS, reason="in-hospital", until=TODAY + timedelta(days=7))
    clock.stand_still_on(TODAY + timedelta(days=7))
    assert sweep(by=TESTS) == Sweep(0, 0, 1, 0)
    assert told(entry) == ("waiting", "now", None, None)


def test_only_the_daily_command_sweeps():
    for role in ("officer", "admission", "reader"):
        with pytest.raises(Refused):
            sweep(by=make_actor(role))


def test_after_an_admission_the_other_homes_ask_and_the_date_goes_over_to_a_new_request():
    home, other = make_home(), make_home()
    request = make_asking()
    here, there = make_entry(home, request), make_entry(other, request, on=date(2022, 5, 1))
    with pytest.raises(Refused):
        after_admission(request, home, by=officer_of(other))
    serving.serve(request, by=TESTS, on=TODAY)
    after_admission(request, home, by=officer_of(home))
    assert told(here)[0] == "admitted"
    assert told(there) == ("parked", "now", None, TODAY + timedelta(days=30))
    with pytest.raises(Invalid, match="the date of registration stays"):
        answer_still_wanted(there, by=TESTS, wanted=True)
    (again,) = actions.register(make_asking(request.person, on=TODAY), [other], by=TESTS)
    assert (again.registered_on, again.list_date) == (date(2022, 5, 1), date(2022, 5, 1))
    assert told(there)[0] == "off"
    assert verify.run() == []


def test_who_lives_in_a_home_and_says_nothing_leaves_the_other_lists():
    home, other = make_home(), make_home()
    request = make_asking()
    make_entry(home, request)
    there = make_entry(other, request)
    serving.serve(request, by=TESTS, on=TODAY)
    assert sweep(by=TESTS) == Sweep(0, 0, 0, 2)
    clock.stand_still_on(TODAY + timedelta(days=31))
    assert sweep(by=TESTS) == Sweep(0, 2, 0, 0)
    assert told(there)[0] == "off"
    assert verify.run() == []
