"""Walks through a message of a bank: strict about what must be there, amounts and statuses."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

_AMOUNT = re.compile(r"(\d{1,15})(?:\.(\d{1,2}))?")
_COUNT = re.compile(r"\d{1,9}")
# What ISO 20022 calls Max35Text, and what it calls a code.
_ID = re.compile(r"[ -~]{1,35}")


def not_so(field: str, found: str, expected: str) -> Invalid:
    """The error of a message: which field, what was found, what was expected."""
    return Invalid(
        Text(
            nl=f"{field}: gevonden: {found}; verwacht: {expected}. Er is niets gewijzigd.",
            en=f"{field}: found: {found}; expected: {expected}. Nothing was changed.",
        ),
        "file",
    )


class Node:
    """An element of a message; names are those of ISO 20022, without the namespace."""

    def __init__(self, element: Element, path: str = ""):
        self.element = element
        self.space = element.tag.partition("}")[0] + "}"
        self.path = path

    def all(self, path: str) -> Iterator["Node"]:
        parts = "/".join(self.space + part for part in path.split("/"))
        for found in self.element.findall(parts):
            yield Node(found, f"{self.path}/{path}".strip("/"))

    def one(self, path: str) -> "Node":
        """The only element there. Raises `Invalid` when there is none, or more."""
        found = list(self.all(path))
        if len(found) != 1:
            raise not_so(f"{self.path}/{path}".strip("/"), f"{len(found)}", "1")
        return found[0]

    def text(self, path: str) -> str:
        """The text of the first such element; "" when there is none."""
        return next((one.own for one in self.all(path)), "")

    @property
    def own(self) -> str:
        return (self.element.text or "").strip()

    def id(self, path: str) -> str:
        """An id of at most 35 characters. Raises `Invalid` when it is missing or is none."""
        found = self.one(path).own
        if not _ID.fullmatch(found):
            raise not_so(f"{self.path}/{path}".strip("/"), repr(found[:50]), "1-35 tekens / characters")
        return found

    def count(self, path: str) -> int | None:
        found = self.text(path)
        if not found:
            return None
        if not _COUNT.fullmatch(found):
            raise not_so(f"{self.path}/{path}".strip("/"), repr(found[:50]), "een aantal / a count")
        return int(found)

    def cents(self, path: str) -> int | None:
        """An amount in whole cents; None when there is none. Raises `Invalid` for what is below zero or finer than a
        cent.
        """
        found = self.text(path)
        if not found:
            return None
        matched = _AMOUNT.fullmatch(found)
        if not matched:
            expected = "een bedrag met hoogstens twee decimalen / an amount with two decimals at most"
            raise not_so(f"{self.path}/{path}".strip("/"), repr(found[:50]), expected)
        whole, part = matched.groups()
        return int(whole) * 100 + int((part or "0").ljust(2, "0"))

    def currencies(self) -> frozenset[str]:
        """Every currency that is named anywhere within."""
        return frozenset(ccy for one in self.element.iter() if (ccy := one.get("Ccy")) is not None)
