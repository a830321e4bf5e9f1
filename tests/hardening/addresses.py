"""Every address that we answer, with what is planted filled in."""

import re
from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from tests.hardening.planted import Planted

_PART = re.compile(r"<(?:\w+:)?(\w+)>")
# Words that a part of an address may be, where it isn't a number of something planted.
_WORDS: dict[str, tuple[str, ...]] = {
    "form": ("html", "pdf"),
    "verb": ("release", "rename"),
    "what": ("waiting",),
    "tab": ("list",),
    "key": ("list-order",),
    "address": ("v2/anything",),
}


def patterns(resolver: Any = None, before: str = "") -> Iterator[str]:
    """Routes such as `en/file/<str:number>/`."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + _route(one.pattern)
        if isinstance(one, URLResolver):
            yield from patterns(one, route)
        elif isinstance(one, URLPattern):
            yield route


def _route(pattern: Any) -> str:
    """As written; a prefix of the language is that of English, and a regular expression is a word."""
    if pattern.__class__.__name__ == "LocalePrefixPattern":
        return "en/"
    if pattern.__class__.__name__ == "RegexPattern":
        return re.sub(r"\(\?P(<\w+>)[^)]*\)", r"\1", pattern._regex.strip("^$")).replace(r"\Z", "")
    return str(pattern)


def filled(route: str, planted: Planted) -> list[str]:
    """The route with each planted thing that could stand there: one part after the other, the rest as at first."""
    names = _PART.findall(route)
    choices = [planted.ids.get(name) or _WORDS.get(name) or ("x", "1") for name in names]
    first = [several[0] for several in choices]
    found = [first]
    for place, several in enumerate(choices):
        found += [[*first[:place], other, *first[place + 1 :]] for other in several[1:]]
    return ["/" + _with(route, values) for values in found]


def _with(route: str, values: list[Any]) -> str:
    left = iter(values)
    return _PART.sub(lambda _: str(next(left)), route)
