"""What pages read: what the reader may know, nothing of restricted people, in a fixed number of queries."""

import json
from datetime import timedelta

import pytest

from tests import factories
from tests.sharing.making import DAY, PROGRAMME, Around, make_member, make_worker
from tests.sharing.test_consultations import opened as consulted
from tests.sharing.test_emergency import opened as broken
from tests.sharing.test_referrals import sent
from veerkracht.register import clock
from veerkracht.register.care.queries.of_cases import Latest, latest_requests
from veerkracht.register.cases.actions import answer_consent, read_notices, record_consent, revoke_consent
from veerkracht.register.cases.queries.consents import get_consent
from veerkracht.register.cases.queries.notices import notices, unread
from veerkracht.register.cases.queries.on_case import (
    get_emergency,
    get_referral,
    get_worker,
    on_case,
)
from veerkracht.register.cases.queries.shared import shared_with
from veerkracht.register.cases.queries.workload import my_cases
from veerkracht.register.cases.records import to_record
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import Case
from veerkracht.register.sharing.models import CaseWorker, Consent
from veerkracht.register.sharing.notices import tell

pytestmark = pytest.mark.django_db


def case(around: Around) -> Case:
    return Case(around.person, PROGRAMME, around.request.area)


def everything(around: Around) -> None:
    """Something of each kind on the case."""
    sent(around)
    around.consent(organisation=around.other)
    consulted(around)
    broken(around)


def restrict(around: Around) -> None:
    Person.objects.filter(pk=around.person.pk).update(restricted=True)
    around.person.refresh_from_db()


def test_one_page_says_who_works_on_a_case_and_who_may_read_it(around):
    everything(around)
    found = on_case(around.colleague, case(around))
    assert [one.name for one in found.workers] == [around.worker.name]
    assert [(one.organisation, one.state) for one in found.consents] == [
        ("The other provider", "in-force"),
        ("The provider", "in-force"),
    ]
    assert [(one.to_organisation, one.state) for one in found.referrals] == [("The provider", "sent")]
    assert [one.members for one in found.consultations] == [
        (f"{around.worker.name} (The agency)", f"{around.partner.name} (The provider)")
    ]
    assert [(one.by, one.may_review) for one in found.emergencies] == [(around.stranger.name, True)]


@pytest.mark.parametrize("who", ["partner", "other_partner", "stranger"])
def test_who_does_not_see_that_group_of_fields_reads_nothing_of_it(around, who):
    everything(around)
    with pytest.raises(Refused):
        on_case(getattr(around, who), case(around))


def test_nothing_is_shown_of_what_another_programme_shares(around):
    everything(around)
    Consent.objects.update(programme="residential-care")
    assert on_case(around.colleague, case(around)).consents == ()


@pytest.mark.parametrize("many", [1, 3])
def test_a_case_takes_as_many_queries_whatever_happened_on_it(around, django_assert_num_queries, many):
    around.consent()
    for _ in range(many):
        around.consent(organisation=around.other)
        consulted(around)
    with django_assert_num_queries(16):
        on_case(around.colleague, case(around))


@pytest.mark.parametrize("who", ["partner", "stranger", "other_own"])
def test_nobody_else_takes_hold_of_a_consent(around, who):
    consent = around.consent()
    other = factories.make_own_actor(factories.make_person(given="Ander"))
    with pytest.raises(Refused):
        get_consent(other if who == "other_own" else getattr(around, who), consent.record)
    assert get_consent(around.own, consent.record).pk == consent.pk


def test_each_consent_says_how_it_stands(around):
    record_consent(around.person, around.terms(), by=around.worker)
    revoke_consent(around.consent(organisation=around.other), by=around.own)
    around.consent(until_date=DAY)
    answer_consent(
        record_consent(around.person, around.terms(), by=around.worker), by=around.own, agree=False
    )
    around.consent(from_date=DAY + timedelta(days=1))
    states = [one.state for one in on_case(around.colleague, case(around)).consents]
    assert states == ["later", "refused", "in-force", "revoked", "asked"]
    clock.stand_still_on(DAY + timedelta(days=1))
    states = [one.state for one in on_case(around.colleague, case(around)).consents]
    assert states == ["in-force", "refused", "over", "revoked", "asked"]


