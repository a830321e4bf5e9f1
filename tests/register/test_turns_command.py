"""`veerkracht turns`: kept for who may, older once the list has changed, and looked back without keeping."""

import json
from datetime import date

import pytest
from django.utils import translation

from tests.factories import make_actor, make_credit, make_queue, make_request, make_round, make_user
from tests.typing_commands import typing
from veerkracht.register.care.models import Request, Turn, TurnRun
from veerkracht.register.care.queries.files import file
from veerkracht.register.log.models import LogEntry

QUICK = ("--runs", "4", "--workers", "1")


@pytest.fixture
def run(capsys, demo_day):
    with translation.override("en"):
        yield typing(capsys, "turns", *QUICK)


def is_stale(request: Request) -> bool | None:
    turn = file(make_actor("officer"), request.number).request.turn
    return turn.stale if turn else None


@pytest.mark.parametrize("size", [1, 3])
def test_every_waiting_request_gets_a_turn(run, size):
    queue = make_queue(size)
    code, out, err = run()
    assert (code, out.splitlines()[0].strip()) == (0, "When the turn comes (no promise)")
    assert err.splitlines()[-1] == f"Turns kept: {size}, from the list of 15-01-2024."
    assert set(Turn.objects.values_list("request_id", flat=True)) == {request.pk for request in queue}


def test_without_anybody_waiting_there_are_no_turns(run, demo_day):
    code, _, err = run()
    assert (code, err.splitlines()[-1]) == (0, "Turns kept: 0, from the list of 15-01-2024.")
    assert (TurnRun.objects.count(), Turn.objects.count()) == (1, 0)


def test_after_a_round_turns_are_older_until_they_are_computed_again(run):
    make_credit(1_000_000)
    first, second, third = make_queue(3)
    assert is_stale(second) is None
    run()
    assert is_stale(second) is False
    make_round(60_000, state="signed")
    first.refresh_from_db()
    assert (first.state, is_stale(second), is_stale(third)) == ("granted", True, True)
    run()
    assert (is_stale(second), is_stale(third)) == (False, False)
    assert set(Turn.objects.values_list("request_id", flat=True)) == {second.pk, third.pk}


def test_it_is_logged_under_who_computed_it(run):
    make_queue(3)
    make_user("officer", username="otto", name="Otto Officer")
    run("--as", "otto", "--plan", "constant-policy")
    told = LogEntry.objects.order_by("-id").values_list("verb", "object_type", "user_name", "detail").first()
    facts = {"programme": "personal-budget", "plan": "constant-policy", "start": "2024-01-15"}
    assert told == ("change", "turns", "Otto Officer", {**facts, "runs": 4, "requests": 3})


@pytest.mark.parametrize("role", ["reader", "assessor", "analyst"])
def test_who_may_not_compute_changes_nothing(run, role):
    make_queue(1)
    make_user(role, username="somebody")
    code, out, err = run("--as", "somebody")
    assert (code, out) == (1, "")
    assert err.splitlines()[-1] == "Error: This does not exist, or you may not see or do it."
    assert TurnRun.objects.count() == 0


def test_looking_back_keeps_nothing(run):
    make_queue(3, asked=date(2021, 3, 1))
    make_request(asked=date(2023, 3, 1))
    code, out, _ = run("--as-of", "2022-01-01", "--json")
    shown = json.loads(out)
    assert (code, shown["start"], len(shown["turns"])) == (0, "2022-01-01", 3)
    assert TurnRun.objects.count() == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--as-of", "2015-12-31"],
            "There is no list of Personal budget of 2015-12-31: there is one from 2016-04-01 to 2024-01-15.",
        ),
        (
            ["--as-of", "2024-01-16"],
            "There is no list of Personal budget of 2024-01-16: there is one from 2016-04-01 to 2024-01-15.",
        ),
        (["--runs", "0"], "A forecast of 0 runs can't be made: expected 1 to 100,000."),
        (["--workers", "0"], "0 workers can't do anything: expected 1 or more."),
    ],
)
def test_what_can_not_be_asked(run, words, said):
    make_queue(1)
    code, out, err = run(*words)
    assert (code, out, err.splitlines()[-1]) == (1, "", f"Error: {said}")
    assert TurnRun.objects.count() == 0
