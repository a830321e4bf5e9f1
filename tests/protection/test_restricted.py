"""A restricted file from outside: every page, file and answer is as if the person had never been in the register."""

import re
from datetime import date

import pytest
from django.http import HttpResponseBase
from django.test import Client

from tests import factories
from tests.protection.conftest import DAY, make_case_worker
from veerkracht.register.care import access
from veerkracht.register.care.exchange.exporting import export_csv
from veerkracht.register.care.queries.by_number import find_by_number
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.rounds import dry_run
from veerkracht.register.cases.actions.emergency import open_emergency
from veerkracht.register.cases.actions.national_numbers import record_number
from veerkracht.register.cases.protection import lift, name_one, remove_name, restrict
from veerkracht.register.cases.protection.restricted_files import restricted_files
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor, actor_for
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import may
from veerkracht.register.sharing.models import Consent, RestrictedAccess
from veerkracht.register.supply import actions as supply

pytestmark = pytest.mark.django_db

NUMBER = "85073003328"
ROLES = ("officer", "signer", "assessor", "reader")
LISTS = (
    "/en/list/",
    "/en/list/?q=verborgen",
    "/en/list/?q=ver",
    "/en/list/?sort=name",
    "/en/list/?sort=-request_date",
    "/en/list/?state=all",
    "/en/list/?state=live&group=2",
    "/en/list/?on=2024-01-14",
    "/en/list/?on=2024-01-14&q=verborgen",
    "/en/list/?known=2024-01-14",
    "/en/list/?area=11002",
    "/en/list/export.csv",
    "/en/list/export.csv?q=verborgen",
    "/en/list/export.csv?on=2024-01-14",
    "/en/",
    "/en/through-time/",
    "/en/ending/",
    "/en/rounds/",
    "/en/places/",
    "/en/try/",
    "/api/v1/requests?programme=personal-budget",
    "/api/v1/requests?programme=personal-budget&search=verborgen",
    "/api/v1/figures?programme=personal-budget",
)


def browser(actor: Actor) -> Client:
    client = Client()
    client.force_login(actor.user)
    return client


