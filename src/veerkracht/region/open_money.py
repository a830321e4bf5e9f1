"""How a region publishes what its money did: `[open_money]` in region.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from veerkracht.region.number_schemes import checked, read_schemes
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source, Text

_COUNTRY = re.compile(r"[A-Z]{2}")
# Lists of organisation identifiers, as org-id.guide names them.
_LIST = re.compile(r"[A-Z]{2}-[A-Z0-9_]+")


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms everybody may use what is published. `name`: as the Open Definition names it."""

    name: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class OpenMoney:
    """Who publishes, and by which names others know organisations and the country.

    `enterprise_number`: of the publisher, who gives the grants. `organisation_list`: the list of org-id.guide that
    enterprise numbers come from. `country`: ISO 3166-1.
    """

    publisher: Text
    enterprise_number: str
    organisation_list: str
    country: str
    licence: Licence
    source: Source | None = None
    assumption: Assumption | None = None

    def organisation_id(self, number: str) -> str:
        """An organisation as the whole world names it: the list and its number there."""
        return f"{self.organisation_list}-{number}"


def read_open_money(main: Reader) -> OpenMoney | None:
    """The region's choice; None where it publishes no money, and, with its faults noted, when it can't be read."""
    reader = main.table("open_money")
    if reader is None:
        return None
    publisher, written = reader.words("publisher"), reader.string("enterprise_number")
    number = checked(read_schemes(main, "enterprise_numbers"), written)
    if written and number is None:
        reader.fault(
            "enterprise_number", "This is no enterprise number of the region.", written, "right check digits"
        )
    names = {
        "organisation_list": (_LIST, "a list of org-id.guide, such as GB-COH"),
        "country": (_COUNTRY, "two letters, as in ISO 3166-1"),
    }
    found = {key: _matching(reader, key, *expected) for key, expected in names.items()}
    licence = _licence(reader)
    source, assumption = reader.origin()
    reader.done()
    if not number or licence is None or not all(found.values()):
        return None
    return OpenMoney(publisher, number, **found, licence=licence, source=source, assumption=assumption)


def _matching(reader: Reader, key: str, form: re.Pattern[str], expected: str) -> str:
    text = reader.string(key)
    if text and not form.fullmatch(text):
        reader.fault(key, "This can't be one.", text, expected)
        return ""
    return text


def _licence(reader: Reader) -> Licence | None:
    inner = reader.table("licence", required=True)
    if inner is None:
        return None
    licence = Licence(inner.string("name"), inner.string("title"), inner.string("url"))
    if licence.url and not licence.url.startswith("https://"):
        inner.fault("url", "This is not a web address.", licence.url, "https://…")
    inner.done()
    return licence
