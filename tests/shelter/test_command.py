"""`veerkracht shelter`: alarms without a name, told once, and an exit code for whoever watches."""

import json

import pytest

from tests.shelter.making import pass_hours
from veerkracht.cli.shelter import command
from veerkracht.register.sharing.models import Notice

pytestmark = pytest.mark.django_db


def test_alarms_are_shown_raised_once_and_exit_with_one_when_a_norm_is_over(stay, capsys):
    def run(*words: str) -> tuple[int, str, str]:
        code = command.main(list(words), "shelter", standalone_mode=False)
        return code or 0, *capsys.readouterr()

    assert json.loads(run("alarms", "--json")[1]) == {"raised": 0, "stays": []}
    pass_hours(stay, 25)
    code, text, _told = run("alarms", "--raise", "--json")
    found = json.loads(text)
    clocks = [(one["search"], one["clock"], one["level"]) for row in found["stays"] for one in row["clocks"]]
    assert (code, found["raised"], clocks) == (1, 1, [("Z-0000001", "consent", "over")])
    again = run("alarms", "--raise", "--json")
    assert (json.loads(again[1])["raised"], Notice.objects.count()) == (0, 1)
    assert "El Fassi" not in text
    assert run("clear") == (0, "", "0 messages cleared, 0 guests no longer known by name.\n")
