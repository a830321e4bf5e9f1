"""The public directory: what stands in it, how new it is, and what never does."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from jsonschema import Draft202012Validator, FormatChecker

from tests import factories
from tests.supply import cpsv_ap
from tests.supply.conftest import TODAY, of_another
from veerkracht.register import clock
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply import actions
from veerkracht.register.supply.linked_data import graph
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries.directory import Asked, all_entries, directory, entries, entry
from veerkracht.register.supply.secrecy import address_of, where

COMMAND = Actor.for_command("tests")
HIDDEN = "Hidden Lane 7"
SCHEMA_ADDRESS = "/nl/open/directory/services.schema.json"


def open_house(name="Elm House", area="11001", **facts) -> Service:
    """A service with an address and three places, of which one is taken; confirmed today."""
    service = factories.make_service(name, organisation=f"{name} vzw", area=area, **facts)
    location = actions.add_location(
        service.organisation, by=COMMAND, name=name, area=area, address=f"{name} Street 1"
    )
    service = actions.place_service(service, by=COMMAND, location=location)
    units = factories.make_units(service, 2)
    actions.add_unit(service, by=COMMAND, name="For two", kind="couples-room", on=TODAY)
    actions.hold_place(units[0], by=COMMAND, minutes=30)
    return actions.confirm_places(service, by=COMMAND)


def refuge() -> Service:
    """A service at a secret address, that would be easy to find by its name, area and programme."""
    service = factories.make_service("Elm Refuge", organisation="Shelter", area="11001")
    location = actions.add_location(
        service.organisation, by=COMMAND, name="The refuge", area="11001", address=HIDDEN, secret=True
    )
    service = actions.place_service(service, by=COMMAND, location=location)
    factories.make_units(service, 2)
    return actions.confirm_places(service, by=COMMAND)


def test_an_entry_says_who_what_where_for_whom_with_what_room_and_how_new_that_is():
    service = open_house()
    found = entry(service.pk)
    assert (found.name, found.organisation, found.area_name) == ("Elm House", "Elm House vzw", "Aartselaar")
    assert (found.address, [(room.kind.en, room.units, room.sleeps) for room in found.rooms]) == (
        "Elm House Street 1",
        [("", 2, 2), ("Couple's room", 1, 2)],
    )
    assert (found.free, found.confirmed_on, found.expires_on) == (2, TODAY, TODAY + timedelta(days=92))
    assert found.for_whom != ()
    # A day later than it counts, nothing is said of free places.
    clock.stand_still_on(TODAY + timedelta(days=92))
    late = entry(service.pk)
    assert (late.free, late.is_current, late.confirmed_on) == (None, False, TODAY)


def test_what_is_at_a_secret_address_is_nowhere(client):
    shown, hidden = open_house(), refuge()
    assert [one.name for one in all_entries()] == ["Elm House"]
    assert directory(Asked(name="Refuge")).entries == ()
    with pytest.raises(Refused) as there:
        entry(hidden.pk)
    with pytest.raises(Refused) as absent:
        entry(10**9)
    assert str(there.value) == str(absent.value)
    # What is not asked for through the directory's own list is refused all the same.
    with pytest.raises(Invalid) as fault:
        entries([shown, hidden])
    assert fault.value.field == "secret"
    pages = [
        "/nl/open/directory/",
        "/en/open/directory/?name=Elm",
        "/en/open/directory/services.csv",
        "/en/open/directory/services.json",
        "/en/open/directory/services.jsonld",
    ]
    for path in pages:
        page = client.get(path).content.decode()
        assert ("Elm House" in page, "Refuge" in page, "refuge" in page, HIDDEN in page) == (
            True,
            False,
            False,
            False,
        )
    assert [client.get(f"/en/open/directory/{one}/").status_code for one in (shown.pk, hidden.pk)] == [
        200,
        404,
    ]


def test_a_secret_address_is_sealed_and_told_to_its_own_organisation_only(admission):
    hidden = refuge()
    location = hidden.location
    assert (location.address, HIDDEN in location.sealed_address) == ("", False)
    own = of_another("admission", "Shelter")
    assert (address_of(own, hidden), where(own, hidden)) == (HIDDEN, "Aartselaar")
    assert (address_of(admission, hidden), where(admission, hidden)) == ("", "Antwerpen")
    logged = str(list(LogEntry.objects.values_list("detail", "purpose")))
    assert (HIDDEN in logged, "11001" in logged) == (False, False)


def test_the_json_of_the_directory_holds_to_its_own_schema(client):
    """The schema stands at one address, by which the document is described; and it refuses what is not so."""
    service, bare = open_house(), factories.make_service("Bare House", organisation="Bare House vzw")
    Service.objects.filter(pk=service.pk).update(kind="care-home")
    Organisation.objects.filter(name="Elm House vzw").update(enterprise_number="0403227515")
    answer, schema = client.get("/nl/open/directory/services.json"), client.get(SCHEMA_ADDRESS)
    assert (schema["Content-Type"], answer["Link"]) == (
        "application/schema+json",
        f'<http://testserver{SCHEMA_ADDRESS}>; rel="describedby"',
    )
    Draft202012Validator.check_schema(schema.json())
    validator = Draft202012Validator(schema.json(), format_checker=FormatChecker())
    told = answer.json()
    assert list(validator.iter_errors(told)) == []
    assert [(one["id"], one["free"], one["kind"]) for one in told["services"]] == [
        (bare.pk, None, None),
        (service.pk, 2, {"nl": "Woonzorgcentrum", "en": "Residential care home"}),
    ]
    assert told["services"][1]["rooms"][1] == {
        "kind": {"nl": "Koppelkamer", "en": "Couple's room"},
        "units": 1,
        "sleeps": 2,
    }
    for wrong in (
        {"free_at": None},
        {"confirmed_on": "today"},
        {"id": "1"},
        {"phone": "03 123"},
        {"name": ""},
    ):
        changed = {**told, "services": [{**told["services"][1], **wrong}]}
        assert [list(one.path) for one in validator.iter_errors(changed)] != [], wrong


def test_linked_data_is_what_the_standard_says():
    service, other = open_house(), open_house("Bare House")
    Service.objects.filter(pk=service.pk).update(kind="care-home")
    Organisation.objects.filter(name="Bare House vzw").update(enterprise_number="0403227515")
    document = graph(all_entries(), "https://example.org/directory/")
    assert cpsv_ap.faults(document) == []
    bare, made = document["@graph"]
    assert [one["@id"] for one in (bare, made)] == [
        f"https://example.org/directory/{one.pk}/" for one in (other, service)
    ]
    assert made["cv:hasCompetentAuthority"]["skos:prefLabel"] == [
        {"@language": "nl", "@value": "Elm House vzw"}
    ]
    assert bare["cv:hasCompetentAuthority"]["dct:identifier"] == "0403227515"
    assert made["cv:isClassifiedBy"]["skos:prefLabel"][1]["@value"] == "Residential care home"
    assert made["places:address"]["locn:fullAddress"][0]["@value"] == "Elm House Street 1"
    assert [one["@language"] for one in made["dct:description"]] == ["nl", "en"]
    assert (made["places:free"], made["places:isConfirmed"]) == (2, True)
    assert made["places:expiresOn"]["@value"] == "2024-04-16"
    assert made["places:freeAt"]["@value"].startswith("2024-01-15T")
    assert json.loads(json.dumps(made)) == made


def test_what_is_not_as_the_standard_says_is_seen():
    """The tables find what they are for: a name without language, a class and a word that are not there."""
    open_house()
    document = graph(all_entries(), "https://example.org/directory/")
    (made,) = document["@graph"]
    made |= {"dct:title": "Elm", "adms:status": "active", "dct:spatial": {"@type": "dct:Place"}}
    del made["dct:created"]
    assert cpsv_ap.faults(document) == [
        "dct:title of cpsv:PublicService is 'Elm'",
        "dct:spatial of cpsv:PublicService is {'@type': 'dct:Place'}",
        "cpsv:PublicService has 0 of dct:created",
        "no such class: dct:Place",
        "cpsv:PublicService has no adms:status",
    ]


def test_the_directory_is_read_page_by_page_in_as_many_queries(django_assert_num_queries):
    for count, name in enumerate(("Ash", "Birch", "Cedar"), 1):
        open_house(name, "11001" if name != "Cedar" else "44021")
        with django_assert_num_queries(7):
            assert len(directory().entries) == count
    first = directory(size=2)
    second = directory(size=2, after=first.after)
    assert [[one.name for one in page.entries] for page in (first, second)] == [["Ash", "Birch"], ["Cedar"]]
    provinces = Asked(level="province", area="40000")
    assert [one.name for one in directory(provinces).entries] == ["Cedar"]
    for wrong in ({"after": "999999"}, {"after": "x"}, {"asked": Asked(area="0")}):
        with pytest.raises(Invalid):
            directory(**wrong)


@pytest.mark.parametrize("query", ["?after=999999", "?area=0", "?province=0"])
def test_a_page_of_the_directory_that_is_not_there_is_told_so(query):
    open_house()
    assert Client().get(f"/en/open/directory/{query}").status_code == 404
    assert Client().get("/en/open/directory/services.xml").status_code == 404
