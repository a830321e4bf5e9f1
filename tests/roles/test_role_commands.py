"""`veerkracht role` and `veerkracht keys`: the first roles of an installation, and new keys for national numbers."""

import json

import click
import pytest

from tests.factories import make_actor, make_person, make_request
from veerkracht.cli import group
from veerkracht.config.home import data_keys
from veerkracht.register.cases.actions.national_numbers import read_number, record_number
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.people import accounts, sealing
from veerkracht.register.people.actors import Actor, capacities_of
from veerkracht.register.people.models import Person


def run(*words: str) -> None:
    group.main(list(words), "veerkracht", standalone_mode=False)


@pytest.fixture
def anna(today):
    return accounts.make("anna", by=Actor.for_command("test"), name="Anna Eerst")


def test_the_first_administrator_of_an_installation(anna, capsys):
    run("role", "organisation", "The agency", "agency")
    run("role", "give", "anna", "administrator", "--organisation", "The agency")
    (held,) = capacities_of(anna)
    assert held.capacity == "administrator · The agency"
    capsys.readouterr()
    run("role", "list", "--json")
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["username"], row["role"], row["state"]) == ("anna", "administrator", "now")
    run("role", "end", str(row["id"]))
    assert capacities_of(anna) == []
    with pytest.raises(Conflict):
        run("role", "end", str(row["id"]))


def test_a_role_for_an_area_and_some_days(anna, agency):
    words = ("--programme", "personal-budget", "--area", "zone:elz43", "--until", "2024-12-31")
    run("role", "give", "anna", "officer", "--organisation", agency.name, *words)
    (held,) = capacities_of(anna)
    assert held.capacity == "officer · The agency · personal-budget · zone elz43"
    assert str(held.membership.until_date) == "2024-12-31"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("nobody", "officer", "--organisation", "The agency"), Refused),
        (("anna", "officer", "--organisation", "None such"), Refused),
        (("anna", "king", "--organisation", "The agency"), Invalid),
        (("anna", "officer", "--organisation", "The agency", "--area", "elz43"), Invalid),
    ],
)
def test_what_the_command_refuses(anna, agency, words, fault):
    with pytest.raises(fault):
        run("role", "give", *words)
    assert capacities_of(anna) == []


def test_only_the_machine_adds_organisations(agency):
    from veerkracht.register.roles.actions import add_organisation

    with pytest.raises(Refused):
        add_organisation("Another", by=make_actor("administrator"), kind="provider")


@pytest.fixture
def home(settings, tmp_path):
    settings.HOME, settings.DATA_KEY_FILE, settings.DATA_KEYS = tmp_path, data_keys(tmp_path), []
    return tmp_path


def test_keys_are_replaced_and_the_old_ones_dropped(home, today):
    officer, person = make_actor("officer"), make_request(make_person()).person
    record_number(person, by=officer, number="85073003328", despite_birth_date=True)
    (first,) = sealing.keys()
    run("keys", "rotate")
    assert sealing.keys()[1:] == [first]
    run("keys", "drop-old")
    (newest,) = sealing.keys()
    assert newest != first
    assert read_number(Person.objects.get(pk=person.pk), by=officer) == "85073003328"
    assert (home / "data-keys").stat().st_mode & 0o077 == 0


def test_a_key_that_a_number_needs_is_not_dropped(home, today):
    person = make_request(make_person()).person
    record_number(person, by=make_actor("officer"), number="85073003328", despite_birth_date=True)
    (home / "data-keys").write_text("\n".join([sealing.new_key(), *sealing.keys()]))
    with pytest.raises(click.UsageError, match="1 numbers are sealed with an older key"):
        run("keys", "drop-old")
    assert len(sealing.keys()) == 2


def test_keys_of_the_environment_are_dropped_there(home, today, settings):
    settings.DATA_KEYS = [sealing.new_key()]
    with pytest.raises(click.UsageError, match="VEERKRACHT_DATA_KEY"):
        run("keys", "drop-old")


def test_a_new_key_is_printed(home, capsys, settings):
    run("keys", "new")
    settings.DATA_KEYS = [capsys.readouterr().out.strip()]
    assert sealing.opened(sealing.seal("text")) == "text"
