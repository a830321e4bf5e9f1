"""Who asks, and what a server would write down meanwhile."""

import json
import logging
from collections.abc import Iterator
from datetime import date
from io import StringIO

import pytest
from django.conf import settings
from django.test import Client

from tests import factories
from veerkracht.config.logging import log_settings
from veerkracht.register import clock
from veerkracht.web.operations.logs import JsonLines


@pytest.fixture
def officer(db) -> Client:
    clock.stand_still_on(date(2024, 1, 15))
    client = Client(raise_request_exception=False)
    client.force_login(factories.make_user("officer", username="officer"))
    return client


class Written:
    """What the log says, as text and line by line."""

    def __init__(self, stream: StringIO):
        self._stream = stream

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    def lines(self, logger: str = "") -> list[dict]:
        found = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in found if line["logger"].startswith(logger)]


@pytest.fixture
def written(db) -> Iterator[Written]:
    """Everything that any logger says, in the form in which a server writes it."""
    assert settings.LOGGING["formatters"] == log_settings("line", requests=False)["formatters"]
    handler = logging.StreamHandler(StringIO())
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    requests = logging.getLogger("veerkracht.request")
    before = requests.level
    root.addHandler(handler)
    requests.setLevel(logging.INFO)
    yield Written(handler.stream)
    root.removeHandler(handler)
    requests.setLevel(before)
