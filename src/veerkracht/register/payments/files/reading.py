"""Reads what a bank says: strictly. What is not what it should be is refused whole, and never guessed at."""

import re
from collections.abc import Callable, Collection
from io import BytesIO
from xml.etree.ElementTree import Element

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from veerkracht.register.errors import Invalid
from veerkracht.register.payments.files.answer import Answer
from veerkracht.register.payments.files.camt import read_camt
from veerkracht.register.payments.files.nodes import Node, not_so
from veerkracht.register.payments.files.pain import read_status_report
from veerkracht.rulebook.types import Text

# A statement of a day with 30,000 payments and all that banks write beside them is 27 MB; why this: docs/payments.md.
MOST_BYTES = 80 * 1024 * 1024
MOST_ELEMENTS = 5_000_000
# Names, addresses, agents and texts: most of a statement. Nobody reads them here, so nothing of them is kept.
_UNREAD = ("RltdPties", "RltdAgts", "RmtInf", "BkTxCd")
_NAMESPACE = re.compile(r"\{urn:iso:std:iso:20022:tech:xsd:([a-z]{4}\.\d{3}\.\d{3}\.\d{2})\}Document")
_READERS: dict[str, Callable[[str, Node], Answer]] = {
    "pain.002": read_status_report,
    "camt.053": read_camt,
    "camt.054": read_camt,
}


def read(content: bytes, known: Collection[str]) -> Answer:
    """What the bytes of a bank's message say; `known`: the messages and versions that the region reads.

    Raises `Invalid` for what is no XML, is XML made to harm, is another message, or says something impossible.
    """
    kind, root = _document(content, known)
    return _READERS[kind[:8]](kind, Node(root))


def _tree(content: bytes) -> Element:
    # No document type at all: a bank's message has none, and whoever adds one means harm.
    parsed = iterparse(BytesIO(content), forbid_dtd=True)
    for place, (_, element) in enumerate(parsed):
        if place >= MOST_ELEMENTS:
            raise not_so("file", f"> {MOST_ELEMENTS} elementen / elements", f"{MOST_ELEMENTS}")
        if element.tag.endswith(_UNREAD):
            element.clear()
    return parsed.root


def _document(content: bytes, known: Collection[str]) -> tuple[str, Element]:
    if len(content) > MOST_BYTES:
        raise not_so("file", f"{len(content)} bytes", f"{MOST_BYTES}")
    try:
        root = _tree(content)
    except DefusedXmlException:
        raise Invalid(
            Text(
                nl="Dit bestand legt in XML vast wat een bericht van een bank nooit vastlegt (een DTD of "
                "entiteiten). Het werd niet gelezen.",
                en="This file defines in XML what a message of a bank never defines (a DTD or entities). "
                "It was not read.",
            ),
            "file",
        ) from None
    except (ParseError, ValueError, LookupError) as error:
        raise not_so("file", f"geen leesbare XML / no readable XML ({error})", "XML") from None
    found = _NAMESPACE.fullmatch(root.tag)
    kind = found.group(1) if found else root.tag[:80]
    if kind not in known:
        raise not_so("xmlns", kind, ", ".join(known))
    return kind, root
