"""Import: what a good file becomes, and what every kind of bad file is told. Nothing half-written is kept."""

from datetime import date
from decimal import Decimal

import pytest

from tests.exchange.conftest import GOOD, rows_to_csv
from tests.factories import make_actor, make_own_actor, make_person, make_request
from veerkracht.register import verify
from veerkracht.register.care import actions
from veerkracht.register.care.exchange.faults import FileFault
from veerkracht.register.care.exchange.importing import import_file
from veerkracht.register.care.exchange.reading import Limits
from veerkracht.register.care.models import ImportedRow, Request, Step
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.errors import Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

OTHER = {"reference": "A-2", "person": "p-2", "given_name": "Gus"}


def faults(report) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.field, fault.found) for fault in report.faults]


def nothing_written() -> bool:
    kept = (Person, Request, Step, ImportedRow)
    return not any(model.objects.exists() for model in kept)


def test_a_good_file_becomes_requests_with_their_steps(imported):
    report = imported({}, OTHER | {"state": "asked", "priority_group": "", "priority_date": ""})
    assert (report.rows, report.good, report.bad, report.added, report.persons_added) == (2, 2, 0, 2, 2)
    first, second = Request.objects.order_by("pk")
    assert (first.state, first.priority_group, first.priority_date, first.points, first.scheme) == (
        "waiting",
        2,
        date(2021, 3, 1),
        Decimal("54.17"),
        "twenty-four",
    )
    assert (second.state, second.priority_group, second.person.given_name) == ("asked", 0, "Gus")
    assert [(step.kind, step.holds_from, step.reason) for step in first.steps.order_by("pk")] == [
        ("asked", date(2021, 3, 1), "import"),
        ("taken-over", date(2021, 3, 1), "import"),
    ]
    assert verify.run() == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_files_as_spreadsheets_write_them(imported, delimiter, mark, newline):
    text = rows_to_csv([GOOD | {"family_name": "Çelik-Ó"}], delimiter).replace("\n", newline)
    report = imported(mark + text.encode())
    assert (report.good, report.added) == (1, 1)
    assert Person.objects.get().search_name == "celik-o fien"


@pytest.mark.parametrize(
    "written", ["2021-03-01", "2021-3-1", "01-03-2021", "1/3/2021", "01/03/2021", " 2021-03-01 "]
)
def test_dates_as_people_write_them(imported, written):
    assert imported({"request_date": written}).added == 1
    assert Request.objects.get().request_date == date(2021, 3, 1)


@pytest.mark.parametrize(
    "written",
    [
        "01-13-2021",
        "31-02-2021",
        "29-02-2021",
        "2021/03/01",
        "1-3-21",
        "01.03.2021",
        "yesterday",
        "20210301",
        "2021-03-01x",
    ],
)
def test_dates_that_are_none(imported, written):
    report = imported({"request_date": written}, OTHER)
    assert faults(report) == [(2, "request_date", f"'{written}'")]
    assert report.faults[0].expected == "a date: 2023-12-31, 31-12-2023 or 31/12/2023"
    assert (report.good, report.bad, report.added) == (1, 1, 0)
    assert nothing_written()


@pytest.mark.parametrize(
    ("written", "kept"), [("12,234511", 12.234511), ("12.234511", 12.234511), ("7", 7), ("", 0)]
)
def test_numbers_with_a_comma_or_a_point(imported, written, kept):
    quoted = f'"{written}"'
    assert imported({"kind": "increase", "points_held": quoted}).added == 1
    assert float(Request.objects.get().points_held) == kept


@pytest.mark.parametrize("written", ["ja", "JA", "yes", "true", "1"])
def test_yes_in_both_languages(imported, written):
    assert imported({"recognised": written}).added == 1
    assert Request.objects.get().recognised is True


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"area": "99999"}, "area"),
        ({"kind": "third"}, "kind"),
        ({"language": "fr"}, "language"),
        ({"category": "25"}, "category"),
        ({"category": "XII"}, "category"),
        ({"scheme": "hundred"}, "scheme"),
        ({"route": "shortcut"}, "route"),
        ({"priority_group": "4"}, "priority_group"),
        ({"priority_group": "two"}, "priority_group"),
        ({"state": "granted"}, "state"),
        ({"recognised": "perhaps"}, "recognised"),
        ({"points_held": "1.234.5"}, "points_held"),
        ({"points_held": "-5"}, "points_held"),
        ({"points_held": "60"}, "points_held"),
        ({"request_date": "2024-01-16"}, "request_date"),
        ({"request_date": "2016-03-31"}, "request_date"),
        ({"birth_date": "2021-03-02"}, "request_date"),
        ({"priority_date": ""}, "priority_date"),
        ({"priority_group": ""}, "priority_group"),
        ({"register_date": "2015-01-01"}, "register_date"),
        ({"given_name": ""}, "given_name"),
        ({"reference": ""}, "reference"),
        ({"given_name": "x" * 81}, "given_name"),
    ],
)
def test_every_fault_names_its_line_and_field(imported, change, field):
    report = imported(OTHER, change)
    assert {(fault.line, fault.field) for fault in report.faults} >= {(3, field)}
    assert {fault.line for fault in report.faults} == {3}
    assert (report.good, report.bad) == (1, 1)
    assert nothing_written()


