"""Consent holds once all who are asked agree, gives what it says and no more, and stops the moment it is revoked."""

from datetime import date, timedelta

import pytest

from tests import factories
from tests.sharing.making import DAY, Around, make_organisation, make_representative
from veerkracht.register import clock
from veerkracht.register.care.access import get_request
from veerkracht.register.cases.actions import answer_consent, record_consent, revoke_consent
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.permissions import fields
from veerkracht.register.sharing.models import Consent, Notice

pytestmark = pytest.mark.django_db


def seen(around: Around, actor) -> set[str]:
    around.request.refresh_from_db()
    return set(fields(actor, around.request))


def test_a_consent_gives_its_fields_and_no_more(around):
    assert seen(around, around.partner) == set()
    around.consent()
    assert seen(around, around.partner) == {"identity", "request", "contact"}
    assert [seen(around, actor) for actor in (around.other_partner, around.stranger)] == [set(), set()]


def test_an_adult_is_asked_themself(around):
    consent = record_consent(around.person, around.terms(), by=around.worker)
    assert (consent.given_at, seen(around, around.partner)) == (None, set())
    answer_consent(consent, by=around.own, agree=True)
    assert seen(around, around.partner) == {"identity", "request", "contact"}
    assert list(consent.voices.values_list("person", "agreed", "recorded_by_name")) == [
        (around.person.pk, True, around.person.number)
    ]


def test_a_no_is_a_no(around):
    consent = record_consent(around.person, around.terms(), by=around.worker)
    answer_consent(consent, by=around.own, agree=False)
    assert seen(around, around.partner) == set()
    with pytest.raises(Conflict):
        answer_consent(consent, by=around.own, agree=True)
    notices = Notice.objects.filter(kind="consent-refused").values_list("user", "text")
    assert set(notices.values_list("user", flat=True)) == {
        actor.user_id for actor in (around.worker, around.colleague, around.officer)
    }


@pytest.mark.parametrize("agreed", [True, False])
def test_an_administrator_speaks_for_an_adult_who_has_one(around, agreed):
    administrator = make_representative(around.person, "administrator", born=date(1970, 1, 1))
    consent = record_consent(around.person, around.terms(), by=around.worker)
    assert list(consent.voices.values_list("person", flat=True)) == [administrator.person.pk]
    with pytest.raises(Refused):
        answer_consent(consent, by=around.own, agree=True)
    answer_consent(consent, by=administrator, agree=agreed)
    assert (seen(around, around.partner) != set()) is agreed


def test_one_parent_speaks_for_a_child(around):
    _born(around, 2015)
    mother, father = (make_representative(around.person, born=date(1985, 1, day)) for day in (1, 2))
    consent = record_consent(around.person, around.terms(), by=around.worker)
    assert set(consent.voices.values_list("person", flat=True)) == {mother.person.pk, father.person.pk}
    answer_consent(consent, by=mother, agree=True)
    assert seen(around, around.partner) == {"identity", "request", "contact"}
    answer_consent(consent, by=father, agree=False)
    assert seen(around, around.partner) == set()


@pytest.mark.parametrize("who_first", ["own", "parent"])
def test_from_twelve_a_young_person_agrees_too(around, who_first):
    _born(around, 2010)
    parent = make_representative(around.person, born=date(1985, 1, 1))
    consent = record_consent(around.person, around.terms(), by=around.worker)
    first, second = (around.own, parent) if who_first == "own" else (parent, around.own)
    answer_consent(consent, by=first, agree=True)
    assert seen(around, around.partner) == set()
    answer_consent(consent, by=second, agree=True)
    assert seen(around, around.partner) == {"identity", "request", "contact"}


@pytest.mark.parametrize(
    ("born", "until"),
    [
        (date(2012, 1, 16), date(2024, 1, 15)),
        (date(2006, 2, 1), date(2024, 1, 31)),
        (date(1990, 1, 1), date(2025, 1, 14)),
    ],
)
def test_a_consent_does_not_outlast_the_age_at_which_others_must_agree(around, born, until):
    around.person.birth_date = born
    around.person.save()
    make_representative(around.person, born=date(1970, 1, 1))
    assert record_consent(around.person, around.terms(), by=around.worker).until_date == until


