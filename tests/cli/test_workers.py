"""Where runs are played, as somebody types it; and what is left when they stop it."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.typing_commands import typing

VEERKRACHT = str(Path(sys.executable).with_name("veerkracht"))
ASKED = ("forecast", "constant-policy", "--programme", "personal-budget", "--from-figures", "--json")
SHORT = ("--start", "2022-12-31", "--years", "1")


@pytest.fixture
def run(capsys):
    return typing(capsys, *ASKED, *SHORT)


def test_processes_give_what_threads_give(run):
    threads, processes = (run("--runs", "6", *where) for where in ((), ("--processes", "--workers", "2")))
    assert threads[0] == 0
    assert processes[:2] == threads[:2]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["--workers", "0"], 1, "Error: 0 workers can't do anything: expected 1 or more."),
        (["--processes", "--workers", "-1"], 1, "Error: -1 workers can't do anything: expected 1 or more."),
        (
            ["--processes", "--cluster", "tcp://127.0.0.1:1"],
            2,
            "Error: --processes and --cluster can't go together: choose where to play.",
        ),
        (
            ["--cluster", "nowhere"],
            1,
            "Error: No Dask cluster answers at nowhere within 5 seconds. Check the address (such as "
            "tcp://10.0.0.5:8786) and whether its scheduler runs; or play the runs here, with --workers.",
        ),
    ],
)
def test_where_it_can_not_be_played(run, words, code, said):
    shown = run("--runs", "6", *words)
    assert (shown[0], shown[1], shown[2].splitlines()[-1]) == (code, "", said)


def stopped(runs: int) -> tuple[int, int, list[str]]:
    """Somebody stops it after a quarter: how it ended, the runs in what it shows, and the lines that it told."""
    command = [VEERKRACHT, *ASKED, *SHORT, "--runs", str(runs), "--workers", "1"]
    told = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        for line in process.stderr:
            told.append(line.strip())
            if line == f"constant-policy: {runs} runs: 25 %\n":
                process.send_signal(signal.SIGINT)
        shown = json.loads(process.stdout.read())["runs"]
    return process.returncode, shown, told


def test_ctrl_c_shows_the_runs_that_are_done():
    """Runs go in chunks of fifty; where all are played before the signal arrives, more are asked."""
    for asked in (400, 4_000, 40_000):
        code, runs, told = stopped(asked)
        if code != 0:
            break
    assert (code, runs < asked, runs % 50) == (130, True, 0)
    assert told[-1] == f"Interrupted after {runs} of {asked} runs: these are the outcomes of those {runs}."