def text(answer: HttpResponseBase) -> str:
    """What came, without what is different at each asking."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    html = re.sub(r'(csrfmiddlewaretoken" value=")[^"]+', r"\1", body.decode())
    return f"{answer.status_code} {html}"


@pytest.fixture
def others(demo_day) -> None:
    """Three people who may be seen, in the same municipality and group."""
    for day in (1, 2, 3):
        person = factories.make_person(given=f"Bea{day}", family="Zichtbaar", area="11002")
        factories.make_request(person, group=2, asked=date(2021, 4, day))


def make_hidden(named: Actor, records: Actor) -> Person:
    """Ann Verborgen, last in line, restricted to one officer."""
    ann = factories.make_person(given="Ann", family="Verborgen", area="11002")
    factories.make_request(ann, group=2, asked=date(2021, 5, 1))
    return restrict(ann.number, by=records, users=[named.user], reason="Victim in hiding")


@pytest.mark.parametrize("role", ["officer", "reader"])
def test_no_page_or_file_tells_that_there_is_such_a_person(others, records, role):
    """Each is the same, letter for letter, as before the person was there."""
    client = browser(factories.make_actor(role))
    before = {address: text(client.get(address)) for address in LISTS}
    ann = make_hidden(factories.make_actor("officer"), records)
    after = {address: text(client.get(address)) for address in LISTS}
    assert [address for address in LISTS if after[address] != before[address]] == []
    asked = ann.requests.get()
    never = {"V": "V-0999999", "P": "P-0999999"}
    for address in (
        "/en/file/{V}/",
        "/nl/file/{V}/",
        "/en/file/{V}/documents/",
        "/en/file/{V}/addresses/",
        "/en/file/{V}/representatives/",
        "/en/file/{V}/sharing/",
        "/en/list/?q={V}",
        "/en/list/?q={P}",
        "/en/list/?on=2024-01-14&q={V}",
        "/api/v1/requests/{V}",
        "/api/v1/requests/{V}/steps",
        "/api/v1/requests/{V}/turn",
        "/en/my/for/{P}/",
    ):
        real = text(client.get(address.format(V=asked.number, P=ann.number)))
        unreal = text(client.get(address.format(**never)))
        assert real.replace(asked.number, "V").replace(ann.number, "P") == unreal.replace(
            never["V"], "V"
        ).replace(never["P"], "P"), address
    for address in (f"/en/file/{asked.number}/", f"/en/file/{asked.number}/turns/"):
        assert client.post(address, {"verb": "withdraw"}).status_code == 404


def test_the_named_one_sees_them_and_a_number_equals_the_list_behind_it(others, records):
    named, outsider = factories.make_actor("officer"), factories.make_actor("officer")
    make_hidden(named, records)
    for actor, waiting in ((named, 4), (outsider, 3)):
        client = browser(actor)
        rows = re.findall(r"V-\d{7}", client.get("/en/list/").content.decode())
        assert len(set(rows)) == waiting
        figures = client.get("/api/v1/figures?programme=personal-budget").json()
        assert figures["requests"] == waiting
        exported = export_csv(actor, ListFilters("personal-budget")).decode()
        assert (exported.count("Verborgen"), exported.count("Zichtbaar")) == (waiting - 3, 3)


def test_the_person_themself_sees_their_own_file(others, records):
    ann = make_hidden(factories.make_actor("officer"), records)
    client = browser(factories.make_own_actor(ann))
    assert "Ann Verborgen" in client.get("/en/my/").content.decode()


def test_no_other_link_opens_it(others, records):
    """Own case worker, team, partner by consent, representative: all fall away; only a name counts."""
    ann = factories.make_person(given="Ann", family="Verborgen", area="11002", born=date(2014, 5, 1))
    asked = factories.make_request(ann, group=2)
    worker = make_case_worker(ann)
    partner = factories.make_actor("case-worker")
    Consent.objects.create(
        person=ann,
        organisation=partner.membership.organisation,
        ground="consent",
        purpose="p",
        fields=["identity", "request"],
        from_date=date(2023, 1, 1),
        until_date=date(2025, 1, 1),
        recorded_at="2023-01-01T00:00Z",
        recorded_by_name="tests",
        given_at="2023-01-01T00:00Z",
    )
    father = factories.make_person(born=date(1980, 1, 1))
    ann.representatives.create(
        representative=father, kind="parent", source="s", from_date=DAY, recorded_by_name="tests"
    )
    linked = (worker, partner, factories.make_own_actor(father))
    assert [may("request.read", actor, asked) for actor in linked] == [True, True, True]
    restrict(ann.number, by=records, users=[factories.make_user()], reason="Victim in hiding")
    asked.person.refresh_from_db()
    assert [may("request.read", actor, asked) for actor in linked] == [False, False, False]
    assert "Verborgen" not in browser(linked[2]).get("/en/my/").content.decode()
    name_one(ann.number, by=records, user=worker.user, reason="Works with her")
    assert may("request.read", worker, asked) is True


@pytest.mark.parametrize("way", ["removed", "until", "lifted and restricted again"])
def test_a_name_that_is_taken_away_counts_no_more_at_once(others, records, way):
    first, second = factories.make_actor("officer"), factories.make_actor("officer")
    ann = make_hidden(first, records)
    asked = ann.requests.get()
    name_one(ann.number, by=records, user=second.user, reason="Helps")
    assert may("request.read", second, asked) is True
    if way == "removed":
        remove_name(ann.number, by=records, user=second.user, reason="Left")
    elif way == "until":
        RestrictedAccess.objects.filter(user=second.user).update(
            from_date=date(2024, 1, 1), until_date=date(2024, 1, 14)
        )
    else:
        lift(ann.number, by=records, reason="Over")
        assert may("request.read", factories.make_actor("reader"), Person.objects.get(pk=ann.pk)) is True
        restrict(ann.number, by=records, users=[first.user], reason="Again")
    assert (may("request.read", second, asked), may("request.read", first, asked)) == (False, True)


def test_who_is_no_records_officer_restricts_and_lifts_nothing(others, records):
    ann = make_hidden(factories.make_actor("officer"), records)
    seen = factories.make_person()
    user = factories.make_user()
    for role in (*ROLES, "analyst", "case-worker", "admission", "auditor", "administrator"):
        actor = factories.make_actor(role)
        for act in (
            lambda by=actor: restrict(seen.number, by=by, users=[user], reason="r"),
            lambda by=actor: name_one(ann.number, by=by, user=user, reason="r"),
            lambda by=actor: lift(ann.number, by=by, reason="r"),
            lambda by=actor: restricted_files(by),
        ):
            with pytest.raises(Refused):
                act()
    assert list(Person.objects.filter(restricted=True)) == [ann]


def test_what_does_not_fit_changes_nothing(others, records):
    named = factories.make_actor("officer")
    ann, seen = make_hidden(named, records), factories.make_person()
    user = factories.make_user()
    for act, field in (
        (lambda: restrict(seen.number, by=records, users=[], reason="r"), "users"),
        (lambda: restrict(seen.number, by=records, users=[user], reason=" "), "reason"),
        (lambda: restrict("P-9999999", by=records, users=[user], reason="r"), "number"),
        (lambda: restrict(ann.number, by=records, users=[user], reason="r"), "number"),
        (lambda: name_one(ann.number, by=records, user=named.user, reason="r"), "user"),
        (lambda: name_one(seen.number, by=records, user=user, reason="r"), "number"),
        (lambda: remove_name(ann.number, by=records, user=named.user, reason="r"), "user"),
        (lambda: remove_name(ann.number, by=records, user=user, reason="r"), "user"),
        (lambda: lift(seen.number, by=records, reason="r"), "number"),
    ):
        with pytest.raises(Invalid) as invalid:
            act()
        assert invalid.value.field == field
    assert list(RestrictedAccess.objects.values_list("user", "ended_at")) == [(named.user.pk, None)]


def test_the_records_officer_never_reads_the_file(others, records):
    ann = make_hidden(factories.make_actor("officer"), records)
    asked = ann.requests.get()
    assert may("request.read", records, asked) is False
    with pytest.raises(Refused):
        access.get_request(records, asked.number)
    shown = restricted_files(records)
    assert [one.number for one in shown] == [ann.number]
    assert "Verborgen" not in str(shown)


def test_what_is_done_with_a_restriction_is_logged_with_its_reason(others, records):
    ann = make_hidden(factories.make_actor("officer"), records)
    lift(ann.number, by=records, reason="Over")
    kept = LogEntry.objects.filter(object_type="restriction").order_by("id")
    assert [(one.verb, one.purpose, one.detail["reason"], one.person_id) for one in kept] == [
        ("create", "", "Victim in hiding", ann.pk),
        ("delete", "", "Over", ann.pk),
    ]


def test_a_round_does_not_name_them_to_who_may_not_know(others, records):
    """They are served like anybody: in the money and the count, not by name or number."""
    factories.make_credit()
    ann = make_hidden(factories.make_actor("officer"), records)
    asked = ann.requests.get()
    made = factories.make_round(1_000_000, state="signed")
    line = made.lines.get(request=asked)
    assert line.granted is True
    outsider = factories.make_actor("officer")
    client = browser(outsider)
    for address in (
        f"/en/rounds/{made.pk}/",
        f"/en/rounds/{made.pk}/?pot=group-2",
        f"/en/rounds/{made.pk}/?q={asked.number}",
        f"/api/v1/rounds/{made.pk}",
        f"/api/v1/rounds/{made.pk}/lines",
    ):
        html = text(client.get(address))
        found = [mark for mark in ("Verborgen", asked.number, ann.number) if mark in html]
        assert [mark for mark in found if mark not in address] == [], address
    for form in ("html", "pdf"):
        assert client.get(f"/en/rounds/{made.pk}/letter/{asked.number}.{form}").status_code == 404
    named = browser(actor_for(RestrictedAccess.objects.get().user))
    assert named.get(f"/en/rounds/{made.pk}/letter/{asked.number}.html").status_code == 200


def test_a_dry_run_and_a_trial_name_nobody_restricted(others, records):
    factories.make_credit()
    ann = make_hidden(factories.make_actor("officer"), records)
    asked = ann.requests.get()
    for role in ("officer", "signer", "analyst"):
        actor = factories.make_actor(role)
        told = str(dry_run(actor, "personal-budget", on=DAY, money_cents=100_000_000))
        tried = text(browser(actor).get("/en/try/?money=1000000&strict=no&order=-request_date,id"))
        assert [mark for mark in ("Verborgen", asked.number, ann.number) if mark in told + tried] == [], role


def test_a_place_held_for_them_is_held_and_no_more(others, records):
    """A colleague of who holds it sees that it is held, as for any other, without the request."""
    named, colleague = factories.make_actor("officer"), factories.make_actor("officer")
    asked = make_hidden(named, records).requests.get()
    [unit] = factories.make_units()
    held = supply.hold_place(unit, by=named, minutes=60, request=asked)
    assert asked.number in browser(named).get("/en/places/").content.decode()
    page = browser(colleague).get("/en/places/").content.decode()
    assert (asked.number in page, "Held" in page) == (False, True)
    answers = [browser(colleague).get(f"/api/v1/holds/{id}").status_code for id in (held.pk, 999_999)]
    assert answers == [404, 404]


def test_emergency_access_and_a_national_number_find_nobody(others, records):
    """The same words as for a number that nobody has."""
    named, outsider = factories.make_actor("officer"), factories.make_actor("officer")
    ann = make_hidden(named, records)
    record_number(ann, by=named, number=NUMBER, despite_birth_date=True)
    assert [one.person for one in find_by_number(named, NUMBER)] == [ann]
    assert find_by_number(outsider, NUMBER) == []
    said = set()
    for number in (ann.number, ann.requests.get().number, "P-0999999", "V-0999999"):
        with pytest.raises(Refused) as refused:
            open_emergency(number, by=outsider, reason="A life hangs on it right now")
        said.add(refused.value.text)
    assert len(said) == 1
