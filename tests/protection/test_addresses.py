"""An address in hiding: the case team sees it, and nobody else can tell that there is one."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.protection.conftest import DAY
from veerkracht.register.cases.protection import change_address, end_address
from veerkracht.register.cases.protection.addresses import addresses_of
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import PERSON
from veerkracht.register.sharing.models import Address

pytestmark = pytest.mark.django_db

ORDINARY = {"street": "Dorpsstraat 1", "postal_code": "2000", "municipality": "Antwerpen"}
SECRET = {"street": "Geheime Dreef 13", "postal_code": "8400", "municipality": "Oostende"}


@pytest.fixture
def in_hiding(case, worker) -> None:
    change_address(case, by=worker, on=date(2024, 1, 10), hidden=True, **SECRET)


def test_the_case_team_sees_both(case, worker, in_hiding):
    change_address(case, by=worker, on=date(2023, 1, 1), **ORDINARY)
    view = addresses_of(worker, case)
    assert (view.current.street, view.hidden.street, view.sees_hidden) == (
        "Dorpsstraat 1",
        "Geheime Dreef 13",
        True,
    )


@pytest.mark.parametrize("role", ["officer", "signer", "assessor", "reader"])
def test_outside_the_team_nothing_tells_that_there_is_one(case, worker, role):
    """Compared with the same person before there was one: the view, the queries, and what the log has."""
    change_address(case, by=worker, on=date(2023, 1, 1), **ORDINARY)
    outsider = factories.make_actor(role)
    before, queries_before = look(outsider, case)
    change_address(case, by=worker, on=date(2024, 1, 10), hidden=True, **SECRET)
    after, queries_after = look(outsider, case)
    assert (after, queries_after) == (before, queries_before)
    assert (after.hidden, after.former_hidden, after.sees_hidden) == (None, (), False)


def look(actor, case):
    with CaptureQueriesContext(connection) as seen:
        view = addresses_of(actor, case)
    return view, [query["sql"].split(" FROM ")[0] for query in seen]


def test_the_log_says_the_same_of_both(case, worker):
    change_address(case, by=worker, on=date(2023, 1, 1), **ORDINARY)
    change_address(case, by=worker, on=date(2023, 1, 1), hidden=True, **SECRET)
    addresses_of(worker, case)
    addresses_of(factories.make_actor("reader"), case)
    kept = LogEntry.objects.filter(person_id=case.person_id, object_type__in=["person", "addresses"])
    told = [
        (one.verb, one.object_type, one.object_id, one.fields, one.purpose, one.detail)
        for one in kept.order_by("id")
    ]
    assert told[-4] == told[-3]
    assert told[-2] == told[-1]


def test_the_person_of_whom_it_is_keeps_their_municipality_on_the_list(case, worker, in_hiding):
    case.person.refresh_from_db()
    assert case.person.area == "11002"


@pytest.mark.parametrize("role", ["officer", "assessor"])
def test_who_keeps_the_list_changes_ordinary_addresses_only(case, worker, in_hiding, role):
    actor = factories.make_actor(role)
    change_address(case, by=actor, on=DAY, **ORDINARY)
    for act in (
        lambda: change_address(case, by=actor, on=DAY, hidden=True, **ORDINARY),
        lambda: end_address(case, by=actor, on=DAY, hidden=True),
    ):
        with pytest.raises(Refused):
            act()
    assert list(Address.objects.filter(hidden=True).values_list("street", flat=True)) == ["Geheime Dreef 13"]


@pytest.mark.parametrize("role", ["reader", "signer", "analyst", "records", PERSON])
def test_who_may_not_change_an_address_is_refused(case, role):
    actor = factories.make_own_actor(case.person) if role == PERSON else factories.make_actor(role)
    with pytest.raises(Refused):
        change_address(case, by=actor, on=DAY, **ORDINARY)
    assert Address.objects.count() == 0


def test_a_new_address_ends_the_one_before(case, worker):
    change_address(case, by=worker, on=date(2023, 1, 1), **ORDINARY)
    change_address(case, by=worker, on=date(2023, 6, 1), **{**ORDINARY, "street": "Kerkstraat 2"})
    view = addresses_of(worker, case)
    assert (view.current.street, [(one.street, one.until) for one in view.former]) == (
        "Kerkstraat 2",
        [("Dorpsstraat 1", date(2023, 5, 31))],
    )
    end_address(case, by=worker, on=date(2024, 1, 1))
    assert addresses_of(worker, case).current is None
    with pytest.raises(Invalid):
        end_address(case, by=worker, on=date(2024, 1, 1))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"street": " "}, "street"),
        ({"postal_code": "2" * 11}, "postal_code"),
        ({"on": date(2024, 1, 16)}, "on"),
        ({"on": date(2022, 12, 31)}, "on"),
    ],
)
def test_what_does_not_fit_changes_nothing(case, worker, wrong, field):
    change_address(case, by=worker, on=date(2023, 1, 1), **ORDINARY)
    with pytest.raises(Invalid) as invalid:
        change_address(case, by=worker, **{**ORDINARY, "on": DAY, **wrong})
    assert (invalid.value.field, Address.objects.count()) == (field, 1)


def test_who_stops_working_on_the_case_no_longer_sees_it(case, worker, in_hiding):
    case.person.case_workers.update(until_date=date(2024, 1, 14))
    with pytest.raises(Refused):
        addresses_of(worker, replace(case))