def test_a_person_under_age_can_not_wait_but_may_ask(imported):
    on_birthday, too_young = {"birth_date": "2006-01-15"}, OTHER | {"birth_date": "2006-01-16"}
    report = imported(on_birthday, too_young)
    assert faults(report) == [(3, "birth_date", "'2006-01-16'")]
    assert report.faults[0].expected == ("a person for whom this holds on 2024-01-15: You are 18 or older.")
    assert imported(on_birthday, too_young | {"state": "asked"}).added == 2


def test_a_request_from_before_the_programme_must_be_converted(imported):
    old = {"request_date": "2010-05-01", "priority_date": "2010-05-01", "category": "X"}
    assert faults(imported(old)) == [(2, "request_date", "'2010-05-01'")]
    assert imported(old | {"converted": "yes", "register_date": "2009-01-01"}).added == 1
    assert Request.objects.get().scheme == "twelve"


def test_a_route_stands_in_for_a_group(imported):
    assert imported({"priority_group": "", "priority_date": "", "route": "social-necessity"}).added == 1
    assert waiting_table("personal-budget")["route"].to_list() == ["social-necessity"]


def test_all_faults_at_once_and_counted(imported):
    report = imported(
        {"area": "1", "kind": "x"}, OTHER | {"birth_date": "?"}, OTHER | {"reference": "A-3", "person": "p-3"}
    )
    assert [(fault.line, fault.field) for fault in report.faults] == [
        (2, "area"),
        (2, "kind"),
        (3, "birth_date"),
    ]
    assert (report.rows, report.good, report.bad, report.faults_total) == (3, 1, 2, 3)
    assert dict(report.faults_by_field) == {"area": 1, "kind": 1, "birth_date": 1}
    assert str(report.faults[2]) == (
        "line 3, birth_date: found '?', expected a date: 2023-12-31, 31-12-2023 or 31/12/2023"
    )


def test_duplicates_within_the_file(imported):
    report = imported({}, OTHER | {"reference": "A-1"})
    assert faults(report) == [(3, "reference", "'A-1'")]


def test_two_live_requests_that_may_not_stand_beside_one_another(imported):
    again = {"reference": "A-2", "kind": "first"}
    assert faults(imported({}, again)) == [(3, "kind", "'first'")]
    assert faults(imported({}, again | {"kind": "rest"})) == [(3, "kind", "'rest'")]
    assert imported({}, again | {"kind": "increase"}).added == 2
    assert Person.objects.count() == 1


def test_one_person_is_the_same_on_every_row(imported):
    report = imported(
        {}, {"reference": "A-2", "kind": "increase", "birth_date": "1991-05-17", "area": "11001"}
    )
    assert {fault[:2] for fault in faults(report)} == {(3, "birth_date"), (3, "area")}


def test_a_file_can_be_imported_twice(imported):
    assert imported({}, OTHER).added == 2
    again = imported({}, OTHER)
    assert (again.good, again.already, again.added, again.bad) == (2, 2, 0, 0)
    more = imported({}, OTHER, {"reference": "A-3", "person": "p-3"})
    assert (more.already, more.added) == (2, 1)
    assert (Request.objects.count(), Person.objects.count()) == (3, 3)


def test_written_otherwise_a_row_is_still_the_same(imported):
    imported({})
    assert imported({"request_date": "01/03/2021", "recognised": "ja", "language": "nl"}).already == 1


def test_a_changed_row_is_no_second_request(imported):
    imported({})
    report = imported({"priority_group": "1"})
    assert faults(report) == [(2, "reference", "'A-1'")]
    assert Request.objects.get().priority_group == 2


def test_a_row_that_is_bad_is_not_counted_as_being_there(imported):
    imported({})
    report = imported({}, {})
    assert (report.good, report.already, report.bad) == (1, 1, 1)


def test_a_row_stays_imported_when_its_request_moves_on(imported):
    imported({})
    actions.withdraw(Request.objects.get(), by=Actor.for_command("tests"), on=date(2024, 1, 15))
    assert imported({}).already == 1


def test_a_new_row_of_a_known_person_must_fit_with_what_is_live(imported):
    imported({})
    assert faults(imported({"reference": "A-2"})) == [(2, "kind", "'first'")]
    assert imported({"reference": "A-2", "kind": "increase"}).persons_added == 0
    assert faults(imported({"reference": "A-3", "birth_date": "1980-01-01", "kind": "rest"}))[0] == (
        2,
        "birth_date",
        "'1980-01-01'",
    )


