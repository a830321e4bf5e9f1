"""Care intensity as pages, a file and commands: what they show, and to whom."""

import csv
import json
from datetime import date

import pytest
from click.testing import CliRunner

from tests import factories
from tests.assessments.conftest import COMMAND, worker
from tests.intensity.conftest import recognised, staffed
from tests.pages import client_of, text_of
from veerkracht.cli.intensity import command
from veerkracht.register.quality import actions
from veerkracht.register.quality.actions import Noted
from veerkracht.register.quality.models import Signal


@pytest.fixture
def town(home):
    """Three homes: Elm's own staff and places are known; Oak has few with light care."""
    elm, oak = home("Elm House", b=12, cd=4, o=12, unknown=1), home("Oak House", c=12, a=2)
    ash = home("Ash House", c=14, a=12)
    recognised(elm, 40, 10)
    staffed(elm, nurses=4, assistants=6)
    return elm, oak, ash


def test_by_area_and_by_home_in_both_languages(town, analyst):
    client = client_of(analyst)
    for language, words in (
        ("en", ("62%", "42 of 68 who were measured", "too few people to tell", "Complaints in the year",
                "published 6,000; from figures 5,926 (4,769 to 7,097)", "published 11,300; from figures 12,095")),
        ("nl", ("62%", "42 van de 68 die gemeten zijn", "te weinig mensen om het te zeggen", "Klachten in het jaar",
                "bekendgemaakt 6.000; uit cijfers 5.926 (4.769 tot 7.097)", "bekendgemaakt 11.300")),
    ):  # fmt: skip
        page = text_of(client.get(f"/{language}/places/intensity/"))
        assert [one for one in words if one not in page] == []
    html = client.get("/en/places/intensity/").content.decode()
    measure, plan = (
        "/en/money/measures/via6-heavy-care-norm/",
        "/en/forecast/?plan=care-and-welfare-525-million",
    )
    assert (f'href="{measure}"' in html, f'href="{plan}"' in html) == (True, True)
    # From the measure back to what it closed, and from no other.
    back = 'href="/en/places/intensity/#past-head"'
    others = measure.replace("heavy-care-norm", "quality-staff")
    assert [back in client.get(one).content.decode() for one in (measure, others)] == [True, False]
    years = text_of(client.get("/en/places/intensity/")).partition("Year by year: what it follows from")[2]
    assert "31 Dec 2011 48,077 (46,920 to 49,248) 42,151 5,926 (4,769 to 7,097) 6,000" in years
    past = text_of(client.get("/en/places/intensity/?on=2021-06-30"))
    assert "Only for places with extra recognition" in past
    wrong = client.get("/en/places/intensity/?on=2031-01-01")
    assert (wrong.status_code, "This day is still to come." in text_of(wrong)) == (422, True)
    drawn = client.get("/en/places/intensity/?download=backlog").content.decode()
    assert "2011-12-31" in drawn


def test_a_home_for_itself_and_for_others(town, admission, analyst):
    elm, oak, _ash = town
    own = text_of(client_of(admission).get(f"/en/places/intensity/{elm.pk}/"))
    for words in ("Residents 29", "never measured: 1", "Katz Cd: help with nearly everything, with dementia 4 heavy",
                  "Carers counted 10.0", "Allowance a resident-day"):  # fmt: skip
        assert words in own
    other = text_of(client_of(analyst).get(f"/en/places/intensity/{oak.pk}/"))
    assert ("they are too few to tell" in other, "Katz C" in other) == (True, False)
    stranger = client_of(factories.make_actor("auditor"))
    for id in (elm.pk, 999_999):
        assert stranger.get(f"/en/places/intensity/{id}/").status_code == 404


def test_the_file_has_what_the_page_has(town, analyst, admission):
    def rows(actor) -> dict[str, dict[str, str]]:
        answer = client_of(actor).get("/en/places/intensity/homes.csv")
        found = csv.DictReader(answer.content.decode("utf-8-sig").splitlines())
        return {row["home"]: row for row in found}

    outside, inside = rows(analyst), rows(admission)
    assert [(name, row["residents"], row["heavy"]) for name, row in outside.items()] == [
        ("Ash House", "26", "14"), ("Elm House", "29", ""), ("Oak House", "14", ""),
    ]  # fmt: skip
    assert (inside["Elm House"]["heavy"], inside["Elm House"]["staff_fte"]) == ("16", "10.0")


def test_complaints_and_supervision_stand_on_the_page_with_date_and_source(town):
    elm = town[0]
    officer = factories.make_actor("officer", programme="residential-care")
    client, address = client_of(officer), f"/en/places/intensity/{elm.pk}/"
    noted = {
        "kind": "complaint",
        "begins": "2023-12-31",
        "count": "3",
        "founded": "1",
        "source": "Woonzorglijn, 2023",
    }
    assert client.post(f"{address}note/", {**noted, "founded": "4"}).status_code == 422
    assert client.post(f"{address}note/", noted).status_code == 302
    watched = actions.note_signal(
        elm,
        by=COMMAND,
        noted=Noted("heightened-supervision", date(2023, 10, 1), "Zorginspectie, 1 October 2023"),
    )
    page = text_of(client.get(address))
    for words in ("31 December 2023 Complaints: 3", "Of which founded: 1.", "Woonzorglijn, 2023",
                  "1 October 2023 Heightened supervision", "Zorginspectie"):  # fmt: skip
        assert words in page
    ended = {"kind": "heightened-supervision", "begins": "2023-10-01", "until": "2024-01-10", "count": "1",
             "source": "Zorginspectie", "why": "It ended"}  # fmt: skip
    assert client.post(f"/en/places/intensity/noted/{watched.pk}/correct/", ended).status_code == 302
    assert "1 October 2023 – 10 January 2024" in text_of(client.get(address))
    last = Signal.objects.latest("pk")
    assert (
        client.post(f"/en/places/intensity/noted/{last.pk}/withdraw/", {"why": "Another home"}).status_code
        == 302
    )
    assert "Heightened supervision" not in text_of(client.get(address))
    # The home sees it, and notes nothing.
    home = client_of(worker("admission", "Elm House"))
    assert "Complaints: 3" in text_of(home.get(address))
    assert home.get(f"{address}note/").status_code == 404


def test_commands(town, tmp_path):
    def run(*words: str) -> str:
        result = CliRunner().invoke(command, words, standalone_mode=False)
        assert result.exception is None
        return result.output

    found = json.loads(run("show", "--json"))
    assert [(one["area"], one["residents"], one["heavy"]) for one in found["areas"]] == [
        ("Antwerpen", 69, 42), ("together", 69, 42),
    ]  # fmt: skip
    assert "Antwerpen" in run("show", "--level", "province", "--on", "2023-12-31")
    assert run("homes", str(tmp_path / "homes.csv")) == "3 homes.\n"
    assert len((tmp_path / "homes.csv").read_text().splitlines()) == 4
    past = json.loads(run("past", "--json"))
    assert [one["residents"] for one in past if one["published"]] == [5926, 12095]
    assert "2011-12-31" in run("past")
    assert json.loads(run("expiring", "--json")) == []
    assert len(json.loads(run("expiring", "--days", "3650", "--json"))) == 68
    assert "ltcf-after-admission" in run("missing")
    late = json.loads(run("missing", "katz-at-admission", "--json"))
    assert [(one["home"], one["days late"]) for one in late] == [("Elm House", 1079)]
