"""`veerkracht shelter`: alarms without a name, told once, and an exit code for whoever watches."""

import json

import pytest
from click.testing import CliRunner

from tests.shelter.making import pass_hours
from veerkracht.cli.shelter import command
from veerkracht.register.sharing.models import Notice

pytestmark = pytest.mark.django_db


def run(*words: str) -> tuple[int, str]:
    found = CliRunner().invoke(command, words, standalone_mode=False)
    return found.return_value or 0, found.output


def test_alarms_are_shown_raised_once_and_exit_with_one_when_a_norm_is_over(stay):
    assert json.loads(run("alarms", "--json")[1]) == {"raised": 0, "stays": []}
    pass_hours(stay, 25)
    code, text = run("alarms", "--raise", "--json")
    found = json.loads(text)
    clocks = [(one["search"], one["clock"], one["level"]) for row in found["stays"] for one in row["clocks"]]
    assert (code, found["raised"], clocks) == (1, 1, [("Z-0000001", "consent", "over")])
    assert (json.loads(run("alarms", "--raise", "--json")[1])["raised"], Notice.objects.count()) == (0, 1)
    assert "El Fassi" not in text
    assert run("clear")[1] == "0 messages cleared, 0 guests no longer known by name.\n"