@pytest.mark.parametrize("who", ["stranger", "other_partner", "own"])
def test_the_gates_of_parts_refuse_alike_whether_there_is_one_or_not(around, who):
    referral, access = sent(around), broken(around)
    actor, answers = getattr(around, who), []
    for gate, id in (
        (get_referral, referral.pk),
        (get_referral, 999_999),
        (get_emergency, access.pk),
        (get_emergency, 999_999),
        (get_worker, CaseWorker.objects.get().pk),
        (get_worker, 999_999),
    ):
        with pytest.raises(Refused) as refused:
            gate(actor, id)
        answers.append(str(refused.value))
    assert set(answers) == {Refused.TEXT.en}


# ── what is shared with an organisation


def test_each_organisation_sees_what_is_shared_with_it_and_no_more(around):
    everything(around)
    theirs = shared_with(around.partner)
    assert [len(part) for part in (theirs.received, theirs.sent, theirs.files, theirs.consultations)] == [
        1,
        0,
        0,
        1,
    ]
    other = shared_with(around.other_partner)
    assert [(row.about.number, row.by) for row in other.files] == [(around.person.number, "The agency")]
    assert (other.received, other.consultations, other.emergencies) == ((), (), ())
    agency = shared_with(around.worker)
    assert ([one.state for one in agency.sent], len(agency.emergencies)) == (["sent"], 1)
    assert shared_with(around.stranger).people == set()


def test_nothing_of_a_restricted_person_is_listed(around):
    everything(around)
    before = [shared_with(actor).people for actor in (around.partner, around.other_partner, around.worker)]
    restrict(around)
    after = [shared_with(actor).people for actor in (around.partner, around.other_partner, around.worker)]
    assert (all(before), after) == (True, [set(), set(), set()])
    assert my_cases(around.worker).rows == ()
    assert (notices(around.worker)[0], unread(around.worker)) == ((), 0)


def test_a_role_for_another_programme_sees_nothing_of_this_one(around):
    everything(around)
    elsewhere = make_member(around.provider, programme="residential-care")
    assert shared_with(elsewhere).people == set()


def test_who_looks_into_an_emergency_where_nobody_works_on_the_case(around):
    auditor = make_member(around.agency, "auditor")
    broken(around)
    assert shared_with(auditor).emergencies == ()
    CaseWorker.objects.update(ended_at=clock.now())
    assert [one.by for one in shared_with(auditor).emergencies] == [around.stranger.name]
    assert shared_with(around.colleague).emergencies == ()


def test_an_auditor_is_told_of_no_file_that_is_shared_with_their_organisation(around):
    everything(around)
    auditor = make_member(around.provider, "auditor")
    assert (shared_with(around.partner).people, shared_with(auditor).people) == (
        {(around.person.pk, PROGRAMME)},
        set(),
    )


@pytest.mark.parametrize("role", ["reader", "analyst", "records", "administrator"])
def test_other_roles_have_no_such_page(around, role):
    with pytest.raises(Refused):
        shared_with(make_member(around.provider, role))


@pytest.mark.parametrize("many", [1, 3])
def test_what_is_shared_takes_as_many_queries_whatever_there_is(around, django_assert_num_queries, many):
    for _ in range(many):
        person = factories.make_person()
        make_worker(person, around.worker)
        around.request = factories.make_request(person)
        sent(around)
        consulted(around)
        around.consent()
    with django_assert_num_queries(14):
        shared_with(around.partner)


# ── whose cases are mine


def test_my_cases_go_by_name_a_page_at_a_time(around):
    for family in ("Alfa", "Bravo", "Charlie"):
        make_worker(factories.make_person(given="Fien", family=family), around.worker)
    make_worker(factories.make_person(family="Niet Van Mij"), around.colleague)
    first = my_cases(around.worker, size=2)
    second = my_cases(around.worker, first.next, size=2)
    names = [row.about.name for row in (*first.rows, *second.rows)]
    assert names == ["Fien Alfa", "Fien Bravo", "Fien Charlie", "Zed Geheimzinnig"]
    assert second.next == ""


