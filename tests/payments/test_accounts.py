"""An account is recorded by one, confirmed by another, sealed at rest and shown masked."""

from datetime import date

import pytest
from django.db import connection
from stdnum import iban

from tests.factories import make_actor, make_person
from tests.payments.making import Team, make_number
from veerkracht.register.constraints import MESSAGES
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.keeping.bundle import making as bundles
from veerkracht.register.keeping.erasing import pseudonymise
from veerkracht.register.log.models import LogEntry
from veerkracht.register.payments import actions, numbers, queries
from veerkracht.register.payments.accounts import account_of, is_usable
from veerkracht.register.payments.models import BankAccount
from veerkracht.register.people import sealing
from veerkracht.register.people.models import Organisation

NUMBER = "BE60999000000070"


@pytest.fixture
def team(today) -> Team:
    return Team()


@pytest.fixture
def provider(team) -> Organisation:
    return Organisation.objects.create(name="Provider", kind="provider")


def record(team: Team, owner, number: str = NUMBER, **facts) -> BankAccount:
    return actions.record_account(owner, by=team.preparer, number=number, holder="Provider vzw", **facts)


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("BE61 9990 0000 0070", "found 61, expected 60"),
        ("BE60 9990 0000 0071", "found 60, expected 33"),
        ("BE60 9990 0000 007", "found 60, expected"),
        ("XX" + iban.calc_check_digits("XX00123456") + "123456", "begins with XX has another form"),
        ("", "right check digits"),
        ("zestig", "right check digits"),
        ("0123456789", "right check digits"),
    ],
)
def test_a_wrong_number_says_what_was_found_and_expected(team, provider, number, said):
    with pytest.raises(Invalid) as caught:
        record(team, provider, number)
    assert said in caught.value.text.en
    assert (caught.value.field, BankAccount.objects.filter(organisation=provider).count()) == ("number", 0)


def test_an_account_is_used_only_after_a_second_person_and_then_ends_the_one_before(team, provider, today):
    first = record(team, provider, "be60 9990 0000 0070", from_date=date(2024, 1, 1))
    assert (is_usable(first, today), account_of(provider.pk, today)) == (False, None)
    with pytest.raises(Invalid) as caught:
        actions.confirm_account(first, by=team.preparer)
    assert caught.value.text == MESSAGES["bank_account_is_confirmed_by_another"]
    first = actions.confirm_account(first, by=team.checker)
    assert (is_usable(first, today), numbers.masked(first)) == (True, "BE.. .... 0070")
    with pytest.raises(Invalid) as caught:
        record(team, provider)
    assert "in use already" in caught.value.text.en
    second = record(team, provider, make_number(), from_date=date(2024, 5, 10))
    with pytest.raises(Invalid):
        record(team, provider, make_number())
    assert account_of(provider.pk, today) == first
    actions.confirm_account(second, by=team.checker)
    first.refresh_from_db()
    assert (first.until_date, account_of(provider.pk, today)) == (date(2024, 5, 9), second)
    with pytest.raises(Conflict):
        actions.refuse_account(second, by=team.checker, reason="Too late")


def test_a_refused_account_says_why_and_makes_room_for_another(team, provider, today):
    account = record(team, provider)
    with pytest.raises(Invalid):
        actions.refuse_account(account, by=team.checker, reason="")
    refused = actions.refuse_account(
        account, by=team.checker, reason="Letter not signed", version=account.version
    )
    assert (refused.state, is_usable(refused, today)) == ("refused", False)
    assert record(team, provider, make_number()).state == "recorded"


def test_a_person_s_account_is_kept_by_who_keeps_the_file_and_nobody_else(team):
    person, officer = make_person(), make_actor("officer")
    with pytest.raises(Refused) as caught:
        record(team, person)
    assert caught.value.text == Refused.TEXT
    kept = actions.record_account(person, by=officer, number=NUMBER, holder="Fien Voorbeeld")
    with pytest.raises(Refused):
        actions.confirm_account(kept, by=team.checker)
    actions.confirm_account(kept, by=make_actor("officer"))
    record(team, Organisation.objects.create(name="Other", kind="provider"), make_number())
    assert [one.organisation for one in queries.accounts_to_confirm(team.checker)] == ["Other"]
    told = LogEntry.objects.filter(object_type="bankaccount", person_id=person.pk).order_by("id")
    assert [one.verb for one in told] == ["create", "change"]
    assert NUMBER not in str(list(LogEntry.objects.values_list("detail", flat=True)))


def test_a_number_is_sealed_found_and_sealed_again_with_a_new_key(team, provider, settings):
    account = record(team, provider)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM payments_bankaccount")
        assert NUMBER not in str(cursor.fetchall())
    settings.DATA_KEYS = [sealing.new_key(), *sealing.keys()]
    assert numbers.under_older_keys() == 2
    assert (numbers.reseal(), numbers.under_older_keys()) == (2, 0)
    account.refresh_from_db()
    assert (numbers.read(account), numbers.is_same(account, NUMBER)) == (NUMBER, True)


def test_a_person_takes_their_numbers_home_and_they_go_with_the_person(team, tmp_path, settings):
    settings.DOCUMENT_FOLDER = tmp_path
    person = make_person()
    team.give_account(person, number=NUMBER, holder="Zichtbaar")
    packed = bundles.bundle(make_actor("records"), person)
    import io
    import zipfile

    told = zipfile.ZipFile(io.BytesIO(packed)).read(f"{person.number}.json").decode()
    assert (NUMBER in told, "Zichtbaar" in told) == (True, True)
    pseudonymise(person, by=make_actor("records"), reason="test")
    left = BankAccount.objects.get(person=person)
    assert (left.number_sealed, left.number_key, left.holder, numbers.masked(left)) == ("", "", "–", "–")


@pytest.mark.parametrize("number", ["0999.900.052", "999", "", "BE 0999.900.05x"])
def test_a_wrong_enterprise_number_is_refused(team, provider, number):
    with pytest.raises(Invalid) as caught:
        actions.record_enterprise_number(provider, by=team.preparer, number=number)
    assert (caught.value.field, number in caught.value.text.en) == ("enterprise_number", True)


def test_an_enterprise_number_is_one_organisation_s(team, provider):
    kept = actions.record_enterprise_number(provider, by=team.preparer, number="BE 0999.900.051")
    other = Organisation.objects.create(name="Other", kind="provider")
    assert kept.enterprise_number == "0999900051"
    with pytest.raises(Invalid) as caught:
        actions.record_enterprise_number(other, by=team.preparer, number="0999900051")
    assert caught.value.text == MESSAGES["enterprise_number_once"]
