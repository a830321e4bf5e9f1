"""Export: what import accepts again, what a spreadsheet can't run, and who may take it along."""

from datetime import date

import polars as pl
import pytest
from django.db import transaction

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_queue,
    make_request,
    make_round,
)
from veerkracht.register.care import actions
from veerkracht.register.care.exchange import fields
from veerkracht.register.care.exchange.exporting import export_csv, export_file
from veerkracht.register.care.exchange.importing import import_file
from veerkracht.register.care.models import Request
from veerkracht.register.care.queries.columns import list_table
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person

PROGRAMME = "personal-budget"
COMMAND = Actor.for_command("tests")
STATES = ("asked", "waiting")


def fill_register() -> None:
    """Requests of every kind: bundled, on a route, converted, asked, an increase, and one with an odd name."""
    first = make_request(
        make_person(given="=HYPERLINK(1)", family="Çelik, “Ó”"), group=2, asked=date(2020, 5, 1)
    )
    make_request(make_person(area="11002", language="en"), group=3, bundle=first.pk)
    make_request(make_person(), group=None, route="social-necessity")
    make_request(make_person(), state="asked", category=None, recognised=None, complete=None)
    person = make_person(born=date(1964, 2, 29))
    make_request(person, group=1, asked=date(2019, 7, 1), category="X")
    actions.revise(
        make_request(person, kind="increase", group=2, category="20"),
        by=COMMAND,
        on=date(2023, 9, 20),
        group=1,
    )
    old = actions.ask(
        make_person(),
        by=COMMAND,
        programme=PROGRAMME,
        kind="first",
        on=date(2012, 4, 1),
        register_date=date(2011, 1, 3),
    )
    found = actions.Assessed("V", recognised=False, complete=False)
    actions.assess(old, found, by=COMMAND, on=date(2016, 5, 1))
    actions.prioritise(old, by=COMMAND, on=date(2016, 5, 1), group=3)
    actions.withdraw(make_request(make_person()), by=COMMAND, on=date(2023, 1, 1))


def facts(on=None, known=None) -> list[dict]:
    """The list in order, by all its facts but the numbers that a register gives out itself."""
    table = list_table(PROGRAMME, on, known, STATES)
    shown = table.with_columns(
        pl.col("bundle").rank("dense") - 1, pl.col("person").rank("dense"), birth=pl.col("birth_date")
    )
    return shown.drop("id", "number").to_dicts()


@pytest.mark.parametrize("form", ["csv", "parquet"])
def test_there_and_back_it_is_the_same_list(demo_day, tmp_path, form):
    file = tmp_path / f"list.{form}"
    with transaction.atomic():
        fill_register()
        before = facts()
        names = list(
            Person.objects.filter(requests__live=True)
            .distinct()
            .order_by("pk")
            .values_list("given_name", "family_name", "language")
        )
        written = export_file(file, by=COMMAND, programme=PROGRAMME)
        transaction.set_rollback(True)
    assert (Request.objects.count(), written.rows, len(before)) == (0, 7, 7)
    report = import_file(file, by=COMMAND, programme=PROGRAMME)
    assert (report.faults, report.added) == ((), 7)
    assert facts() == before
    assert list(Person.objects.order_by("pk").values_list("given_name", "family_name", "language")) == names


def test_the_list_of_another_day_goes_there_and_back_too(demo_day, tmp_path):
    file = tmp_path / "then.csv"
    on = date(2023, 9, 19)
    with transaction.atomic():
        fill_register()
        before = facts(on)
        export_file(file, by=COMMAND, programme=PROGRAMME, on=on)
        transaction.set_rollback(True)
    assert import_file(file, by=COMMAND, programme=PROGRAMME).added == len(before) == 7
    assert facts() == before


def test_importing_its_own_export_changes_nothing(demo_day, tmp_path):
    fill_register()
    file = tmp_path / "list.csv"
    export_file(file, by=COMMAND, programme=PROGRAMME)
    report = import_file(file, by=COMMAND, programme=PROGRAMME)
    assert (report.already, report.added, report.bad) == (7, 0, 0)
    file.write_text(file.read_text().replace(",1,2019-07-01,", ",2,2019-07-01,"))
    report = import_file(file, by=COMMAND, programme=PROGRAMME)
    assert [fault.field for fault in report.faults] == ["reference"]


