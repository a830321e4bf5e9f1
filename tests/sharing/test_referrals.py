"""A referral: the receiver reads what is needed, accepts or declines with a reason, and loses it when it ends."""

import pytest

from tests.sharing.making import Around, make_member
from veerkracht.register.care.access import get_request
from veerkracht.register.cases.actions import answer_referral, end_referral, revoke_consent, send_referral
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.permissions import fields
from veerkracht.register.sharing.models import Notice, Referral

pytestmark = pytest.mark.django_db
GIVEN = {"identity", "request", "contact"}


def seen(around: Around, actor) -> set[str]:
    return set(fields(actor, around.request))


def sent(around: Around, **changes) -> Referral:
    return send_referral(around.consent(), by=around.worker, purpose="A place is needed", **changes)


def told(kind: str) -> set[int]:
    return set(Notice.objects.filter(kind=kind).values_list("user", flat=True))


def test_the_receiver_reads_what_is_referred_and_no_more(around):
    sent(around, fields=["request"])
    assert seen(around, around.partner) == {"identity", "request"}
    assert [seen(around, actor) for actor in (around.other_partner, around.stranger)] == [set(), set()]


def test_the_receivers_are_told_and_nobody_else(around):
    admission, reader = make_member(around.provider, "admission"), make_member(around.provider, "reader")
    elsewhere = make_member(around.provider, programme="residential-care")
    sent(around)
    assert told("referral-sent") == {around.partner.user_id, admission.user_id}
    assert {reader.user_id, elsewhere.user_id} & told("referral-sent") == set()


def test_accepting_keeps_it_open(around):
    answered = answer_referral(sent(around), by=around.partner, accept=True)
    assert (answered.state, answered.answered_by_name, answered.ended_at) == (
        "accepted",
        around.partner.name,
        None,
    )
    assert seen(around, around.partner) == GIVEN
    assert around.worker.user_id in told("referral-accepted")


def test_declining_says_why_and_ends_it_at_once(around):
    referral = sent(around)
    with pytest.raises(Invalid, match="Say why"):
        answer_referral(referral, by=around.partner, accept=False)
    assert seen(around, around.partner) == GIVEN
    declined = answer_referral(referral, by=around.partner, accept=False, reason="No room here")
    assert (declined.state, declined.reason, declined.ended_at) == (
        "declined",
        "No room here",
        declined.answered_at,
    )
    with pytest.raises(Refused):
        get_request(around.partner, around.request.number)


@pytest.mark.parametrize("who", ["worker", "partner"])
def test_either_side_ends_it(around, who):
    referral = answer_referral(sent(around), by=around.partner, accept=True)
    end_referral(referral, by=getattr(around, who), reason="Done")
    assert (seen(around, around.partner), Referral.objects.get().state) == (set(), "ended")
    with pytest.raises(Invalid, match="answered or is over"):
        end_referral(referral, by=around.worker)


@pytest.mark.parametrize("who", ["other_partner", "stranger", "own", "worker", "officer"])
def test_nobody_else_answers(around, who):
    referral = sent(around)
    with pytest.raises(Refused):
        answer_referral(referral, by=getattr(around, who), accept=True)
    assert Referral.objects.get().state == "sent"


def test_the_receiver_of_one_referral_does_not_answer_another(around):
    sent(around)
    theirs = send_referral(
        around.consent(organisation=around.other), by=around.worker, purpose="A place is needed"
    )
    with pytest.raises(Refused):
        answer_referral(theirs, by=around.partner, accept=True)
    with pytest.raises(Refused):
        end_referral(theirs, by=around.partner)


@pytest.mark.parametrize("who", ["other_partner", "stranger", "own"])
def test_nobody_else_ends_it(around, who):
    referral = sent(around)
    with pytest.raises(Refused):
        end_referral(referral, by=getattr(around, who))
    assert Referral.objects.get().state == "sent"


def test_revoking_the_consent_ends_what_rests_on_it(around):
    referral = sent(around)
    revoke_consent(referral.consent, by=around.own)
    referral.refresh_from_db()
    assert (referral.state, referral.reason) == ("ended", "The consent that this rested on was revoked.")
    assert seen(around, around.partner) == set()
    assert around.partner.user_id in told("referral-ended")


def test_a_consent_that_was_not_given_carries_no_referral(around):
    consent = around.consent()
    revoke_consent(consent, by=around.own)
    with pytest.raises(Invalid, match="No consent or ground"):
        send_referral(consent, by=around.worker, purpose="A place is needed")


def test_only_the_organisation_that_asked_refers_on_a_consent(around):
    consent = around.consent()
    consent.asked_by_organisation = around.other
    consent.save()
    with pytest.raises(Invalid, match="No consent or ground"):
        send_referral(consent, by=around.worker, purpose="A place is needed")


def test_no_more_than_the_consent_gives(around):
    with pytest.raises(Invalid, match="may not be shared here: money"):
        sent(around, fields=["request", "money"])
    assert Referral.objects.count() == 0


def test_one_open_referral_to_an_organisation(around):
    sent(around)
    with pytest.raises(Invalid, match="open referral to this organisation"):
        sent(around)


def test_one_open_referral_on_a_consent(around):
    consent = around.consent(programme="")
    send_referral(consent, by=around.officer, purpose="A place is needed", programme="personal-budget")
    with pytest.raises(Invalid, match="rests on this consent already"):
        send_referral(consent, by=around.officer, purpose="And there", programme="residential-care")


def test_two_who_answer_at_once(around):
    referral = sent(around)
    answer_referral(referral, by=around.partner, accept=True, version=1)
    with pytest.raises(Conflict):
        answer_referral(referral, by=make_member(around.provider), accept=False, reason="No", version=1)
    assert Referral.objects.get().state == "accepted"
