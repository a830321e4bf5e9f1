"""Documents: what may be kept, where, who reads it, and that file and row are both there or neither."""

import hashlib
import io
import stat
import zipfile
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import factories
from veerkracht.cli.retention import command as retention
from veerkracht.register.documents import actions, store
from veerkracht.register.documents.access import documents_of, open_document
from veerkracht.register.documents.checks import checks
from veerkracht.register.documents.models import Document
from veerkracht.register.documents.names import cleaned
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.models import LogEntry

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\nwords\n%%EOF"
RELATION = (
    '<Relationships xmlns="r"><Relationship Id="1" Type="t/{type}" Target="http://x" TargetMode="External"/>'
    "</Relationships>"
)


@pytest.fixture(autouse=True)
def _own_folder(tmp_path, settings):
    settings.DOCUMENT_FOLDER = tmp_path / "documents"


def add(case, by, *, name="verslag.pdf", data=PDF, kind="report") -> Document:
    return actions.add_document(case, by=by, kind=kind, name=name, file=io.BytesIO(data))


def archive(parts: dict[str, bytes | str], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as made:
        for name, data in parts.items():
            made.writestr(name, data)
    return out.getvalue()


def docx(**more: bytes | str) -> bytes:
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>"}
    return archive({**parts, **more})


def odt(**more: bytes | str) -> bytes:
    parts = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<content/>"}
    return archive({**parts, **more}, zipfile.ZIP_STORED)


def files() -> list[Path]:
    return [path for path in Path(settings.DOCUMENT_FOLDER).rglob("*") if path.is_file()]


def broken() -> dict[str, list[str]]:
    return {name: found for name, (_, check) in checks().items() if (found := list(check()))}


def test_a_document_is_kept_outside_the_web_for_its_owner_alone(case, officer):
    document = add(case, officer)
    [path] = files()
    kept = {stat.S_IMODE(one.stat().st_mode) for one in (path, path.parent, path.parent.parent)}
    assert (path.read_bytes(), kept) == (PDF, {0o600, 0o700})
    assert "verslag" not in str(path)
    assert (document.size, document.sha256) == (len(PDF), hashlib.sha256(PDF).hexdigest())
    assert broken() == {}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.pdf", PDF),
        ("a.PNG", b"\x89PNG\r\n\x1a\n0"),
        ("a.jpeg", b"\xff\xd8\xff\xe0"),
        ("a.txt", "één regel\n".encode()),
        ("a.csv", b"a;b\n1;2\n"),
        ("a.docx", docx()),
        ("a.docx", docx(**{"word/_rels/document.xml.rels": RELATION.format(type="hyperlink")})),
        ("a.odt", odt()),
        ("a.odt", odt(**{"Object 1/content.xml": "<chart/>"})),
    ],
)
def test_what_is_what_it_says_is_kept(case, officer, name, data):
    add(case, officer, name=name, data=data)
    assert len(files()) == 1


BOMB = b"0" * 30_000_000
ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.pdf", b"", "This file is empty."),
        ("a.pdf", b"<html>", "is no “.pdf”"),
        ("a.png", PDF, "is no “.png”"),
        ("a.txt", b"MZ\x00\x01", "is no “.txt”"),
        ("a.txt", b"caf\xe9", "is no “.txt”"),
        ("a.exe", b"MZ", "not taken. Expected: pdf, png"),
        ("a.svg", b"<svg/>", "not taken"),
        ("a.docm", docx(), "not taken"),
        ("a.pdf.exe", b"MZ", "not taken"),
        ("a.exe.pdf", PDF, "second extension"),
        ("a.js .pdf", PDF, "second extension"),
        ("pdf", PDF, "no extension"),
        (".pdf", PDF, "no extension"),
        ("a.docx", archive({"x": "y"}), "is no “.docx”"),
        ("a.docx", b"PK\x03\x04 broken", "is no “.docx”"),
        ("a.docx", docx(**{"word/media/b": BOMB}), "far larger"),
        ("a.docx", archive({f"{number}": "" for number in range(2_001)}), "far larger"),
        ("a.docx", docx(**{"word/vbaProject.bin": "x"}), "run by itself"),
        ("a.docx", docx(**{"word/embeddings/oleObject1.bin": "x"}), "run by itself"),
        ("a.docx", docx(**{"word/_rels/settings.xml.rels": RELATION.format(type="attachedTemplate")}), "run by"),
        ("a.docx", docx(**{"word/_rels/a.rels": ENTITIES}), "is no “.docx”"),
        ("a.odt", archive({"mimetype": "text/plain", "content.xml": "<a/>"}), "is no “.odt”"),
        ("a.odt", odt(**{"Basic/Standard/Module1.xml": "x"}), "run by itself"),
        ("a.odt", odt(**{"Object 1": "x"}), "run by itself"),
        ("a.odt", odt(**{"content.xml": ENTITIES}), "is no"),
    ],
)  # fmt: skip
def test_what_is_not_is_refused_and_leaves_nothing(case, officer, name, data, words):
    with pytest.raises(Invalid) as refused:
        add(case, officer, name=name, data=data)
    assert (words in refused.value.text.en, refused.value.field) == (True, "file")
    assert (files(), Document.objects.count()) == ([], 0)


def test_too_large_is_said_in_megabytes(case, officer, settings):
    settings.DOCUMENT_LARGEST = 1024 * 1024
    with pytest.raises(Invalid) as refused:
        add(case, officer, data=PDF + b" " * 1_600_000)
    assert refused.value.text.en == "This file is too large: 1.5 MB. The largest is 1 MB."


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (r"C:\Documenten\Verslag dr. Jansen.pdf", "Verslag dr. Jansen.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("ver\u202eslag\r\nX: y.PDF", "verslagX y.pdf"),
        ('a";b=<c>.pdf', "a b= c.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
        ("  ..verslag.. .pdf ", "verslag.pdf"),
    ],
)
def test_a_name_is_cleaned(given, kept):
    assert cleaned(given) == kept


