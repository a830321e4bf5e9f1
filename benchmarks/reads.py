"""Fifty people at once who read the list and files, as pages and as JSON, from the server as it runs: two workers.

.venv/bin/python -m benchmarks.reads                                   on SQLite, 18,000 waiting requests
.venv/bin/python -m benchmarks.reads --database postgresql             on a PostgreSQL of its own
.venv/bin/python -m benchmarks.reads --size 300 --seconds 5            smaller
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

import numpy as np

from benchmarks.registers import machine
from benchmarks.scratch import scratch

HOST = "127.0.0.1"
READY = 120


@dataclass
class Kind:
    """One kind of reading: what is asked (`{number}`: of a request), and how each answer went, in milliseconds."""

    name: str
    address: str
    took: list[float] = field(default_factory=list)
    errors: int = 0


def kinds() -> list[Kind]:
    return [
        Kind("the list, page", "/en/list/"),
        Kind("a file, page", "/en/file/{number}/"),
        Kind("the list, JSON", "/api/v1/requests?size=50"),
        Kind("a file, JSON", "/api/v1/requests/{number}"),
    ]


def main(size: int, clients: int, seconds: float) -> None:
    from veerkracht.register.world import build

    build(size=size, turns=False)
    numbers, proofs = _numbers(), [_proof() for _ in range(clients)]
    print(f"{machine()}; {size:,} waiting requests; {clients} clients; milliseconds by the clock")
    print(f"  {'':<20}{'a second':>10}{'p50':>9}{'p95':>9}{'errors':>8}")
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    server = _serve(port)
    try:
        for kind in kinds():
            _all(kind, port, numbers, proofs, seconds)
            figures = np.percentile(kind.took, [50, 95]) if kind.took else [0.0, 0.0]
            rate = len(kind.took) / seconds
            print(
                f"  {kind.name:<20}{rate:10.1f}{figures[0]:9.0f}{figures[1]:9.0f}{kind.errors:8}", flush=True
            )
    finally:
        server.terminate()
        server.wait()


def _numbers() -> list[str]:
    from veerkracht.register.care.models import Request

    found = Request.objects.filter(state="waiting").order_by("id").values_list("number", flat=True)
    return list(found[:5_000])


def _proof() -> dict[str, str]:
    """A new officer: signed in with a browser, and with a key."""
    from django.conf import settings
    from django.test import Client

    from tests import factories
    from veerkracht.register.people.actors import actor_for
    from veerkracht.register.tokens import actions as tokens

    user, client = factories.make_user("officer"), Client()
    client.force_login(user)
    _, secret = tokens.make(actor_for(user), name="benchmark", days=1)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", "Authorization": f"Bearer {secret}"}


def _serve(port: int) -> subprocess.Popen[bytes]:
    """The server as people start it. Raises `TimeoutError` when it isn't ready in time."""
    words = [sys.executable, "-m", "veerkracht.cli", "run", "--bare", "--port", str(port)]
    server = subprocess.Popen(
        words,
        env={**os.environ, "VEERKRACHT_API_RATE": "1000000/min"},
        stdout=subprocess.DEVNULL,
        # Slow queries are told there; what fails is counted here.
        stderr=subprocess.DEVNULL,
    )
    until = time.monotonic() + READY
    while time.monotonic() < until:
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return server
        except OSError:
            time.sleep(0.2)
    server.kill()
    raise TimeoutError(f"The server did not answer within {READY} s.")


def _all(kind: Kind, port: int, numbers: list[str], proofs: list[dict[str, str]], seconds: float) -> None:
    """Every client reads for so long; what was asked while the pages were first compiled doesn't count."""
    _read(Kind("", kind.address), port, numbers, proofs[0], time.monotonic() + 2)
    until = time.monotonic() + seconds
    threads = [threading.Thread(target=_read, args=(kind, port, numbers, proof, until)) for proof in proofs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _read(kind: Kind, port: int, numbers: list[str], proof: dict[str, str], until: float) -> None:
    chosen: Any = cycle(random.Random(id(proof)).sample(numbers, min(len(numbers), 200)))
    while time.monotonic() < until:
        connection = http.client.HTTPConnection(HOST, port, timeout=60)
        began = time.perf_counter()
        try:
            connection.request("GET", kind.address.format(number=next(chosen)), headers=proof)
            answer = connection.getresponse()
            answer.read()
            kind.errors += answer.status != 200
        except OSError:
            kind.errors += 1
        finally:
            connection.close()
        kind.took.append(1000 * (time.perf_counter() - began))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--size", type=int, default=18_000)
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    with scratch(asked.database):
        main(asked.size, asked.clients, asked.seconds)