def test_the_columns_are_those_of_import(demo_day, tmp_path):
    make_request(make_person(given="Ann", area="11002"), group=2, category="12")
    file = tmp_path / "list.csv"
    export_file(file, by=COMMAND, programme=PROGRAMME)
    header, row = file.read_text().splitlines()
    assert tuple(header.split(",")) == fields.NAMES
    assert row == (
        "V-0000001,P-0000001,Ann,Voorbeeld,1990-05-17,11002,nl,first,2021-03-01,waiting,yes,2021-02-01,yes,"
        '2,2021-03-01,"",twenty-four,12,0.000000,no,no,"",""'
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t"])
def test_no_cell_runs_in_a_spreadsheet(demo_day, tmp_path, start):
    make_request(make_person(given=f"{start}cmd|' /C calc'!A0"))
    file = tmp_path / "list.csv"
    export_file(file, by=COMMAND, programme=PROGRAMME)
    cells = pl.read_csv(file, infer_schema=False).row(0)
    assert not [cell for cell in cells if cell and cell[0] in "=+-@\t\r"]
    assert cells[2] == f"'{start}cmd|' /C calc'!A0"


def test_text_in_other_exports_is_guarded_too(demo_day, tmp_path):
    request = make_request()
    actions.revise(request, by=COMMAND, on=date(2023, 9, 20), group=1, text="=1+1")
    file = tmp_path / "steps.csv"
    export_file(file, by=COMMAND, programme=PROGRAMME, what="steps")
    assert pl.read_csv(file, infer_schema=False)["text"].to_list()[-1] == "'=1+1"


def test_steps_budgets_and_rounds(demo_day, tmp_path):
    make_credit()
    request = make_queue(1)[0]
    make_round(60_000, state="signed")
    actions.start_budget(Request.objects.get(pk=request.pk), by=COMMAND, on=date(2024, 1, 15))
    expected = {"steps": 5, "budgets": 1, "rounds": 1}
    for what, rows in expected.items():
        for form in ("csv", "parquet"):
            file = tmp_path / f"{what}.{form}"
            assert export_file(file, by=COMMAND, programme=PROGRAMME, what=what).rows == rows
    kinds = pl.read_parquet(tmp_path / "steps.parquet")["kind"].to_list()
    assert kinds == ["asked", "assessed", "prioritised", "granted", "started"]
    assert pl.read_csv(tmp_path / "rounds.csv").select("request", "pot", "granted").rows() == [
        (request.number, "group-1", True)
    ]


def test_steps_up_to_a_day(demo_day, tmp_path):
    request = make_request(asked=date(2021, 3, 1))
    actions.revise(request, by=COMMAND, on=date(2023, 9, 20), group=2)
    file = tmp_path / "steps.csv"
    days = {"on": date(2023, 9, 19), "known": date(2024, 1, 15)}
    assert export_file(file, by=COMMAND, programme=PROGRAMME, what="steps", **days).rows == 3
    assert export_file(file, by=COMMAND, programme=PROGRAMME, what="steps", known=date(2024, 1, 14)).rows == 0


def test_who_may_export_and_that_it_is_logged(demo_day, tmp_path):
    make_request()
    file = tmp_path / "list.csv"
    for actor in (
        make_actor("reader"),
        make_actor("assessor"),
        make_actor("analyst"),
        make_actor("officer", programme="another"),
        make_own_actor(make_person()),
    ):
        with pytest.raises(Refused):
            export_file(file, by=actor, programme=PROGRAMME)
        with pytest.raises(Refused):
            export_csv(actor, ListFilters(PROGRAMME))
    assert not file.exists()
    officer = make_actor("officer")
    export_file(file, by=officer, programme=PROGRAMME)
    entry = LogEntry.objects.filter(verb="export").get()
    assert (entry.user_name, entry.detail["what"], entry.detail["file"]) == (
        officer.name,
        "requests",
        "list.csv",
    )


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"what": "people"}, "what"),
        ({"format": "xlsx"}, "format"),
        ({"what": "budgets", "on": date(2023, 1, 1)}, "on"),
    ],
)
def test_what_can_not_be_exported(demo_day, tmp_path, options, field):
    with pytest.raises(Invalid) as fault:
        export_file(tmp_path / "x.csv", by=COMMAND, programme=PROGRAMME, **options)
    assert fault.value.field == field
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_leaves_nothing(demo_day, tmp_path):
    with pytest.raises(Invalid) as fault:
        export_file(tmp_path / "nowhere" / "x.csv", by=COMMAND, programme=PROGRAMME)
    assert fault.value.field == "out"


def test_the_filtered_list_is_taken_along_in_order(demo_day):
    officer = make_actor("officer")
    late = make_request(asked=date(2022, 3, 1), group=1)
    early = make_request(asked=date(2021, 3, 1), group=1)
    make_request(group=2)
    content = export_csv(officer, ListFilters(PROGRAMME, groups=(1,)))
    rows = pl.read_csv(content, infer_schema=False)
    assert rows["reference"].to_list() == [early.number, late.number]