def test_a_person_may_be_named_by_their_number_here(imported):
    person = make_person()
    make_request(person)
    mine = {"person": person.number, "area": "11001", "kind": "increase"}
    assert imported(mine).persons_added == 0
    assert person.requests.count() == 2
    assert faults(imported(mine | {"reference": "A-9", "family_name": "Else", "kind": "rest"}))[-1][1] in (
        "kind",
        "person",
    )


def test_nobody_who_died_asks(imported):
    person = make_person(died_on=date(2023, 5, 1))
    assert faults(imported({"person": person.number})) == [(2, "person", f"'{person.number}'")]


def test_a_bundle_is_kept_together(imported):
    imported({"bundle": "b1"}, OTHER, {"reference": "A-3", "person": "p-3", "bundle": "b1"})
    first, alone, last = Request.objects.order_by("pk")
    assert (first.bundle, alone.bundle, last.bundle) == (first.pk, None, first.pk)
    assert verify.run() == []


def test_a_dry_run_writes_nothing(imported):
    report = imported({}, dry_run=True)
    assert (report.good, report.added, report.dry_run) == (1, 0, True)
    assert nothing_written()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "requests.csv: is empty; expected a header line and at least one request."),
        (b"\n", "requests.csv, line 1 (header): column 'reference' is missing"),
        (rows_to_csv([GOOD]).split("\n")[0].encode(), "requests.csv: has a header but no rows"),
        (b"name,age\nx,1\n", "unknown column 'name'; unknown column 'age'; column 'reference' is missing"),
        (rows_to_csv([GOOD]).replace("area", "kind", 1).encode(), "column 'kind' stands there twice"),
        (rows_to_csv([GOOD | {"family_name": "Ã"}]).encode("latin-1"), "a byte 0xc3 that is not UTF-8"),
        (b"PAR1 but not really", "can't be read as Parquet"),
    ],
)
def test_a_file_that_can_not_be_read_at_all(imported, content, said):
    with pytest.raises(FileFault) as fault:
        imported(content)
    assert said in str(fault.value)
    assert nothing_written()


def test_a_row_with_too_few_or_too_many_cells(imported):
    lines = rows_to_csv([GOOD, GOOD | OTHER]).splitlines()
    report = imported("\n".join([lines[0], lines[1] + ",extra", "", lines[2], "just one"]))
    assert [(fault.line, fault.field, fault.found) for fault in report.faults] == [
        (2, "row", "'15 cells'"),
        (5, "row", "'1 cells'"),
    ]
    assert (report.rows, report.good) == (3, 1)


def test_a_line_break_in_a_cell_is_named_by_its_first_line(imported):
    text = rows_to_csv([GOOD | {"family_name": '"two\nlines"'}, GOOD | OTHER | {"area": "?"}])
    assert [(fault.line, fault.field) for fault in imported(text).faults] == [(2, "family_name"), (4, "area")]


def test_a_cell_that_is_a_formula_is_text(imported):
    imported({"family_name": "'=1+1"})
    assert Person.objects.get().family_name == "=1+1"


def test_a_file_over_the_limit_is_refused_before_it_is_read(demo_day, tmp_path):
    file = tmp_path / "huge.csv"
    with file.open("wb") as out:
        out.truncate(300 * 2**20)
    with pytest.raises(FileFault) as fault:
        import_file(file, by=Actor.for_command("tests"), programme="personal-budget")
    assert str(fault.value) == (
        "huge.csv: is 300 MiB; one import takes at most 256 MiB."
        " Split it into smaller files, or write it as Parquet."
    )


def test_too_many_rows_are_refused_while_reading(imported):
    with pytest.raises(FileFault) as fault:
        imported({}, OTHER, {"reference": "A-3", "person": "p-3"}, limits=Limits(rows=2))
    assert "one import takes at most 2" in str(fault.value)


def test_only_so_many_faults_are_listed_but_all_are_counted(imported):
    rows = [{"reference": f"R{turn}", "person": f"P{turn}", "area": "?"} for turn in range(1_200)]
    report = imported(*rows)
    assert (len(report.faults), report.faults_total, report.bad) == (1_000, 1_200, 1_200)


def test_stopped_in_the_middle_nothing_is_kept(imported):
    def stop(done, total, what):
        if what == "Writing":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        imported({}, OTHER, tick=stop)
    assert nothing_written()


def test_who_may_import(imported):
    for role in ("signer", "assessor", "reader", "analyst"):
        with pytest.raises(Refused):
            imported({}, by=make_actor(role))
    with pytest.raises(Refused):
        imported({}, by=make_own_actor(make_person()))
    with pytest.raises(Refused):
        imported({}, by=make_actor("officer", programme="another"))
    officer = make_actor("officer")
    assert imported({}, by=officer).added == 1
    entry = LogEntry.objects.filter(verb="create", object_type="import").get()
    assert (entry.user_name, entry.detail["file"], entry.detail["requests"]) == (
        officer.name,
        "requests.csv",
        1,
    )
    assert set(Step.objects.values_list("by_name", flat=True)) == {officer.name}
