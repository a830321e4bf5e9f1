"""Places by file: all rows or none and why, out and in again; and nothing at a secret address goes out."""

import json
from datetime import date

import pytest
from click.testing import CliRunner, Result

from tests import factories
from tests.supply.conftest import of_another
from veerkracht.cli import group
from veerkracht.register import verify
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.formulas import guarded
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply import actions
from veerkracht.register.supply.exports import HEADS, exported
from veerkracht.register.supply.growth_exports import HEADS as CALENDAR
from veerkracht.register.supply.models import Location, Service, Unit, UnitClosure
from veerkracht.register.supply.reading import COLUMNS, OPTIONAL

COMMAND = Actor.for_command("tests")
HEADER = ",".join([*COLUMNS, *OPTIONAL[:-3]])
# organisation, programme, service, area, unit, from; kind of service, address, kind, sleeps, ward, until
ROW = (
    "Elm House,residential-care,Elm House,11001,Room 1,2020-01-01,care-home,Elm Street 1,room,,Ground floor,"
)
TWO = "Elm House,residential-care,Elm House,11001,Room 2,2020-01-01,,,couples-room,,,2030-12-31"


@pytest.fixture
def elm(day) -> Organisation:
    return Organisation.objects.create(name="Elm House", kind="provider", enterprise_number="0403227515")


def file_of(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *rows, ""]).encode()


def faults_of(*rows: str, by: Actor = COMMAND, header: str = HEADER):
    report = actions.import_places(file_of(*rows, header=header), "places.csv", by=by)
    return [(fault.line, fault.field, fault.found.en, fault.expected.en) for fault in report.faults]


def test_a_file_adds_what_is_not_there_and_leaves_the_rest_alone(elm):
    dry = actions.import_places(file_of(ROW, TWO), "places.csv", by=COMMAND, dry_run=True)
    assert (dry.rows, dry.added, Unit.objects.count()) == (2, 0, 0)
    report = actions.import_places(file_of(ROW, TWO), "places.csv", by=COMMAND)
    assert (report.rows, report.already, report.added, report.services_added) == (2, 0, 2, 1)
    service, location = Service.objects.get(), Location.objects.get()
    assert (service.kind, service.area, service.location) == ("care-home", "11001", location)
    assert (location.address, location.secret) == ("Elm Street 1", False)
    assert list(service.units.order_by("name").values_list("kind", "sleeps", "ward")) == [
        ("room", 1, "Ground floor"),
        ("couples-room", 2, ""),
    ]
    again = actions.import_places(
        file_of(ROW, ROW.replace("Room 1", "Room 3"), TWO).replace(b"Elm House,res", b"0403227515,res"),
        "places.csv",
        by=COMMAND,
    )
    assert (again.already, again.added, again.services_added, Unit.objects.count()) == (2, 1, 0, 3)


@pytest.mark.parametrize(
    ("row", "field", "found", "expected"),
    [
        (ROW.replace("Elm House,res", "Oak,res"), "organisation", "Oak", "its name or enterprise number"),
        (ROW.replace("11001", "1100"), "area", "1100", None),
        (ROW.replace("residential-care", "residential"), "programme", "residential", None),
        (ROW.replace("2020-01-01", "1-1-2020"), "from", "1-1-2020", "a date such as 2024-01-31"),
        (ROW + "2019-01-01", "until", "2019-01-01", "a date from 2020-01-01, or nothing"),
        (ROW.replace("room,,", "room,-1,"), "sleeps", "-1", "a whole number from 1"),
        (ROW.replace("room,,", "room,21,"), "sleeps", "21", "at most 20"),
        (ROW.replace("room,,", "roof,,"), "kind", "roof", None),
        (ROW.replace("care-home", "castle"), "service_kind", "castle", None),
        (ROW.replace("Room 1", ""), "unit", "nothing", "a text"),
        (ROW.replace("Room 1", "x" * 101), "unit", "101 characters", "at most 100"),
        (ROW.replace("Room 1", "Kamer van mevr. Peeters"), "unit", "mevr. Peeters", "no person's name"),
        (ROW.replace("Ground floor", "Dhr. Claes"), "ward", "Dhr. Claes", None),
        (ROW.replace("care,Elm House", "care,Bij Meneer Jan"), "service", "Meneer Jan", None),
        (TWO, "unit", "Room 2", "each unit of a service once (see line 2)"),
        (TWO.replace("11001", "11002").replace("Room 2", "Room 3"), "area", "11002", "11001"),
    ],
)
def test_a_row_that_can_not_be_is_named_with_its_field_and_nothing_is_added(elm, row, field, found, expected):
    ((line, wrong, said, wanted),) = faults_of(TWO, row)
    assert (line, wrong, said, Unit.objects.count()) == (3, field, found, 0)
    assert expected is None or wanted == expected


