"""Results by file and by programs: all of a file or nothing of it, and what goes out comes in again just so."""

import json
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from django.test import Client

from tests import factories
from tests.assessments.conftest import COMMAND, GIVES, asked, ltcf, scored, worker
from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of
from veerkracht.register.assessments import actions
from veerkracht.register.assessments.actions import import_assessments
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.queries import exports
from veerkracht.register.assessments.reading import item_columns
from veerkracht.register.errors import Refused
from veerkracht.register.people.models import Person
from veerkracht.register.tokens import actions as tokens

pytestmark = pytest.mark.once
HEAD = f"person,instrument,on,author,author_kind,version,valid_until,{','.join(item_columns())}"


def row(person: Person, *, instrument: str = "katz", on: str = "2024-01-10", **facts: object) -> str:
    """A line of a file: a Katz score of somebody dependent for nothing, but for what is said."""
    items = GIVES["o"] if instrument == "katz" else {}
    said = {"author": "Dr. Janssens", "author_kind": "physician", **items, **facts}
    said |= {"person": person.number, "instrument": instrument, "on": on}
    words = {True: "yes", False: "no"}
    return ",".join(
        str(words.get(value, value) if isinstance(value, bool) else value)
        for value in (said.get(name, "") for name in HEAD.split(","))
    )


def bring(by, *lines: str, **more) -> SimpleNamespace:
    return import_assessments("\n".join((HEAD, *lines)).encode(), "katz.csv", by=by, **more)


def test_a_file_is_taken_whole_and_what_is_there_just_so_is_passed_over(resident, admission):
    first, second = resident(), resident()
    lines = [
        row(first, washing=3, dressing=3, transfer=3),
        row(second, author_kind="nurse", valid_until="2024-03-01"),
        row(second, instrument="belrai-ltcf", author_kind="care-team", version="9.1", adl=4, cps=3),
    ]
    dry = bring(admission, *lines, dry_run=True)
    assert (dry.rows, dry.added, dry.faults, Assessment.objects.count()) == (3, 0, (), 0)
    assert bring(admission, *lines).added == 3
    again = bring(admission, *lines)
    assert (again.added, again.already, again.faults) == (0, 3, ())
    found = Assessment.objects.order_by("pk").values_list("person", "instrument", "outcome", "valid_until")
    assert list(found) == [
        (first.pk, "katz", "b", date(2025, 1, 10)),
        (second.pk, "katz", "o", date(2024, 3, 1)),
        (second.pk, "belrai-ltcf", "", date(2024, 7, 10)),
    ]


def test_every_fault_is_said_with_its_line_and_field_and_nothing_is_written(resident, admission):
    person, elsewhere = resident(), resident("Oak House")
    actions.record_assessment(person, by=COMMAND, measured=scored("d"))
    lines = [
        row(elsewhere),
        row(person, washing=5),
        row(person, toilet=""),
        row(person, instrument="apgar"),
        row(person, on="2024-02-30"),
        row(person, on="2024-06-01"),
        row(person, author_kind="baker"),
        row(person, dementia_diagnosed="maybe"),
        row(person, washing="2.5"),
        row(person, cps=2),
        row(person, on="2024-01-02"),
        row(person, on="2024-01-02", washing=2),
        row(person),
        row(person, instrument="belrai-screener", author_kind="home-care", version="9.1"),
    ]
    report = bring(admission, *lines)
    said = [(one.line, one.field) for one in report.faults]
    assert said == [
        (2, "person"), (3, "washing"), (4, "toilet"), (5, "instrument"), (6, "on"), (7, "on"), (8, "author_kind"),
        (9, "dementia_diagnosed"), (10, "washing"), (11, "cps"), (13, "on"), (14, "on"), (15, "items"),
    ]  # fmt: skip
    out_of_range = next(one for one in report.faults if one.line == 3)
    assert (out_of_range.found.en, out_of_range.expected.en) == ("5", "a whole number from 1 to 4")
    assert Assessment.objects.count() == 1
    for wrong, field in ((b"\xff", ""), (b"", ""), (b"person,instrument\n", "on")):
        assert field in [one.field for one in import_assessments(wrong, "katz.csv", by=admission).faults]
    with pytest.raises(Refused):
        bring(factories.make_actor("reader"), *lines)