@pytest.mark.parametrize(
    ("scanner", "words"),
    [
        ("false", "The virus scanner refused this file. It is not kept."),
        ("no-such-scanner-here --fast", "This file could not be checked for viruses. Try again in a while."),
    ],
)
def test_what_the_scanner_does_not_pass_is_not_kept(case, officer, settings, scanner, words):
    settings.DOCUMENT_SCAN = scanner
    with pytest.raises(Invalid) as refused:
        add(case, officer)
    assert (refused.value.text.en, files(), Document.objects.count()) == (words, [], 0)


def test_the_scanner_sees_the_whole_file(case, officer, settings, tmp_path):
    settings.DOCUMENT_SCAN = f"cp --target-directory={tmp_path}"
    document = add(case, officer)
    assert (tmp_path / document.stored_name).read_bytes() == PDF


def test_only_who_reads_the_case_reads_the_document(case, officer, worker):
    document = add(case, officer)
    stranger = factories.make_actor("case-worker")
    analyst = factories.make_actor("analyst")
    for actor in (stranger, analyst):
        assert documents_of(actor, case) == ()
        with pytest.raises(Refused):
            open_document(actor, document.reference)
    for actor in (officer, worker, factories.make_own_actor(case.person)):
        assert [one.name for one in documents_of(actor, case)] == ["verslag.pdf"]
        with open_document(actor, document.reference).file as file:
            assert file.read() == PDF


def test_a_look_is_logged_without_the_name_of_the_file(case, officer):
    document = add(case, officer, name="hiv-test.pdf")
    open_document(officer, document.reference).file.close()
    with pytest.raises(Refused):
        open_document(factories.make_actor("analyst"), document.reference)
    kept = list(LogEntry.objects.filter(object_type="document").order_by("id"))
    assert [(one.verb, one.fields) for one in kept] == [
        ("create", ["documents"]),
        ("read", ["documents"]),
        ("refused", []),
    ]
    assert [one for one in kept if "hiv" in str(one.detail)] == []


def test_removed_is_gone_for_all_and_the_file_is_kept(case, officer):
    document = add(case, officer)
    actions.remove_document(document, by=officer, reason="Belongs to somebody else")
    assert documents_of(officer, case) == ()
    with pytest.raises(Refused) as gone:
        open_document(officer, document.reference)
    with pytest.raises(Refused) as never:
        open_document(officer, uuid4())
    assert str(gone.value) == str(never.value)
    assert (len(files()), broken()) == (1, {})
    with pytest.raises(Invalid):
        actions.remove_document(document, by=officer, reason="again")


@pytest.mark.parametrize("role", ["reader", "signer", "analyst", "admission", "records"])
def test_who_may_not_add_or_remove_changes_nothing(case, officer, role):
    document, other = add(case, officer), factories.make_actor(role)
    with pytest.raises(Refused):
        add(case, other)
    with pytest.raises(Refused):
        actions.remove_document(document, by=other, reason="no")
    assert (Document.objects.filter(removed_at=None).count(), len(files())) == (1, 1)


def test_destroying_takes_the_bytes_and_the_name(case, officer, records, django_capture_on_commit_callbacks):
    document = add(case, officer)
    with django_capture_on_commit_callbacks(execute=True):
        actions.destroy(document, by=records)
    document.refresh_from_db()
    assert (files(), document.name, document.sha256) == ([], "", hashlib.sha256(PDF).hexdigest())
    assert broken() == {}
    with pytest.raises(Refused):
        actions.destroy(document, by=officer)


def test_a_file_without_a_row_is_found_and_swept(case, officer, records, monkeypatch):
    add(case, officer)
    # As after a crash between writing the file and its row.
    with store.keep(io.BytesIO(b"left behind")) as stored:
        pass
    assert broken() == {}
    monkeypatch.setattr(store, "_STILL_COMING", -1)
    assert broken() == {"no_file_without_a_document": [stored.name]}
    done = CliRunner().invoke(retention, ["sweep"])
    assert (done.exit_code, len(files()), broken()) == (0, 1, {})
    assert "Files without a document taken away: 1." in done.output
    assert actions.sweep(by=records) == 0
    with pytest.raises(Refused):
        actions.sweep(by=officer)


def test_a_lost_or_changed_file_is_found(case, officer):
    lost, changed = add(case, officer), add(case, officer)
    store.path_of(lost.stored_name).unlink()
    store.path_of(changed.stored_name).write_bytes(b"%PDF-other")
    assert broken() == {
        "document_is_the_file_that_was_added": [f"{lost.reference}: lost", f"{changed.reference}: changed"]
    }


def test_a_failing_row_takes_its_file_away(case, officer, monkeypatch):
    # The database refuses the row: a second document under the same stored name.
    monkeypatch.setattr(store, "secrets", SimpleNamespace(token_hex=lambda _: "ab" * 20))
    document = add(case, officer)
    store.discard(document.stored_name)
    with pytest.raises(Invalid):
        add(case, officer)
    assert files() == []


def test_as_many_queries_for_three_as_for_one(case, officer):
    counts = []
    for size in (1, 3):
        while Document.objects.count() < size:
            add(case, officer)
        with CaptureQueriesContext(connection) as seen:
            assert len(documents_of(officer, case)) == size
        counts.append(len(seen))
    assert counts[0] == counts[1]
