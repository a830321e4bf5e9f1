"""`veerkracht run` as a person uses it: started, looked at, stopped."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

VEERKRACHT = str(Path(sys.executable).with_name("veerkracht"))
PATIENCE = 60

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `veerkracht run --bare` in a home and a process group of its own, on SQLite."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [VEERKRACHT, "run", "--bare", *words],
            env={**os.environ, "VEERKRACHT_HOME": str(tmp_path), "VEERKRACHT_DATABASE": ""},
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()


def until_ready(process: subprocess.Popen[str]) -> list[str]:
    """The lines it prints up to the one with the address; fails with all it said if that never comes."""
    said = []
    assert process.stderr
    for line in process.stderr:
        said += [line.strip()] if line.strip() else []
        if "ready at" in line:
            return said
    raise AssertionError("\n".join(said))


def address(process: subprocess.Popen[str]) -> str:
    found = re.search(r"ready at (http://\S+/)", until_ready(process)[-1])
    assert found
    return found[1]


def group_is_gone(process: subprocess.Popen[str]) -> bool:
    for _ in range(50):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.parametrize("ask", [signal.SIGINT, signal.SIGTERM])
def test_it_serves_and_stops_cleanly(start: Start, ask: signal.Signals, tmp_path: Path) -> None:
    process = start()
    with urllib.request.urlopen(address(process), timeout=PATIENCE) as page:
        assert page.status == 200
        assert re.fullmatch(r"http://[^/]+/(nl|en)/.*", page.url)
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    os.killpg(process.pid, ask)
    assert process.wait(PATIENCE) == 0
    assert group_is_gone(process)


def test_the_second_start_has_nothing_to_set_up(start: Start) -> None:
    """How long it takes is measured in `.ci/newcomer`, where nothing else runs."""
    first = start()
    assert until_ready(first)[1:3] == [
        "Bringing the database 'log' up to date …",
        "Bringing the database 'default' up to date …",
    ]
    os.killpg(first.pid, signal.SIGINT)
    first.wait(PATIENCE)
    said = until_ready(start())
    assert (len(said), said[0].startswith("Data are in")) == (2, True)


def test_a_taken_port_is_said_and_another_used_or_none() -> None:
    """Runs no server: the port is looked at before anything is set up."""
    from veerkracht.cli.output import CommandError
    from veerkracht.cli.run import listen

    with socket.create_server(("127.0.0.1", 0)) as other:
        taken = other.getsockname()[1]
        with pytest.raises(CommandError) as refused:
            listen("127.0.0.1", taken)
        assert str(refused.value) == (
            f"port {taken} is taken by another program. Choose one with --port, or leave it out."
        )
    with listen("127.0.0.1", None) as first, listen("127.0.0.1", None) as second:
        assert first.getsockname()[1] < second.getsockname()[1]