def test_what_goes_out_comes_in_again_just_so_and_only_of_whom_one_knows(
    resident, admission, tmp_path, capsys
):
    person, hidden, elsewhere = resident(), resident(), resident("Oak House")
    for one in (person, hidden, elsewhere):
        actions.record_assessment(one, by=COMMAND, measured=scored("cd"))
    actions.record_assessment(person, by=COMMAND, measured=ltcf())
    Person.objects.filter(pk=hidden.pk).update(restricted=True)
    rows = list(exports.exported(admission))
    assert [(line[0], line[1]) for line in rows] == [(person.number, "belrai-ltcf"), (person.number, "katz")]
    file = tmp_path / "out.csv"
    user = admission.user.username
    group.main(["assessments", "export", str(file), "--as", user], standalone_mode=False)
    report = import_assessments(file.read_bytes(), "out.csv", by=admission)
    assert (report.rows, report.already, report.added, report.faults) == (2, 2, 0, ())
    file.write_text("\n".join((HEAD, row(person, washing=9))))
    capsys.readouterr()
    words = ["assessments", "import", str(file), "--as", user, "--json"]
    code = exit_code_of(lambda: group.main(words, standalone_mode=False))
    fault = json.loads(capsys.readouterr().out)["faults"][0]
    assert (code, fault["line"], fault["field"], fault["found"]) == (1, 2, "washing", "9")


def test_a_program_reads_and_records_what_it_may(resident, admission, person):
    caches["process"].clear()
    _, secret = tokens.make(admission, name="test", days=1, may_write=True)
    client = Client(headers={"Authorization": f"Bearer {secret}"})
    mine, theirs = resident(), resident("Oak House")
    actions.record_assessment(theirs, by=COMMAND, measured=scored("cd"))
    address = f"/api/v1/persons/{mine.number}/assessments"
    data = {"instrument": "katz", "on": "2024-01-10", "items": GIVES["b"], "author": "Nurse Nele"}
    data["author_kind"] = "nurse"

    def post(to: str = address, **more):
        return client.post(to, {**data, **more}, content_type="application/json")

    made = post().json()
    assert (made["outcome"], made["valid_until"], made["items"]["washing"]) == ("b", "2025-01-10", 3)
    read = client.get(address).json()
    assert [one["result"]["id"] for one in read["last"]] == [made["id"]]
    assert [one["id"] for one in read["last"][0]["opens"]] == [
        "heavy-care-norm",
        "place-with-extra-recognition",
    ]
    assert (read["earlier"], read["may_record"]) == ([], True)
    for wrong, field in (
        ({"items": {}}, "items"),
        ({"items": {**GIVES["b"], "washing": 9}}, "washing"),
        ({"instrument": "apgar"}, "instrument"),
        ({"on": "2030-01-01"}, "on"),
        ({"author_kind": "baker"}, "author_kind"),
    ):
        refused = post(**wrong, **({} if "on" in wrong else {"on": "2024-01-11"}))
        assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, field)
    assert Assessment.objects.filter(person=mine).count() == 1
    absent = client.get("/api/v1/persons/P-9999999/assessments")
    hidden = client.get(f"/api/v1/persons/{theirs.number}/assessments")
    assert (absent.status_code, absent.content) == (hidden.status_code, hidden.content)
    assert (hidden.status_code, post(f"/api/v1/persons/{theirs.number}/assessments").status_code) == (
        404,
        404,
    )
    # By a request: for who may read it.
    request, officer = asked(person), worker("officer", "Office")
    own = Client()
    own.force_login(officer.user)
    assert own.get(f"/api/v1/requests/{request.number}/assessments").json()["last"] == []
    assert client.get(f"/api/v1/requests/{request.number}/assessments").status_code == 404
