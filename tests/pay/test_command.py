"""`veerkracht pay`: what rises cost, and what they buy."""

import json

import pytest
from click.testing import CliRunner

from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of

RISE = ["--group", "regionalised", "--percent", "5", "--from", "2025-01-01"]


def told(*words: str) -> str:
    done = CliRunner().invoke(group, ["pay", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_cost_of_an_agreement_and_of_a_rise_of_ones_own() -> None:
    agreed = json.loads(told("cost", "--json"))
    assert [one["group"] for one in agreed["groups"]] == ["regionalised", "classic", "socio-cultural"]
    assert agreed["published_cents"] == 412_000_000_00
    assert list(agreed["total_cents"]) == ["2021", "2022", "2023", "2024", "2025"]
    own = json.loads(told("cost", *RISE, "--years", "2", "--json"))
    assert (own["published_cents"], own["unknown"]) == (None, [])
    full = own["groups"][0]["full_year_cents"]
    assert full["low"] < full["median"] < full["high"]
    assert "Bekendgemaakt: 412,0 miljoen euro per jaar." in told("cost", "--language", "nl")


def test_what_a_rise_buys() -> None:
    words = ("buys", *RISE, "--years", "1", "--runs", "10")
    found = json.loads(told(*words, "--json"))
    assert found["sectors"] == ["residential-care"]
    assert {row["p50"] for row in found["when_all_rise_alike"]} == {0.0}
    assert found["per_million"]["fte"]["p10"] <= found["per_million"]["fte"]["p90"]
    assert "When every sector rises as much" in told(*words)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("cost", "--group", "regionalised", "--percent", "80", "--from", "2025-01-01"),
            "80 per cent can't be",
        ),
        (("cost", "--group", "regionalised", "--percent", "8"), "without a first day"),
        (("cost", "--group", "pilots", "--percent", "8", "--from", "2025-01-01"), "no group “pilots”"),
        (("cost", "--agreement", "truce"), "no agreement “truce”; there are: via6"),
        (("buys", "--group", "regionalised", "--from", "2025-01-01"), "Say one of --percent"),
        (
            ("buys", "--group", "regionalised", "--percent", "1", "--million", "1", "--from", "2025-01-01"),
            "Say one of",
        ),
        (
            ("buys", "--group", "socio-cultural", "--percent", "1", "--from", "2025-01-01"),
            "no sector of the group",
        ),
    ],
)
def test_what_can_not_be_asked_is_one_clear_line(words: tuple[str, ...], said: str, capsys) -> None:
    assert exit_code_of(lambda: group.main(["pay", *words], standalone_mode=False)) == 1
    assert said in capsys.readouterr().err
