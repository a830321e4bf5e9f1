"""Somebody moves to another municipality: a step with two dates, who may see changes, and what was asked stays."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from tests.factories import make_actor, make_own_actor, make_person
from tests.lists.conftest import TODAY
from tests.lists.factories import make_entry, make_home, make_waiting, officer_of
from veerkracht.register import verify
from veerkracht.register.care.access import get_request, list_requests
from veerkracht.register.care.actions import move_person
from veerkracht.register.care.models import Request
from veerkracht.register.care.queries.moves import moves_of
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping.erasing import pseudonymise
from veerkracht.register.lists.models import Entry
from veerkracht.register.lists.queries import columns, ranked
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Membership, Move, Person
from veerkracht.register.permissions import case_of
from veerkracht.register.sharing.models import Address, CaseWorker, Notice

pytestmark = [pytest.mark.django_db, pytest.mark.once]
NEAR, FAR = "11001", "71016"


def officer_in(area: str) -> Actor:
    made = make_actor("officer")
    Membership.objects.filter(user=made.user).update(area_kind="municipality", area_code=area)
    return actor_for(made.user)


@pytest.fixture
def home():
    """Of a municipality to which one must have ties, by its rules."""
    return make_home(rules="example-by-date", area=NEAR)


@pytest.fixture
def asked(home) -> Request:
    return make_waiting(home, on=date(2023, 2, 1)).request


def lives(asked: Request) -> tuple[str, str]:
    return Person.objects.get(pk=asked.person_id).area, Request.objects.get(pk=asked.pk).area


def test_a_move_is_kept_with_both_dates_and_the_file_goes_to_the_new_area(home, asked):
    here, there, case = officer_in(NEAR), officer_in(FAR), case_of(asked)
    colleague = officer_of(make_home(), "case-worker")
    CaseWorker.objects.create(
        person=asked.person,
        user=colleague.user,
        organisation_id=colleague.organisation_id,
        from_date=date(2023, 1, 1),
        given_by_name="tests",
    )
    Address.objects.create(
        person=asked.person,
        street="Lindenlaan 1",
        postal_code="2000",
        municipality="x",
        from_date=date(2020, 1, 1),
        recorded_by_name="tests",
    )
    with pytest.raises(Refused):
        move_person(case, by=there, area=FAR, on=TODAY)
    move = move_person(case, by=here, area=FAR, on=date(2024, 1, 2), seen=NEAR)
    assert (move.area_before, move.area, move.holds_from) == (NEAR, FAR, date(2024, 1, 2))
    assert lives(asked) == (FAR, FAR)
    assert get_request(there, asked.number) == asked
    with pytest.raises(Refused):
        get_request(here, asked.number)
    assert [list(list_requests(one, "residential-care")) for one in (here, there)] == [[], [asked]]
    # Who works on the case goes on, and is told.
    assert get_request(colleague, asked.number) == asked
    assert list(Notice.objects.values_list("user", "kind")) == [(colleague.user.pk, "person-moved")]
    assert Address.objects.get().until_date == date(2024, 1, 1)
    # By these rules it counts where they lived when they registered; who registers now has no ties any more.
    told = columns(home).row(0, named=True)
    assert (told["area"], told["area_at_registration"]) == (FAR, NEAR)
    assert [one.request_id for one in ranked(home)] == [asked.pk]
    other = make_entry(make_home(rules="example-by-date", area=NEAR), asked, on=TODAY)
    assert ranked(other.service) == []
    assert Entry.objects.filter(to_check=True).count() == 0
    move_person(case_of(Request.objects.get(pk=asked.pk)), by=there, area=NEAR, on=TODAY)
    (last, first) = moves_of(here, case).moves
    assert (first.on, last.on, last.by) == (date(2024, 1, 2), TODAY, there.name)
    assert verify.run() == []
    with pytest.raises(DatabaseError), transaction.atomic():
        Move.objects.update(area=FAR)
    Person.objects.filter(pk=asked.person_id).update(area=FAR)
    Request.objects.filter(pk=asked.pk).update(area=FAR)
    assert [(one.name, one.where) for one in verify.run()] == [
        ("a_person_lives_where_they_moved", (asked.person.number,))
    ]


def test_what_can_not_be_and_who_may_not(asked):
    case, here = case_of(asked), officer_in(NEAR)
    fine = {"case": case, "by": here, "area": FAR, "on": TODAY}
    stranger = make_own_actor(make_person(given="Bo"))
    for by in (make_actor("reader"), make_actor("case-worker"), make_actor("admission"), stranger):
        with pytest.raises(Refused):
            move_person(**{**fine, "by": by})
        with pytest.raises(Refused):
            moves_of(stranger, case)
    for field, wrong in (
        ("area", {"area": "99999"}),
        ("area", {"area": NEAR}),
        ("on", {"on": TODAY + timedelta(days=1)}),
        ("on", {"on": date(1900, 1, 1)}),
    ):
        with pytest.raises(Invalid) as refused:
            move_person(**{**fine, **wrong})
        assert refused.value.field == field
    with pytest.raises(Conflict):
        move_person(**fine, seen="11002")
    move_person(**{**fine, "on": date(2024, 1, 10)})
    # Not before what is known by then.
    with pytest.raises(Invalid):
        move_person(**{**fine, "by": make_actor("officer"), "area": NEAR, "on": date(2024, 1, 9)})
    assert Move.objects.count() == 1
    Person.objects.filter(pk=asked.person_id).update(died_on=TODAY)
    with pytest.raises(Invalid):
        move_person(**{**fine, "by": make_actor("officer"), "area": NEAR})


def test_a_person_tells_it_and_each_home_looks_again(home, asked):
    own = make_own_actor(asked.person)
    family, officer = Client(), Client()
    family.force_login(own.user)
    officer.force_login(officer_in(FAR).user)
    page, form = "/en/my/move/", {"area": FAR, "on": "2024-01-10", "seen": NEAR}
    assert page in family.get("/en/my/").content.decode()
    for wrong in ({"area": ""}, {"area": NEAR}, {"on": "2024-02-01"}, {"on": "soon"}):
        assert family.post(page, {**form, **wrong}).status_code == 422
    assert family.post(page, form)["Location"] == page
    assert lives(asked) == (FAR, FAR)
    assert Entry.objects.get().to_check
    # Sent twice: the second is told that somebody was before.
    assert family.post(page, {**form, "area": "11002"}).status_code == 422
    beside = f"/en/file/{asked.number}/move/"
    shown = officer.get(beside).content.decode()
    assert ["10 January 2024" in shown, str(own.name) in shown] == [True, True]
    assert f"{beside}" in officer.get(f"/en/file/{asked.number}/addresses/").content.decode()
    # Afterwards it is the other's: nobody is sent to a page that is no longer there for them.
    sent = officer.post(beside, {"area": NEAR, "on": "2024-01-12", "seen": FAR})
    assert (sent["Location"], officer.get(beside).status_code) == ("/en/list/", 404)
    with transaction.atomic():
        pseudonymise(Person.objects.select_for_update().get(pk=asked.person_id), by=own, reason="tests")
    assert [(one.area, one.by_name) for one in Move.objects.order_by("pk")] == [
        (FAR, "–"), (NEAR, Move.objects.last().by_name),
    ]  # fmt: skip
    assert Move.objects.last().by_name != "–"
