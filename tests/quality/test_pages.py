"""Quality as pages, files and commands: what they show, to whom, and what they do."""

import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import factories
from tests.pages import client_of, text_of
from tests.quality.conftest import COMMAND, soup, worker
from veerkracht.cli.quality import command
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality import actions
from veerkracht.register.quality.access import in_force
from veerkracht.register.quality.models import Improvement, IndicatorValue
from veerkracht.register.quality.queries import exported
from veerkracht.register.quality.queries.exports import HEADS
from veerkracht.register.quality.reading import COLUMNS

SUMMER = (date(2023, 7, 1), date(2023, 9, 30))
ROW = "Elm House,,cold-soup,2023-10-01,2023-12-31,8,60,,,Counted"


def test_pages_tell_in_both_languages_who_stands_where(home, admission, street):
    street((30, 60), *[(10, 60)] * 9, period=SUMMER)
    street((6, 60), *[(10, 60)] * 9)
    meant = actions.Meant("Warm plates", ("cold-soup",), date(2023, 10, 1))
    actions.start_improvement(home, by=admission, meant=meant)
    client = client_of(admission)
    for language, words in (
        ("nl", ("Koude soep", "Uw organisatie", "zoals toeval verklaart", "lager is beter")),
        ("en", ("Cold soup", "Your organisation", "as chance explains", "lower is better")),
    ):
        page = text_of(client.get(f"/{language}/staff/quality/"))
        assert [one for one in words if one not in page] == []
    summer = text_of(client.get("/en/staff/quality/indicators/cold-soup/?period=2023-07-01"))
    assert "1 of 10 lies beyond the inner limits; by chance alone about 0.5 would." in summer
    assert "Clearly apart: Elm House." in summer
    own = text_of(client.get(f"/en/staff/quality/organisations/{home.pk}/"))
    assert "From 50.0% to 10.0%: −40.0 points (95% interval −53.4 to −24.1): got better." in own
    file = client.get("/en/staff/quality/indicators/cold-soup/?download=funnel-1").content.decode()
    assert file.splitlines()[1] == "Elm House,60,0.1,0.046643,0.201495,as chance explains"


def test_what_is_left_out_is_on_no_page_and_in_no_file_of_an_outsider(street, home):
    street((2, 61), (12, 60), (9, 60), (30, 60))
    actions.record_values(home, by=COMMAND, values=[soup(1, 61, period=SUMMER)])
    client = client_of(factories.make_actor("analyst"))
    addresses = [
        "/en/staff/quality/",
        "/en/staff/quality/indicators/cold-soup/",
        f"/en/staff/quality/organisations/{home.pk}/",
        "/en/staff/quality/export.csv",
        "/en/staff/quality/indicators/cold-soup/?download=funnel-1",
        f"/en/staff/quality/organisations/{home.pk}/?download=through-time-1",
    ]
    shown = [client.get(address) for address in addresses]
    assert [one.status_code for one in shown] == [200] * len(addresses)
    for one in shown:
        text = text_of(one)
        # As a count, as a share, and in the drawing.
        assert [said for said in ("2 of 61", "3.3%", "0.0327", ",2,61", "1.6%") if said in text] == []
    assert "not shown" in text_of(shown[1])
    assert "Report a value" not in text_of(shown[0])


@pytest.mark.parametrize("role", ["officer", "auditor", "treasurer", "case-worker"])
def test_who_may_not_finds_no_page(home, street, role):
    street((12, 60))
    client = client_of(factories.make_actor(role))
    for path in (
        "",
        "export.csv",
        "indicators/cold-soup/",
        f"organisations/{home.pk}/",
        "report/",
        "import/",
    ):
        assert client.get(f"/en/staff/quality/{path}").status_code == 404


def test_who_reads_reports_nothing(home, street):
    (value,) = street((12, 60))
    improvement = actions.start_improvement(
        home, by=COMMAND, meant=actions.Meant("Plates", ("cold-soup",), date(2023, 8, 1))
    )
    other = Organisation.objects.create(name="Oak House", kind="home")
    for actor in (factories.make_actor("analyst"), worker(other)):
        client = client_of(actor)
        for path in (
            f"values/{value.pk}/correct/",
            f"values/{value.pk}/withdraw/",
            f"improvements/{improvement.pk}/end/",
            "values/999999/correct/",
        ):
            answers = [
                client.get(f"/en/staff/quality/{path}"),
                client.post(f"/en/staff/quality/{path}", {"why": "x"}),
            ]
            assert [one.status_code for one in answers] == [404, 404]
    assert IndicatorValue.objects.count() == 1


def test_values_are_reported_corrected_and_withdrawn_by_the_forms(home, admission):
    client, at = client_of(admission), "/en/staff/quality/"
    data = {"of": str(home.pk), "indicator": "cold-soup", "begins": "2023-10-01", "source": "Counted"}
    wrong = client.post(f"{at}report/", {**data, "numerator": "61", "denominator": "60"})
    assert (wrong.status_code, "Found: 61; expected: at most the denominator, 60." in text_of(wrong)) == (
        422,
        True,
    )
    early = client.post(
        f"{at}report/", {**data, "begins": "2023-10-02", "numerator": "6", "denominator": "60"}
    )
    assert (early.status_code, "such as 2023-10-01" in text_of(early)) == (422, True)
    done = client.post(f"{at}report/", {**data, "numerator": "6", "denominator": "60"})
    assert (done.status_code, done["location"]) == (302, f"{at}organisations/{home.pk}/")
    value = IndicatorValue.objects.get()
    facts = {"numerator": "7", "denominator": "60", "source": "Counted"}
    lacking = client.post(f"{at}values/{value.pk}/correct/", facts)
    assert (lacking.status_code, in_force().get().numerator) == (422, 6)
    for _again in range(2):
        client.post(f"{at}values/{value.pk}/correct/", {**facts, "why": "Miscounted"})
    assert [(one.version, one.numerator) for one in IndicatorValue.objects.order_by("pk")] == [(1, 6), (2, 7)]
    late = client.post(f"{at}values/{value.pk}/correct/", {**facts, "numerator": "9", "why": "Again"})
    assert late.status_code == 409
    client.post(f"{at}values/{in_force().get().pk}/withdraw/", {"why": "Not ours"})
    assert in_force().count() == 0