def test_a_case_of_every_programme_leads_to_no_request_of_another_than_the_role_s(around):
    key = (around.person.pk, "")
    here = make_member(around.agency, programme=PROGRAMME)
    elsewhere = make_member(around.agency, programme="residential-care")
    assert [latest_requests(actor, [key])[key] for actor in (around.worker, here, elsewhere)] == [
        Latest(around.request.number, PROGRAMME, "waiting"),
        Latest(around.request.number, PROGRAMME, "waiting"),
        None,
    ]


@pytest.mark.parametrize("after", ["x", "999999"])
def test_a_page_that_there_is_not(around, after):
    with pytest.raises(Invalid, match="no such page"):
        my_cases(around.worker, after)


@pytest.mark.parametrize("many", [1, 3])
def test_my_cases_take_as_many_queries_for_three_as_for_one(around, django_assert_num_queries, many):
    for _ in range(many):
        make_worker(factories.make_person(), around.worker)
    with django_assert_num_queries(4):
        my_cases(around.worker)


# ── notices


def test_somebody_puts_away_their_own_notices(around):
    tell(
        [around.worker.user, around.worker.user, around.colleague.user],
        "case-assigned",
        around.person,
        who="A",
    )
    tell([around.worker.user], "case-assigned", around.person, who="B")
    mine, _ = notices(around.worker)
    assert ([one.text["who"] for one in mine], unread(around.worker)) == (["B", "A"], 2)
    assert read_notices(by=around.worker, up_to=mine[1].id) == 1
    assert (unread(around.worker), unread(around.colleague)) == (1, 1)


# ── the record of a consent


def test_the_record_says_all_that_there_is_to_say(around):
    consent = record_consent(
        around.person,
        around.terms(until_date=DAY + timedelta(days=90)),
        by=around.worker,
    )
    answer_consent(consent, by=around.own, agree=True)
    revoke_consent(consent, by=around.own, reason="I moved")
    consent.refresh_from_db()
    found = json.loads(json.dumps(to_record(consent)))
    times = [event.pop("event_time") for event in found["events"]]
    assert times == sorted(times)
    assert [time[:16] for time in times] == ["2024-01-15T09:00"] * 4
    number = around.person.number
    asking, receiving = (f"organisation-{one.pk}" for one in (around.agency, around.provider))
    assert found == {
        "schema_version": "ISO/IEC TS 27560:2023; veerkracht 1",
        "record_id": str(consent.record),
        "pii_principal_id": number,
        "pii_processing": {
            "language": "nl",
            "jurisdiction": "flanders",
            "collection_method": "online",
            "validity": {"from": "2024-01-15", "until": "2024-04-14"},
            "withdrawal_method": "own page, or the organisation that asked",
            "purposes": [
                {
                    "purpose": "To prepare the support",
                    "programme": "personal-budget",
                    "lawful_basis": "consent",
                    "source": None,
                    "pii_information": [
                        {"pii_type": "identity"},
                        {"pii_type": "contact"},
                        {"pii_type": "request"},
                    ],
                    "pii_controllers": [asking],
                    "recipient_third_parties": [receiving],
                }
            ],
        },
        "party_identification": [
            {"party_id": asking, "party_name": "The agency", "party_role": "controller"},
            {"party_id": receiving, "party_name": "The provider", "party_role": "recipient"},
            {"party_id": number, "party_name": None, "party_role": "pii principal"},
        ],
        "events": [
            {"event_type": "recorded", "event_state": "requested", "entity_id": around.worker.name},
            {"event_type": "answer", "event_state": "agreed", "entity_id": number, "of": number},
            {"event_type": "in force", "event_state": "given", "entity_id": around.worker.name},
            {
                "event_type": "withdrawal",
                "event_state": "withdrawn",
                "entity_id": number,
                "reason": "I moved",
            },
        ],
    }


def test_the_record_of_a_ground_in_law_names_its_source(around):
    found = to_record(around.consent(ground="vital-interest", fields=["request"]))
    purpose = found["pii_processing"]["purposes"][0]
    assert (purpose["lawful_basis"], purpose["source"][:26]) == (
        "vital-interest",
        "Verordening (EU) 2016/679,",
    )
    assert found["pii_processing"]["withdrawal_method"] is None
