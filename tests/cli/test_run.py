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
# Seconds that a slow machine may take for what takes a second or two.
PATIENCE = 240

Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts `veerkracht run --bare` in a home and a process group of its own, on SQLite."""
    started: list[subprocess.Popen[str]] = []

    def run(*words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [VEERKRACHT, "run", "--bare", *words],
            # Its metrics in its own home: a server that starts throws away what is in the folder.
            env={
                **os.environ,
                "VEERKRACHT_HOME": str(tmp_path),
                "VEERKRACHT_DATABASE": "",
                "PROMETHEUS_MULTIPROC_DIR": "",
            },
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


def answers(said: list[str]) -> int:
    """The status of the first page at the address that was printed last; a page in a language."""
    found = re.search(r"ready at (http://\S+/)", said[-1])
    assert found
    with urllib.request.urlopen(found[1], timeout=PATIENCE) as page:
        assert re.fullmatch(r"http://[^/]+/(nl|en)/.*", page.url)
        return int(page.status)


def stopped(process: subprocess.Popen[str], ask: signal.Signals) -> int:
    """How it ends when it is asked to, with every process it started."""
    os.killpg(process.pid, ask)
    code = process.wait(PATIENCE)
    assert group_is_gone(process)
    return code


def group_is_gone(process: subprocess.Popen[str]) -> bool:
    for _ in range(PATIENCE * 10):
        try:
            os.killpg(process.pid, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def test_it_sets_up_once_serves_and_stops_cleanly(start: Start, tmp_path: Path) -> None:
    """How long it takes is measured in `.ci/newcomer`, where nothing else runs."""
    first = start()
    said = until_ready(first)
    assert said[1:3] == [
        "Bringing the database 'log' up to date …",
        "Bringing the database 'default' up to date …",
    ]
    assert answers(said) == 200
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600
    assert stopped(first, signal.SIGINT) == 0
    second = start()
    said = until_ready(second)
    assert (len(said), said[0].startswith("Data are in")) == (2, True)
    assert answers(said) == 200
    assert stopped(second, signal.SIGTERM) == 0


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
        assert first.getsockname()[1] != second.getsockname()[1]
