"""Breaking the glass: a reason, a few hours, told to the team and to the person, looked into afterwards."""

from datetime import timedelta

import pytest

from tests import factories
from tests.sharing.making import Around, make_member, make_organisation
from veerkracht.register import clock
from veerkracht.register.care.access import get_request
from veerkracht.register.cases.actions import open_emergency, review_emergency
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import fields
from veerkracht.register.sharing.models import CaseWorker, EmergencyAccess, Notice

pytestmark = pytest.mark.django_db
REASON = "Found unconscious at the station, nobody answers"
SEEN = {"identity", "contact", "request", "history", "assessment", "documents"}


def seen(around: Around, actor) -> set[str]:
    return set(fields(actor, around.request))


def opened(around: Around, **changes) -> EmergencyAccess:
    given = {"by": around.stranger, "reason": REASON} | changes
    return open_emergency(given.pop("number", around.person.number), **given)


@pytest.mark.parametrize("by_request", [True, False])
def test_it_opens_one_file_to_one_person(around, by_request):
    other = factories.make_request()
    colleague = make_member(make_organisation("The strangers"))
    assert seen(around, around.stranger) == set()
    opened(around, number=around.request.number if by_request else around.person.number)
    assert seen(around, around.stranger) == SEEN
    assert (seen(around, colleague), set(fields(around.stranger, other))) == (set(), set())


@pytest.mark.parametrize("by_request", [True, False])
def test_a_role_for_another_programme_opens_nothing(around, by_request):
    number = around.request.number if by_request else around.person.number
    elsewhere = make_member(make_organisation("Another kind of help"), programme="residential-care")
    with pytest.raises(Refused):
        opened(around, by=elsewhere, number=number)
    here = make_member(make_organisation("This kind of help"), programme=around.request.programme)
    assert opened(around, by=here, number=number).programme == around.request.programme


def test_it_is_over_after_the_hours_of_the_region(around):
    access = opened(around)
    assert access.until_at - access.from_at == timedelta(hours=4)
    EmergencyAccess.objects.update(
        from_at=clock.now() - timedelta(hours=4, seconds=1), until_at=clock.now() - timedelta(seconds=1)
    )
    with pytest.raises(Refused):
        get_request(around.stranger, around.request.number)


@pytest.mark.parametrize("reason", ["", "urgent", "– – – – – –", "it is very urgent"])
def test_a_reason_has_enough_words_whatever_the_number(around, reason):
    for number in (around.person.number, "P-9999999"):
        with pytest.raises(Invalid, match="in at least 5 words") as invalid:
            opened(around, number=number, reason=reason)
        assert invalid.value.field == "reason"
    assert EmergencyAccess.objects.count() == 0


def test_who_may_not_learns_nothing_and_each_try_is_written_down(around):
    secret = factories.make_request(factories.make_person(given="Ver", family="Borgen"))
    Person.objects.filter(pk=secret.person_id).update(restricted=True)
    other_programme = make_member(make_organisation("The home"), programme="residential-care")
    tries = [
        (around.stranger, "P-9999999"),
        (around.stranger, "V-9999999"),
        (around.stranger, secret.number),
        (around.stranger, secret.person.number),
        (other_programme, around.request.number),
    ]
    before = LogEntry.objects.count()
    answers = []
    for actor, number in tries:
        with pytest.raises(Refused) as refused:
            opened(around, number=number, by=actor)
        answers.append(str(refused.value))
    assert set(answers) == {Refused.TEXT.en}
    written = LogEntry.objects.order_by("id")[before:]
    assert [(one.verb, one.detail["asked"], one.purpose) for one in written] == [
        ("refused", number, REASON) for _, number in tries
    ]
    assert (EmergencyAccess.objects.count(), Notice.objects.count()) == (0, 0)


@pytest.mark.parametrize("role", ["reader", "analyst", "auditor", "administrator", "signer"])
def test_other_roles_can_not(around, role):
    with pytest.raises(Refused):
        opened(around, by=make_member(make_organisation("The strangers"), role))
    assert EmergencyAccess.objects.count() == 0


def test_the_team_is_told_and_the_person_sees_it(around):
    access = opened(around)
    told = Notice.objects.filter(kind="emergency-opened", person=around.person, about=str(access.pk))
    assert {(one.user_id, one.text["who"]) for one in told} == {
        (actor.user_id, around.stranger.name) for actor in (around.worker, around.colleague, around.officer)
    }
    entry = LogEntry.objects.get(object_type="emergencyaccess", verb="create")
    assert (entry.person_id, entry.purpose, entry.user_name) == (
        around.person.pk,
        REASON,
        around.stranger.name,
    )


def test_where_nobody_works_on_the_case_the_auditors_are_told(around):
    auditor = make_member(around.agency, "auditor")
    elsewhere = make_member(around.agency, "auditor", programme="residential-care")
    CaseWorker.objects.update(ended_at=clock.now())
    opened(around, by=make_member(make_organisation("The strangers"), programme=factories.PROGRAMME))
    assert [one.user_id for one in Notice.objects.all()] == [auditor.user_id]
    assert elsewhere.user_id != auditor.user_id


def test_it_is_not_opened_twice(around):
    opened(around)
    with pytest.raises(Invalid, match="emergency access to this file already"):
        opened(around)
    assert EmergencyAccess.objects.count() == 1


@pytest.mark.parametrize("in_order", [True, False])
def test_the_team_looks_into_it(around, in_order):
    access = opened(around)
    said = "" if in_order else "Nothing was the matter that evening"
    if not in_order:
        with pytest.raises(Invalid, match="Say why"):
            review_emergency(access, by=around.colleague, in_order=False)
    reviewed = review_emergency(access, by=around.colleague, in_order=in_order, text=said)
    assert (reviewed.in_order, reviewed.review, reviewed.reviewed_by_name) == (
        in_order,
        said,
        around.colleague.name,
    )
    assert Notice.objects.filter(kind="emergency-reviewed", user=around.stranger.user_id).count() == 1
    with pytest.raises(Conflict):
        review_emergency(access, by=around.worker, in_order=True)


@pytest.mark.parametrize("who", ["stranger", "partner", "own"])
def test_nobody_else_looks_into_it(around, who):
    access = opened(around)
    with pytest.raises(Refused):
        review_emergency(access, by=getattr(around, who), in_order=True)
    assert EmergencyAccess.objects.get().reviewed_at is None


def test_nobody_reviews_their_own(around):
    access = opened(around, by=around.colleague)
    with pytest.raises(Invalid, match="Who took emergency access does not review it"):
        review_emergency(access, by=around.colleague, in_order=True)