def test_what_is_there_otherwise_is_named_with_what_is_there(elm):
    actions.import_places(file_of(TWO), "places.csv", by=COMMAND)
    assert faults_of(TWO.replace("couples-room", "room")) == [
        (2, "kind", "room", "couples-room"),
        (2, "sleeps", "1", "2"),
    ]


def test_a_file_that_is_none_is_refused(elm):
    assert faults_of(header=HEADER.replace("area", "aera")) == [(1, "area", "aera", "“area”")]
    for data, found in ((b"\xff\xfe", "byte 0xff"), (b"", "nothing")):
        report = actions.import_places(data, "places.csv", by=COMMAND)
        assert [fault.found.en for fault in report.faults] == [found]


def test_an_organisation_brings_its_own_places_only(elm, admission):
    own = of_another("admission", "Elm House")
    assert faults_of(ROW, by=admission) == [
        (2, "organisation", "Elm House", "its name or enterprise number"),
    ]
    assert faults_of(ROW, by=own) == []
    with pytest.raises(Refused):
        actions.import_places(file_of(ROW), "places.csv", by=factories.make_actor("officer"))
    assert Unit.objects.count() == 1


def test_what_goes_out_comes_in_again(elm, django_assert_num_queries):
    actions.import_places(file_of(ROW, TWO), "places.csv", by=COMMAND)
    actions.close_unit(Unit.objects.get(name="Room 1"), by=COMMAND, reason="works")
    with django_assert_num_queries(6):
        rows = exported(COMMAND)
    assert [row[-3:] for row in rows] == [("works", date(2024, 1, 15), None), ("", None, None)]
    text = [",".join(guarded(str(cell or "")) for cell in row) for row in rows]
    report = actions.import_places(file_of(*text, header=",".join(HEADS)), "places.csv", by=COMMAND)
    assert (report.faults, report.already, report.added) == ((), 2, 0)
    actions.import_places(file_of(ROW.replace("Elm House,11", "Elm Two,11")), "places.csv", by=COMMAND)
    with django_assert_num_queries(6):
        assert len(exported(COMMAND)) == 3


