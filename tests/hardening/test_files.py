"""Files that go out run nothing, and files that come in are no larger than they say."""

import io
import zipfile
from datetime import date

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests import factories
from veerkracht.register.care.exchange import exporting, importing, reading
from veerkracht.register.care.exchange.faults import Faults, FileFault
from veerkracht.register.documents.office import is_docx
from veerkracht.register.errors import Invalid
from veerkracht.register.formulas import guarded, unguarded
from veerkracht.register.people.models import Person
from veerkracht.web.charts.chart import Column
from veerkracht.web.spreadsheets import csv_file

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "'=1", "''=1"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_begins_as_a_formula(text):
    assert guarded(text) == f"'{text}"


@given(st.text())
@example("'=1")
@example("O'Hara")
def test_what_was_written_comes_back(text):
    assert unguarded(guarded(text)) == text


@given(st.text(alphabet="'=+-@ab", max_size=4))
def test_columns_are_guarded_as_single_texts_are(text):
    assert pl.DataFrame({"a": [text]}).pipe(exporting.guarded).item() == guarded(text)


def test_tables_of_pages_and_charts_are_guarded_too():
    lines = csv_file("x", ["=head"], [["=1+1", 5, None]]).content.decode("utf-8-sig").splitlines()
    assert lines == ["'=head", "'=1+1,5,"]
    assert Column("=a", "text").kind == "text"


def test_a_name_that_is_a_formula_goes_out_harmless_and_comes_in_as_it_was(db, tmp_path):
    factories.make_request(factories.make_person(given="=cmd()", family="'-2"), asked=date(2021, 3, 1))
    by = factories.Actor.for_command("tests")
    file = tmp_path / "list.csv"
    exporting.export_file(file, by=by, programme=factories.PROGRAMME)
    text = file.read_text()
    assert ("'=cmd()" in text, "''-2" in text, ",=cmd()" in text) == (True, True, False)
    table = reading.read(file, Faults())
    assert (table.item(0, "given_name"), table.item(0, "family_name")) == ("=cmd()", "'-2")


def test_a_file_larger_than_an_import_takes_is_not_read(tmp_path):
    file = tmp_path / "large.csv"
    file.write_bytes(b"x" * 2_000)
    with pytest.raises(FileFault) as refused:
        reading.read(file, Faults(), reading.Limits(bytes=1_000))
    assert "one import takes at most" in str(refused.value)


def test_a_small_parquet_that_swells_is_stopped_before_it_is_unpacked(tmp_path):
    """A million equal rows fit in a few kilobytes: what counts is what they become."""
    file = tmp_path / "bomb.parquet"
    columns = {name: ["x"] * 1_000_000 for name in ("reference", "person", "given_name", "family_name")}
    dates = {name: ["2020-01-01"] * 1_000_000 for name in ("birth_date", "area", "kind", "request_date")}
    pl.DataFrame({**columns, **dates}).write_parquet(file)
    assert file.stat().st_size < 200_000
    with pytest.raises(FileFault) as refused:
        reading.read(file, Faults(), reading.Limits(rows=500_000))
    assert "1,000,000 rows" in str(refused.value)


def test_a_parquet_of_few_rows_with_endless_cells_is_stopped_too(tmp_path):
    file = tmp_path / "wide.parquet"
    row = dict.fromkeys(reading.fields.REQUIRED, "x" * 300_000)
    pl.DataFrame([row]).write_parquet(file)
    assert file.stat().st_size < 500_000
    with pytest.raises(FileFault) as refused:
        reading.read(file, Faults())
    assert "has a cell of 300,000 bytes" in str(refused.value)


def test_a_parquet_that_unpacks_to_more_than_an_import_takes_is_stopped(tmp_path):
    file = tmp_path / "packed.parquet"
    cells = [f"{number:050d}" for number in range(50_000)]
    pl.DataFrame(dict.fromkeys(reading.fields.REQUIRED, cells)).write_parquet(file)
    with pytest.raises(FileFault) as refused:
        reading.read(file, Faults(), reading.Limits(bytes=file.stat().st_size + 1))
    assert "one import takes at most" in str(refused.value)


def test_nothing_that_a_faulty_import_holds_is_kept(db, tmp_path):
    file = tmp_path / "list.csv"
    file.write_text("reference,person,given_name\n=1,2,3\n")
    with pytest.raises(FileFault):
        importing.import_file(file, by=factories.Actor.for_command("tests"), programme=factories.PROGRAMME)
    assert Person.objects.count() == 0


def test_an_office_file_that_unpacks_to_more_than_it_may_is_refused():
    """A document may be a ZIP in disguise: its parts are counted before one is read."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<x/>")
        archive.writestr("word/document.xml", b"0" * 120_000_000)
    assert len(packed.getvalue()) < 1_000_000
    with pytest.raises(Invalid) as refused:
        is_docx(packed)
    assert refused.value.field == "file"
