"""Runs on a cluster: two workers of a Dask cluster on this machine give the numbers of threads."""

from collections.abc import Iterator
from pathlib import Path

import dask
import numpy as np
import pytest
from distributed import LocalCluster

from tests.forecast.services import networks
from tests.forecast.services.test_luck_and_workers import NET
from tests.forecast.test_many import played
from tests.forecast.test_many_processes import flat, killed_once
from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of
from veerkracht.forecast import ForecastFault
from veerkracht.forecast.cluster import Cluster
from veerkracht.forecast.many import play_chunks


@pytest.fixture(scope="module")
def local() -> Iterator[LocalCluster]:
    with (
        dask.config.set({"distributed.admin.log-format": "%(message)s"}),
        LocalCluster(2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as local,
    ):
        yield local


@pytest.fixture
def address(local: LocalCluster) -> str:
    """Of both workers: one that was killed by a test before this one comes back."""
    local.wait_for_workers(2, timeout=240)
    return local.scheduler_address


@pytest.fixture
def patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A cluster on this machine is there, however long it takes to answer."""
    monkeypatch.setattr("veerkracht.forecast.cluster.SECONDS_TO_ANSWER", 240)


@pytest.fixture
def cluster(address: str, patience: None) -> Iterator[Cluster]:
    with Cluster(address) as found:
        yield found


def test_a_cluster_gives_the_numbers_of_threads(cluster: Cluster):
    here, there = played(30), played(30, cluster)
    assert here.values.keys() == there.values.keys()
    assert all(np.array_equal(here.values[name], there.values[name]) for name in here.values)
    assert np.array_equal(here.outcome, there.outcome)


def test_places_and_teams_on_a_cluster_too(cluster: Cluster):
    here, there = networks.play(NET, 6), networks.play(NET, 6, executor=cluster)
    assert all(np.array_equal(a, b) for a, b in zip(here, there, strict=True))


def test_a_command_plays_on_it(address: str, patience: None, capsys):
    asked = ["forecast", "constant-policy", "--programme", "personal-budget", "--from-figures", "--json"]
    asked += ["--years", "1", "--runs", "6"]
    shown = []
    for where in ([], ["--cluster", address]):
        assert exit_code_of(lambda: group.main([*asked, *where], standalone_mode=False)) == 0  # noqa: B023
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1]


def test_it_plays_on_every_worker(cluster: Cluster):
    assert cluster.workers == 2


def test_what_a_dead_worker_played_is_played_again(cluster: Cluster, tmp_path: Path):
    note = tmp_path / "died"
    got = play_chunks(killed_once, str(note), 40, executor=cluster)
    assert (note.exists(), got.runs, flat(got.results)) == (True, 40, list(range(40)))


@pytest.mark.parametrize("nowhere", ["tcp://127.0.0.1:1", "nonsense", "tcp://nowhere"])
def test_a_cluster_that_is_not_there(nowhere: str):
    with pytest.raises(ForecastFault) as fault:
        Cluster(nowhere)
    assert str(fault.value) == (
        f"No Dask cluster answers at {nowhere} within 5 seconds. Check the address (such as "
        "tcp://10.0.0.5:8786) and whether its scheduler runs; or play the runs here, with --workers."
    )