def test_what_is_closed_comes_in_closed_and_is_held_to_what_is_there(elm):
    """A closing stands in a file with why, since when and until when; without a day it begins today."""
    shut = ROW + ",works,2023-11-01,2024-03-01"
    header = ",".join([*COLUMNS, *OPTIONAL])
    assert faults_of(shut, TWO + ",staff,,", header=header) == []
    assert list(UnitClosure.objects.order_by("pk").values_list("reason", "from_date", "reopens_on")) == [
        ("works", date(2023, 11, 1), date(2024, 3, 1)),
        ("staff", date(2024, 1, 15), None),
    ]
    told = [",".join(guarded(str(cell or "")) for cell in row) for row in exported(COMMAND)]
    again = actions.import_places(file_of(*told, header=",".join(HEADS)), "places.csv", by=COMMAND)
    assert (again.faults, again.already, verify.run()) == ((), 2, [])
    # A file without these columns says nothing of closings; an empty cell says that it is open.
    assert faults_of(ROW, TWO) == []
    for row, field, found, expected in (
        (ROW + ",,,", "closed_because", "nothing", "works"),
        (ROW + ",staff,,", "closed_because", "staff", "works"),
        (
            ROW + ",works,2023-11-02,2024-03-01",
            "closed_from",
            "2023-11-02",
            "2023-11-01, the day of that closing",
        ),
        (ROW + ",works,,", "reopens_on", "nothing", "2024-03-01"),
        (ROW + ",,2023-11-01,", "closed_from", "2023-11-01", "nothing, or a reason in closed_because"),
        (
            ROW + ",works,2019-12-31,",
            "closed_from",
            "2019-12-31",
            "a day from 2020-01-01 up to and including …",
        ),
        (ROW + ",works,2024-01-01,2023-12-31", "reopens_on", "2023-12-31", "a day from 2024-01-01"),
    ):
        assert (2, field, found, expected) in faults_of(row, header=header), row
    ((_, field, found, _),) = faults_of(ROW + ",boredom,,", header=header)
    assert (field, found, UnitClosure.objects.count()) == ("closed_because", "boredom", 2)


@pytest.mark.parametrize("way", ["service", "location"])
def test_an_export_that_would_hold_a_secret_address_is_refused(elm, way):
    actions.import_places(file_of(ROW), "places.csv", by=COMMAND)
    refuge = factories.make_service("Refuge", organisation="Elm House", secret=way == "service")
    factories.make_units(refuge)
    if way == "location":
        location = actions.add_location(
            elm, by=COMMAND, name="Hidden", area="44021", address="Hidden Lane 7", secret=True
        )
        # As a hand in the database would leave it: the building is secret and the service does not say so.
        Service.objects.filter(pk=refuge.pk).update(location=location)
    own = of_another("admission", "Elm House")
    for actor in (COMMAND, own):
        with pytest.raises(Invalid) as fault:
            exported(actor)
        assert fault.value.field == "secret"
    rows = exported(own, without_secret=True)
    assert [row[2] for row in rows] == ["Elm House"]
    assert "Hidden" not in str(rows)


def test_the_command_brings_in_counts_and_writes_the_directory(elm, tmp_path):
    file, bad, out = tmp_path / "places.csv", tmp_path / "bad.csv", tmp_path / "directory.jsonld"
    calendar = tmp_path / "calendar.csv"
    file.write_bytes(file_of(ROW, TWO))
    bad.write_bytes(file_of(ROW.replace("11001", "1")))

    def run(*words: object) -> Result:
        return CliRunner().invoke(group, ["places", *map(str, words)], standalone_mode=False)

    wrong = run("import", bad, "--json")
    assert (wrong.return_value, Unit.objects.count()) == (1, 0)
    assert json.loads(run("import", file, "--json").stdout)["added"] == 2
    (province,) = json.loads(run("show", "--json").stdout)
    assert (province["name"], province["open"], province["expected"]["likely"]) == ("Antwerpen", 2, [2, 2, 2])
    assert json.loads(run("growth", "--json").stdout) == {"years": [], "lead_times": []}
    assert run("export").stdout.splitlines()[0] == ",".join(HEADS)
    calendar.write_text(
        f"{','.join(CALENDAR)}\n1,Elm House,residential-care,,new,11001,Decision,awarded,2023-01-02,5,2024-01-01,\n"
    )
    assert json.loads(run("import-awards", calendar, "--json").stdout)["awards_added"] == 1
    assert run("export-awards").stdout.splitlines()[1].partition(",")[2] == (
        "Elm House,residential-care,,new,11001,Decision,awarded,2023-01-02,5,2024-01-01,"
    )
    run("directory", out, "--address", "https://example.org/")
    (entry,) = json.loads(out.read_text())["@graph"]
    assert (entry["@id"][:20], entry["dct:title"][0]["@value"]) == ("https://example.org/", "Elm House")