def test_a_child_for_whom_nobody_speaks_can_not_consent(around):
    _born(around, 2015)
    with pytest.raises(Invalid, match="No parent or guardian is recorded") as refused:
        record_consent(around.person, around.terms(), by=around.worker)
    assert (refused.value.field, Consent.objects.count()) == ("person", 0)


def test_nobody_answers_for_somebody_who_is_not_asked(around):
    stranger = factories.make_own_actor(factories.make_person(given="Ander"))
    consent = record_consent(around.person, around.terms(), by=around.worker)
    for actor, said in ((stranger, {}), (around.partner, {"voice_of": around.person, "how": "spoken"})):
        with pytest.raises(Refused):
            answer_consent(consent, by=actor, agree=True, **said)
    with pytest.raises(Refused):
        answer_consent(consent, by=around.worker, agree=True, voice_of=stranger.person, how="spoken")
    with pytest.raises(Invalid, match="not asked to agree"):
        record_consent(
            around.person, around.terms(), by=around.worker, agreed=[stranger.person], how="written"
        )
    assert seen(around, around.partner) == set()


def test_the_team_writes_down_an_answer_with_how_it_came(around):
    consent = record_consent(around.person, around.terms(), by=around.worker)
    with pytest.raises(Invalid, match="Say how the answer came"):
        answer_consent(consent, by=around.worker, agree=True, voice_of=around.person)
    given = answer_consent(consent, by=around.worker, agree=True, voice_of=around.person, how="spoken")
    assert (given.how, consent.voices.get().recorded_by_name) == ("spoken", around.worker.name)


@pytest.mark.parametrize("who", ["own", "worker", "colleague", "officer"])
def test_revoking_works_at_once(around, who):
    consent = around.consent()
    assert get_request(around.partner, around.request.number).pk == around.request.pk
    revoke_consent(consent, by=getattr(around, who), reason="No longer wanted")
    with pytest.raises(Refused):
        get_request(around.partner, around.request.number)
    with pytest.raises(Invalid, match="revoked already"):
        revoke_consent(consent, by=around.own)


@pytest.mark.parametrize("who", ["partner", "stranger", "other_partner"])
def test_who_may_not_revoke_a_consent(around, who):
    consent = around.consent()
    with pytest.raises(Refused):
        revoke_consent(consent, by=getattr(around, who))
    assert seen(around, around.partner) == {"identity", "request", "contact"}


def test_a_representative_revokes_for_a_child(around):
    _born(around, 2015)
    parent = make_representative(around.person, born=date(1985, 1, 1))
    consent = record_consent(around.person, around.terms(), by=around.worker)
    answer_consent(consent, by=parent, agree=True)
    revoke_consent(consent, by=parent)
    assert (seen(around, around.partner), Consent.objects.get().revoked_by_name) == (
        set(),
        parent.person.number,
    )


def test_two_editors_of_one_consent(around):
    consent = record_consent(around.person, around.terms(), by=around.worker)
    answer_consent(consent, by=around.own, agree=True, version=1)
    with pytest.raises(Conflict):
        revoke_consent(consent, by=around.worker, version=1)


@pytest.mark.parametrize(("from_", "until"), [(1, 30), (-30, -1)])
def test_it_holds_from_its_first_day_to_its_last(around, from_, until):
    consent = around.consent()
    days = {"from_date": DAY + timedelta(days=from_), "until_date": DAY + timedelta(days=until)}
    Consent.objects.update(**days)
    assert seen(around, around.partner) == set()
    Consent.objects.update(from_date=DAY, until_date=DAY)
    assert seen(around, around.partner) == {"identity", "request", "contact"}
    assert consent.pk


def test_a_consent_for_another_programme_shows_nothing(around):
    around.consent(programme="")
    assert seen(around, around.partner) == {"identity", "request", "contact"}
    Consent.objects.update(programme="residential-care")
    assert seen(around, around.partner) == set()


# ── grounds in law


def test_a_ground_in_law_holds_at_once_with_its_source(around):
    consent = around.consent(ground="vital-interest", fields=["request", "assessment"])
    assert (consent.given_at, consent.until_date) == (consent.recorded_at, DAY + timedelta(days=14))
    assert consent.source.startswith("Verordening (EU) 2016/679, art. 6.1.d en 9.2.c https://")
    assert seen(around, around.partner) == {"identity", "request", "assessment"}


