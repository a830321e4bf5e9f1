"""Case consultation: on a ground in law, with participants by name, notes for them alone, and over when it is over."""

import shutil
from datetime import timedelta

import pytest

from tests.region.conftest import REGIONS
from tests.sharing.making import DAY, PROGRAMME, Around, make_member, make_organisation
from veerkracht.register.care.access import get_request
from veerkracht.register.cases.actions import (
    Meeting,
    add_member,
    end_consultation,
    note,
    open_consultation,
    remove_member,
)
from veerkracht.register.cases.queries.consultations import get_consultation
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.permissions import fields
from veerkracht.register.sharing.models import Consultation, Notice

pytestmark = pytest.mark.django_db


def meeting(**changes) -> Meeting:
    facts = {
        "programme": PROGRAMME,
        "ground": "case-consultation",
        "purpose": "To keep the children safe",
        "fields": ["request", "history"],
    }
    return Meeting(**(facts | changes))


def opened(around: Around, *others, **changes) -> Consultation:
    members = [actor.membership for actor in others or (around.partner,)]
    return open_consultation(around.person, meeting(**changes), by=around.worker, members=members)


def seen(around: Around, actor) -> set[str]:
    return set(fields(actor, around.request))


def test_who_takes_part_by_name_reads_what_is_shared(around):
    colleague_of_partner = make_member(around.provider)
    opened(around)
    assert seen(around, around.partner) == {"identity", "request", "history"}
    assert [seen(around, actor) for actor in (colleague_of_partner, around.other_partner)] == [set(), set()]
    assert list(Notice.objects.values_list("user", "kind")) == [
        (around.partner.user_id, "consultation-opened")
    ]


def test_notes_are_for_the_members(around):
    consultation = opened(around)
    note(consultation, by=around.partner, text="The neighbours heard it too", kind="shared")
    note(consultation, by=around.worker, text="We visit on Monday", kind="agreed")
    said = [(one.kind, one.text) for one in get_consultation(around.partner, consultation.pk).notes]
    assert said == [("shared", "The neighbours heard it too"), ("agreed", "We visit on Monday")]
    for actor in (around.colleague, around.officer, around.other_partner, around.stranger, around.own):
        with pytest.raises(Refused):
            get_consultation(actor, consultation.pk)
        with pytest.raises(Refused):
            note(consultation, by=actor, text="Me too")


def test_a_member_of_another_consultation_on_the_same_person_reads_no_notes_of_this_one(around):
    first, second = opened(around), opened(around, around.other_partner)
    note(first, by=around.partner, text="Only for us")
    for act in (
        lambda: get_consultation(around.other_partner, first.pk),
        lambda: note(first, by=around.other_partner, text="Me too"),
    ):
        with pytest.raises(Refused):
            act()
    assert get_consultation(around.other_partner, second.pk).notes == ()


def test_the_notes_are_in_no_file(around):
    note(opened(around), by=around.partner, text="The neighbours heard it too")
    assert "notes" not in seen(around, around.officer) | seen(around, around.colleague)


@pytest.mark.parametrize("how", ["ended", "expired", "left", "not yet"])
def test_when_it_is_over_so_is_the_reading(around, how):
    consultation = opened(around)
    member = consultation.members.get(user=around.partner.user_id)
    if how == "ended":
        end_consultation(consultation, by=around.colleague)
    elif how == "left":
        remove_member(member, by=around.partner)
    elif how == "expired":
        Consultation.objects.update(held_on=DAY - timedelta(days=9), until_date=DAY - timedelta(days=1))
    else:
        Consultation.objects.update(held_on=DAY + timedelta(days=1))
    assert seen(around, around.partner) == set()
    for act in (
        lambda: get_request(around.partner, around.request.number),
        lambda: get_consultation(around.partner, consultation.pk),
        lambda: note(consultation, by=around.partner, text="One more thing"),
    ):
        with pytest.raises(Refused):
            act()


def test_somebody_joins_later(around):
    consultation = opened(around)
    add_member(consultation, around.other_partner.membership, by=around.worker)
    assert seen(around, around.other_partner) == {"identity", "request", "history"}
    with pytest.raises(Invalid, match="participant is there already"):
        add_member(consultation, around.other_partner.membership, by=around.worker)
    for who in (around.partner, around.stranger):
        with pytest.raises(Refused):
            add_member(consultation, around.stranger.membership, by=who)


def test_nobody_puts_another_out_but_the_team(around):
    consultation = opened(around, around.partner, around.other_partner)
    member = consultation.members.get(user=around.partner.user_id)
    for who in (around.other_partner, around.stranger):
        with pytest.raises(Refused):
            remove_member(member, by=who)
    assert seen(around, around.partner) == {"identity", "request", "history"}
    remove_member(member, by=around.colleague)
    assert seen(around, around.partner) == set()


@pytest.mark.parametrize(
    ("changes", "field", "found"),
    [
        ({"ground": "vital-interest"}, "ground", "is no legal ground for this"),
        ({"fields": ["money"]}, "fields", "may not be shared here: money"),
        ({"until_date": DAY + timedelta(days=181)}, "until_date", "at most"),
        ({"purpose": ""}, "purpose", "Say why"),
    ],
)
def test_what_the_ground_does_not_give(around, changes, field, found):
    with pytest.raises(Invalid, match=found) as invalid:
        opened(around, **changes)
    assert (invalid.value.field, Consultation.objects.count()) == (field, 0)


def test_nobody_consults_alone(around):
    gone = make_member(make_organisation("The gone"), until_date=DAY - timedelta(days=1))
    for members in ([], [around.worker], [gone]):
        with pytest.raises(Invalid, match="at least one other participant"):
            open_consultation(
                around.person, meeting(), by=around.worker, members=[one.membership for one in members]
            )


@pytest.mark.parametrize("who", ["officer_elsewhere", "partner", "stranger", "own"])
def test_only_the_team_opens_one(around, who):
    elsewhere = make_member(
        make_organisation("Another agency"), "officer", area_kind="province", area_code="10000"
    )
    actor = elsewhere if who == "officer_elsewhere" else getattr(around, who)
    with pytest.raises(Refused):
        open_consultation(around.person, meeting(), by=actor, members=[around.partner.membership])


def test_each_look_is_in_the_log_with_the_purpose(around):
    consultation = opened(around)
    get_consultation(around.partner, consultation.pk)
    get_request(around.partner, around.request.number)
    looks = LogEntry.objects.filter(verb="read", user_id=around.partner.user_id).order_by("id")
    assert list(looks.values_list("object_type", "purpose", "fields")) == [
        ("consultation", "To keep the children safe", ["notes"]),
        ("request", "To keep the children safe", ["history", "identity", "request"]),
    ]


def test_a_ground_for_consultation_holds_for_its_own_programmes_only(around, monkeypatch, tmp_path):
    table = {"ground": "round-table", "fields": ["request"]}
    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    assert opened(around, **table).ground == "round-table"
    shutil.copytree(REGIONS / "testland", tmp_path / "testland")
    access = tmp_path / "testland" / "access.toml"
    said = access.read_text().replace(
        "consultation = true", 'consultation = true\nprogrammes = ["day-money"]'
    )
    access.write_text(said)
    monkeypatch.setenv("VEERKRACHT_REGION", str(tmp_path / "testland"))
    with pytest.raises(Invalid, match="does not hold for this programme") as refused:
        opened(around, **table)
    assert (refused.value.field, Consultation.objects.count()) == ("ground", 1)
