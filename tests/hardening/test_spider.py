"""Each role walks over all pages that it is led to, and knocks at all doors that it is not led to."""

import re
from collections import Counter, deque
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from django.apps import apps
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from tests.hardening import planted
from tests.hardening.addresses import filled, patterns
from veerkracht.config.hardening import HEADERS

pytestmark = pytest.mark.once

MOST_PAGES = 40
# Of one kind of page with different questions; of forecasts, which take long to play, one.
MOST_ALIKE = 2
# What says that a provider of identity elsewhere failed.
MEANT = {("/en/sign-in/failed/", 502)}
ALWAYS = {
    **HEADERS,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Playing ten years takes long, and so does describing ourselves; they hold nobody, and have tests of their own.
SLOW = re.compile(r"forecast|^try|openapi|api-docs")


class Page(HTMLParser):
    """The addresses to which a page leads: by links, and by forms that ask (GET) with what is in their fields."""

    def __init__(self, at: str, html: str):
        super().__init__()
        self.at, self.links = at, []
        self._form: str | None = None
        self._fields: dict[str, str] = {}
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "a" and "href" in found:
            self.links.append(urljoin(self.at, found["href"]))
        elif tag == "form" and found.get("method", "get").lower() == "get":
            self._form, self._fields = urljoin(self.at, found.get("action", "")), {}
        elif self._form is not None and found.get("name"):
            self._fill(tag, found)
        elif self._form is not None and tag == "option" and self._select:
            self._fields.setdefault(self._select, found.get("value", ""))

    def _fill(self, tag: str, found: dict[str, str]) -> None:
        if tag == "select":
            self._select = found["name"]
        elif found.get("type") not in ("checkbox", "radio", "submit"):
            # What is searched is what may not be found.
            self._fields[found["name"]] = found.get("value") or (
                "Xy" if found.get("type") == "search" else ""
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            self.links.append(f"{self._form}?{urlencode(self._fields)}")
            self._form = None


def walk(client: Client, start: str) -> dict[str, Any]:
    """The answers of all pages that are led to from a page, in the order in which they were found."""
    found: dict[str, Any] = {}
    alike: Counter[str] = Counter()
    waiting = deque([start])
    while waiting and len(found) < MOST_PAGES:
        address = waiting.popleft().partition("#")[0]
        name = _kind(address)
        if address in found or name is None or alike[name] >= MOST_ALIKE:
            continue
        alike[name] += 1
        found[address] = answer = client.get(address)
        if answer.status_code in (301, 302):
            waiting.append(urljoin(address, answer["Location"]))
        elif answer["Content-Type"].startswith("text/html"):
            waiting.extend(Page(address, answer.content.decode()).links)
    return found


def _kind(address: str) -> str | None:
    """The name of the page; None for another site, a static file, or what takes long."""
    parts = urlsplit(address)
    try:
        # Addresses under /en/ are only known while English is spoken.
        with translation.override("en"):
            name = None if parts.netloc else resolve(parts.path).view_name
    except Resolver404:
        return None
    return None if name is None or SLOW.search(name) else name


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def told(answers: dict[str, Any], words: frozenset[str]) -> list[tuple[str, str]]:
    """Which of the words stand in which answer; its headers count too."""
    return [
        (address, word)
        for address, answer in answers.items()
        for word in sorted(words)
        if word.encode() in body(answer) or word in str(dict(answer.items()))
    ]


def wrong(answers: dict[str, Any]) -> list[tuple[str, str]]:
    """What breaks, and what lacks a header."""
    broken = [
        (address, str(one.status_code))
        for address, one in answers.items()
        if one.status_code >= 500 and (address, one.status_code) not in MEANT
    ]
    bare = [
        (address, f"{name}: {one.get(name)}")
        for address, one in answers.items()
        for name, value in ALWAYS.items()
        if one.get(name) != value
    ]
    loose = [
        (address, "policy")
        for address, one in answers.items()
        if "unsafe" in (policy := one.get("Content-Security-Policy", "unsafe")) or "default-src" not in policy
    ]
    kept = [
        (address, "kept")
        for address, one in answers.items()
        # What is open to everybody may be kept.
        if "no-store" not in one.get("Cache-Control", "") and "/open/" not in address
    ]
    return broken + bare + loose + kept


@pytest.mark.parametrize("caller", planted.CALLERS)
def test_no_page_that_a_role_is_led_to_breaks_or_tells_what_it_may_not(as_caller, plantation, caller):
    found = walk(as_caller(caller), "/en/")
    assert wrong(found) == []
    assert told(found, plantation.forbidden(caller)) == []
    assert len(found) >= (2 if caller == "nobody" else 3)


def test_the_walk_finds_what_may_be_found(as_caller):
    """So that the walks above can't pass because they see nothing."""
    found = walk(as_caller("officer"), "/en/")
    assert {word for _, word in told(found, planted.LISTED)} == planted.LISTED


@pytest.mark.parametrize("caller", planted.CALLERS)
def test_no_door_at_which_a_role_knocks_tells_what_it_may_not(as_caller, plantation, caller):
    client = as_caller(caller)
    found = {
        address: client.get(address)
        for route in patterns()
        for address in filled(route, plantation)
        if _kind(address) is not None
    }
    assert wrong(found) == []
    assert told(found, plantation.forbidden(caller)) == []


def facts() -> dict[str, list[Any]]:
    """Every row of the register that says something about the work; not who is signed in, nor what was counted."""
    apart = {"sessions", "usersessions", "contenttypes", "log"}
    return {
        model._meta.label: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models()
        if model._meta.app_label not in apart and not model._meta.proxy
    }


@pytest.mark.parametrize("caller", ["officer", "person"])
def test_looking_changes_nothing(as_caller, plantation, caller):
    client = as_caller(caller)
    client.get("/en/")
    before = facts()
    for route in patterns():
        address = filled(route, plantation)[0]
        if _kind(address) is not None:
            client.get(address)
            client.head(address)
    after = facts()
    assert {name for name, rows in after.items() if rows != before[name]} == set()
