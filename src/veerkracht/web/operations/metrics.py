"""The numbers of a running server, for Prometheus. Several processes write, and any of them answers for all.

Labels are names of views, methods and outcomes: never an address, which could hold a number of a person.
"""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_login_failed
from django.http import HttpRequest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from veerkracht.register import readiness

LOOPBACK = ("127.0.0.1", "::1")
_SECONDS = (0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30)

REQUESTS = Counter("veerkracht_requests", "Requests answered.", ["view", "method", "status"])
SECONDS = Histogram("veerkracht_request_seconds", "Time to answer.", ["view", "method"], buckets=_SECONDS)
QUERIES = Counter("veerkracht_queries", "Queries during requests.", ["database"])
QUERY_SECONDS = Counter("veerkracht_query_seconds", "Time of queries during requests.", ["database"])
SLOW_QUERIES = Counter("veerkracht_slow_queries", "Queries over the limit.", ["database"])
REFUSED = Counter("veerkracht_refused", "Requests refused, or for what does not exist.", ["view"])
FAULTS = Counter("veerkracht_faults", "Requests that failed by a fault of ours.", ["view"])
SIGN_INS = Counter("veerkracht_sign_ins", "Attempts to sign in.", ["outcome"])


class RegisterNumbers(Collector):
    """What is counted in the register when somebody asks: it is the same for all processes."""

    def collect(self) -> Iterator[Metric]:
        for name, words, counts in readiness.numbers():
            family = GaugeMetricFamily(f"veerkracht_{name}", words, labels=["state"])
            for state, count in counts.items():
                family.add_metric([state], count)
            yield family


def text() -> bytes:
    """All numbers in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(RegisterNumbers())
    multiprocess.MultiProcessCollector(registry, path=settings.METRICS_FOLDER)
    return bytes(generate_latest(registry))


def may_read(request: HttpRequest) -> bool:
    """With the token; without one set, from this machine itself and past no proxy."""
    wanted = settings.METRICS_TOKEN
    if wanted:
        return hmac.compare_digest(
            request.headers.get("Authorization", "").encode(), f"Bearer {wanted}".encode()
        )
    passed_on = any(name in request.headers for name in ("X-Forwarded-For", "Forwarded", "X-Real-IP"))
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not passed_on


def _signed_in(**_: object) -> None:
    SIGN_INS.labels("succeeded").inc()


def _failed(**_: object) -> None:
    SIGN_INS.labels("failed").inc()


def listen() -> None:
    """Count who signs in and who doesn't get in."""
    user_logged_in.connect(_signed_in, dispatch_uid="veerkracht.metrics")
    user_login_failed.connect(_failed, dispatch_uid="veerkracht.metrics")