@pytest.mark.parametrize(
    ("changes", "field", "found"),
    [
        ({"ground": "curiosity"}, "ground", "is no legal ground for this"),
        ({"ground": "case-consultation"}, "ground", "is no legal ground for this"),
        ({"ground": "danger-to-the-vulnerable"}, "ground", "does not hold for this programme or this kind"),
        ({"ground": "vital-interest", "fields": ["money"]}, "fields", "may not be shared here: money"),
        (
            {"ground": "vital-interest", "until_date": DAY + timedelta(days=15)},
            "until_date",
            "until 29-01-2024 at most",
        ),
        ({"fields": ["hidden-address"]}, "fields", "may not be shared here: hidden-address"),
        ({"fields": ["national-number", "looks"]}, "fields", "looks, national-number"),
        ({"fields": []}, "fields", "Choose what is shared"),
        ({"purpose": " – "}, "purpose", "Say why"),
        ({"until_date": DAY + timedelta(days=731)}, "until_date", "at most"),
        ({"until_date": DAY - timedelta(days=1)}, "until_date", "passed already"),
        (
            {"from_date": DAY + timedelta(days=20), "until_date": DAY + timedelta(days=10)},
            "until_date",
            "passed",
        ),
    ],
)
def test_what_is_not_allowed_is_said_at_its_field(around, changes, field, found):
    with pytest.raises(Invalid, match=found) as invalid:
        around.consent(**changes)
    assert (invalid.value.field, Consent.objects.count()) == (field, 0)


def test_a_ground_for_one_kind_of_organisation(around):
    around.provider = make_organisation("The prosecutor", "prosecutor")
    assert around.consent(ground="danger-to-the-vulnerable").given_at is not None


def test_what_the_law_gives_a_person_can_not_revoke_but_the_team_can(around):
    consent = around.consent(ground="vital-interest")
    with pytest.raises(Invalid, match="rests on the law"):
        revoke_consent(consent, by=around.own)
    revoke_consent(consent, by=around.worker)
    assert seen(around, around.partner) == set()


def test_ones_own_organisation_gives_itself_nothing(around):
    with pytest.raises(Invalid, match="needs no consent"):
        around.consent(organisation=around.agency, ground="vital-interest")


@pytest.mark.parametrize("who", ["partner", "stranger", "own"])
def test_who_may_not_record_a_consent(around, who):
    for ground in ("consent", "vital-interest"):
        with pytest.raises(Refused):
            record_consent(around.person, around.terms(ground=ground), by=getattr(around, who))
    assert Consent.objects.count() == 0


def test_nobody_shares_the_file_of_who_has_died(around):
    around.person.died_on = DAY
    around.person.save()
    with pytest.raises(Invalid, match="has died"):
        around.consent()


def test_what_was_shared_is_in_the_log_with_purpose_and_fields(around):
    consent = around.consent()
    entry = LogEntry.objects.get(verb="share")
    assert (entry.object_type, entry.person_id, entry.purpose, entry.fields) == (
        "consent",
        around.person.pk,
        "To prepare the support",
        ["contact", "identity", "request"],
    )
    revoke_consent(consent, by=around.own)
    last = LogEntry.objects.order_by("id").last()
    assert (last.verb, last.detail, last.person_id) == ("change", {"revoked": True}, around.person.pk)


def test_a_restricted_file_is_shared_with_nobody(around):
    around.consent()
    around.person.restricted = True
    around.person.save()
    assert seen(around, around.partner) == set()


def test_testland_has_its_own_ages_and_terms(around, monkeypatch):
    from tests.region.conftest import REGIONS

    monkeypatch.setenv("VEERKRACHT_REGION", str(REGIONS / "testland"))
    _born(around, 2004)
    with pytest.raises(Invalid, match="No parent or guardian"):
        record_consent(around.person, around.terms(), by=around.worker)
    make_representative(around.person, born=date(1970, 1, 1))
    consent = record_consent(around.person, around.terms(), by=around.worker)
    assert (consent.voices.count(), consent.until_date) == (2, DAY + timedelta(days=30))
    assert clock.today() == DAY


def _born(around: Around, year: int) -> None:
    around.person.birth_date = date(year, 6, 1)
    around.person.save()
