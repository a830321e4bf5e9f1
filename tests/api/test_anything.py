"""Anything at all, sent by each role: never an error of ours, nothing that the description doesn't name, no leak."""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core import signals
from django.core.cache import caches
from django.db import close_old_connections, transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import checks
from schemathesis.specs.openapi import checks as openapi_checks

from tests.hardening import planted
from veerkracht.api.app import api
from veerkracht.config.wsgi import application
from veerkracht.register.people.actors import PERSON, actor_for
from veerkracht.register.tokens import actions as tokens

pytestmark = pytest.mark.once

EXAMPLES = 3
CHECKS = [
    checks.not_a_server_error,
    openapi_checks.status_code_conformance,
    openapi_checks.content_type_conformance,
    openapi_checks.response_schema_conformance,
]


@pytest.fixture(scope="module")
def plantation(django_db_setup: None, django_db_blocker: Any) -> Iterator[planted.Planted]:
    """Planted once for the module, and taken back after it."""
    # The server closes its connections after each call; here they hold what is planted.
    ends = (signals.request_started, signals.request_finished)
    for signal in ends:
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock(), transaction.atomic("default"), transaction.atomic("log"):
        yield planted.plant()
        for alias in ("default", "log"):
            transaction.set_rollback(True, alias)
    for signal in ends:
        signal.connect(close_old_connections)


def headers_of(caller: str, user: Any) -> dict[str, str]:
    """How a caller proves who they are: staff with a key, the person with their session, and nobody."""
    if user is None:
        return {}
    if caller == PERSON:
        client = Client()
        client.force_login(user)
        return {"Cookie": "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())}
    _, secret = tokens.make(actor_for(user), name="test", days=1, may_write=True)
    return {"Authorization": f"Bearer {secret}"}


@pytest.mark.parametrize("caller", planted.CALLERS)
def test_anything_is_answered_as_described_and_tells_nothing_forbidden(db, plantation, caller):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    headers = headers_of(caller, plantation.users.get(caller))
    for found in schema.get_all_operations():
        sent = _tried(found.ok(), plantation, caller, headers)
        assert sent >= 1


def _tried(operation: Any, plantation: planted.Planted, caller: str, headers: dict[str, str]) -> int:
    sent = 0
    names = _parts(operation.path)

    @given(case=operation.as_strategy(), data=st.data())
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    def send(case: Any, data: st.DataObject) -> None:
        nonlocal sent
        for name in names:
            # Mostly what is there: who only knocks at doors that don't exist learns nothing.
            if data.draw(st.integers(0, 3)):
                case.path_parameters[name] = data.draw(st.sampled_from(plantation.ids[name]))
        caches["process"].clear()
        response = case.call(headers=headers)
        sent += 1
        case.validate_response(response, checks=CHECKS)
        leaked = sorted(word for word in plantation.forbidden(caller) if word in response.text)
        assert leaked == []

    send()
    return sent


def _parts(path: str) -> list[str]:
    return [part.strip("{}") for part in path.split("/") if part.startswith("{")]


def test_the_planted_words_do_leak_to_who_may_see_them(db, plantation):
    """So that the test above can't pass because nothing is ever found."""
    client = Client(headers=headers_of("officer", plantation.users["officer"]))
    assert {
        word for word in planted.LISTED if word in client.get("/api/v1/requests").content.decode()
    } >= planted.LISTED


def test_what_schemathesis_reads_is_the_description_that_we_give(db):
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application)
    paths = {found.ok().path for found in schema.get_all_operations()}
    assert paths == set(api.get_openapi_schema()["paths"])