def test_an_improvement_is_started_and_ended_by_the_forms(home, admission):
    client, at = client_of(admission), "/en/staff/quality/"
    facts = {"of": str(home.pk), "what": "Warm plates", "on": "2023-08-01", "measure": ""}
    assert client.post(f"{at}improvements/start/", facts).status_code == 422
    done = client.post(f"{at}improvements/start/", {**facts, "indicators": ["cold-soup", "good-day"]})
    improvement = Improvement.objects.get()
    assert (done.status_code, improvement.aims.count()) == (302, 2)
    future = client.post(f"{at}improvements/{improvement.pk}/end/", {"on": "2025-01-01", "version": "1"})
    assert (future.status_code, "expected: a day from 2023-08-01 to today" in text_of(future)) == (422, True)
    assert (
        client.post(
            f"{at}improvements/{improvement.pk}/end/", {"on": "2023-12-01", "version": "1"}
        ).status_code
        == 302
    )
    improvement.refresh_from_db()
    assert improvement.until_date == date(2023, 12, 1)


def file_of(*rows: str) -> bytes:
    return "\n".join([",".join(COLUMNS), *rows, ""]).encode()


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        (["Oak House,,cold-soup,2023-10-01,2023-12-31,8,60,,,Counted"], [(2, "organisation")]),
        (["Nowhere,,cold-soup,2023-10-01,2023-12-31,8,60,,,Counted"], [(2, "organisation")]),
        ([ROW, ROW], [(3, "from")]),
        ([ROW.replace(",8,", ",61,"), ROW.replace("cold-soup", "warm")], [(2, "numerator"), (3, "indicator")]),
        ([ROW.replace(",8,60,", ",NaN,60,"), ROW.replace(",8,60,", ",8,0,")], [(2, "numerator"), (3, "denominator")]),
        ([ROW.replace("2023-12-31", "2023-12-30")], [(2, "until")]),
        ([ROW.replace("Elm House,,", "Elm House,Attic,")], [(2, "service")]),
        ([ROW + ",extra"], [(2, "")]),
    ],
)  # fmt: skip
def test_one_bad_row_and_nothing_of_a_file_is_reported(home, admission, rows, faults):
    Organisation.objects.create(name="Oak House", kind="home")
    report = actions.import_values(
        file_of(ROW.replace("2023-10-01,2023-12-31", "2023-07-01,2023-09-30"), *rows), "v.csv", by=admission
    )
    assert [(one.line - 1, one.field) for one in report.faults] == faults
    assert IndicatorValue.objects.count() == 0


def test_a_file_is_reported_once_and_comes_back_as_it_went(home, admission):
    client = client_of(admission)
    upload = SimpleUploadedFile("values.csv", file_of(ROW))
    assert client.post("/en/staff/quality/import/", {"file": upload}).status_code == 302
    again = actions.import_values(file_of(ROW), "v.csv", by=admission)
    assert (again.rows, again.already, again.added, IndicatorValue.objects.count()) == (1, 1, 0, 1)
    changed = SimpleUploadedFile("values.csv", file_of(ROW.replace(",8,60,", ",9,60,")))
    page = client.post("/en/staff/quality/import/", {"file": changed})
    assert (page.status_code, "there is a value from 2023-10-01 to 2023-12-31 already" in text_of(page)) == (
        422,
        True,
    )
    changed.seek(0)
    in_dutch = text_of(client.post("/nl/staff/quality/import/", {"file": changed}))
    assert ("Dit kan niet." in in_dutch, "is er al een waarde; verbeter die" in in_dutch) == (True, True)
    out = client.get("/en/staff/quality/export.csv").content
    assert actions.import_values(out, "v.csv", by=admission).already == 1
    assert [dict(zip(HEADS, row, strict=True))["numerator"] for row in exported(admission)] == [8]
    for data in (b"", b"\xff\xfe", b"organisation\nx\n"):
        assert actions.import_values(data, "v.csv", by=admission).faults != ()


def test_the_commands_import_export_and_show(home, admission, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr("veerkracht.cli.quality.start_django", lambda: None)
    run = lambda *words: command.main(list(words), "quality", standalone_mode=False)  # noqa: E731
    good, bad, out = tmp_path / "good.csv", tmp_path / "bad.csv", tmp_path / "out.csv"
    good.write_bytes(file_of(ROW))
    bad.write_bytes(file_of(ROW.replace(",8,60,", ",61,60,")))
    username = admission.user.username
    assert (run("import", str(good), "--dry-run", "--as", username), IndicatorValue.objects.count()) == (0, 0)
    assert run("import", str(bad), "--as", username) == 1
    assert "at most the denominator, 60" in capsys.readouterr().out
    assert (run("import", str(good), "--as", username), IndicatorValue.objects.count()) == (0, 1)
    run("export", str(out), "--as", username)
    assert out.read_text().splitlines()[1].startswith(ROW)
    capsys.readouterr()
    run("show", "cold-soup", "--as", username, "--json")
    (shown,) = json.loads(capsys.readouterr().out)["organisations"]
    assert (shown["organisation"], shown["numerator"], shown["value"]) == ("Elm House", 8.0, "0.1333")
    run("show", "--as", username)
    assert "cold-soup" in capsys.readouterr().out
