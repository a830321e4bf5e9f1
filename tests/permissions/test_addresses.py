"""No address without a gate: whoever isn't signed in gets nowhere but to the pages that say why they are open."""

import re
import uuid
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern
from django.utils import translation

from tests.permissions.addresses import CHANGES, NOBODY, THROUGH
from tests.permissions.open_views import OPEN
from tests.permissions.surfaces import FILES, LISTS, OWN

pytestmark = [pytest.mark.django_db, pytest.mark.once]
_EXAMPLES = {"int": "1", "str": "V-0000001", "slug": "now", "uuid": str(uuid.UUID(int=7)), "path": "a/b"}
# Numbers that nothing has: only where an address leads is asked.
EXAMPLE = SimpleNamespace(
    request=SimpleNamespace(number="V-0000001"),
    person=SimpleNamespace(number="P-0000001"),
    document=SimpleNamespace(reference=uuid.UUID(int=7)),
    consultation=SimpleNamespace(pk=1),
    consent=SimpleNamespace(record=uuid.UUID(int=7)),
)
# Asked to sign in, told that there is nothing, that there is another way, or that one has to say who one is.
_TURNED_AWAY = {302, 401, 403, 404, 405}


def patterns(resolver: URLResolver, before: str = "/") -> Iterator[tuple[str, str]]:
    """Each address by its name, with an example of each of its parts."""
    for found in resolver.url_patterns:
        if isinstance(found, URLResolver):
            part = "en/" if isinstance(found.pattern, LocalePrefixPattern) else str(found.pattern)
            yield from patterns(found, before + part)
        elif isinstance(found, URLPattern):
            path = re.sub(
                r"<(?:(\w+):)?\w+>", lambda part: _EXAMPLES[part[1] or "str"], before + str(found.pattern)
            )
            yield found.name or "", re.sub(r"\^|\$|\(\?P.*\)", "", path)


def addresses() -> list[tuple[str, str]]:
    return sorted({(name, path) for name, path in patterns(get_resolver())})


def test_who_is_not_signed_in_gets_nowhere():
    client, came_in = Client(), []
    for name, path in addresses():
        if name in OPEN:
            continue
        for answer in (client.get(path), client.post(path, "{}", content_type="application/json")):
            is_away = answer.status_code in _TURNED_AWAY
            if not is_away or (answer.status_code == 302 and "/sign-in/" not in answer["Location"]):
                came_in.append((name, path, answer.status_code))
    assert came_in == []


def test_every_address_says_what_it_is_about():
    """A new page that nobody thought about fails here: it goes into `surfaces` with what it shows, or says why not."""
    with translation.override("nl"):
        paths = [surface.path(EXAMPLE).partition("?")[0] for surface in (*LISTS, *FILES, *OWN)]
        shown = {resolve(path).url_name for path in paths}
    known = {*OPEN, *CHANGES, *THROUGH, *NOBODY, *shown, "my-cases", "my-bundle"}
    names = {name for name, _ in addresses()}
    assert (names - known, known - names) == (set(), set())


def test_the_open_addresses_exist_and_give_a_reason():
    names = {name for name, _ in addresses()}
    assert set(OPEN) - names == set()
    assert [name for name, reason in OPEN.items() if not reason] == []
