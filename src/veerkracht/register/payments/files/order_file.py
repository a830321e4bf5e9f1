"""The file that orders a bank to pay: ISO 20022 pain.001, made by sepaxml, checked against its schema by libxml2."""

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import sepaxml
from lxml import etree
from sepaxml import SepaTransfer
from text_unidecode import unidecode

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

_SEPA_CURRENCY = "EUR"
_NAME, _TEXT = 70, 140
# The letters that every bank of the single euro area passes on (EPC217-08).
_NOT_PASSED_ON = re.compile(r"[^A-Za-z0-9/?:().,'+ -]+")


@dataclass(frozen=True)
class Payer:
    """From whom and which account."""

    name: str
    number: str
    currency: str


@dataclass(frozen=True)
class Payee:
    """To whom, how much and why. `cents` are whole cents."""

    name: str
    number: str
    cents: int
    text: str
    end_to_end_id: str


@dataclass(frozen=True)
class Made:
    """A file that its schema accepts, and the id by which the bank's answer names it."""

    message_id: str
    content: bytes


def make(
    schema: str, payer: Payer, payees: Iterable[Payee], *, order: str, due_on: date, at: datetime
) -> Made:
    """The file of one order, to be paid on a day; all in one batch, so that the bank can book it as one.

    Raises `Invalid` when the schema does not accept it.
    """
    transfer = _Transfer(payer, schema, order, at)
    for one in payees:
        transfer.add_payment(
            {
                "name": plain(one.name, _NAME),
                "IBAN": one.number,
                "amount": one.cents,
                "execution_date": due_on,
                "description": plain(one.text, _TEXT),
                "endtoend_id": one.end_to_end_id,
            }
        )
    content = transfer.export(validate=False)
    check(schema, content)
    return Made(transfer.msg_id, content)


def check(schema: str, content: bytes) -> None:
    """Raises `Invalid` that says where a file breaks its schema."""
    found = _schema(schema)
    # Our own file: nothing in it points elsewhere, and nothing that did would be followed.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    if not found.validate(etree.fromstring(content, parser)):
        error = found.error_log[0]
        raise Invalid(
            Text(
                nl=f"Het betaalbestand past niet in {schema}, regel {error.line}: {error.message}",
                en=f"The payment file does not fit {schema}, line {error.line}: {error.message}",
            )
        )


def plain(text: str, length: int) -> str:
    """A text in the letters that every bank passes on, of at most so many."""
    letters = _NOT_PASSED_ON.sub(" ", unidecode(text))
    return " ".join(letters.split())[:length].strip() or "-"


@cache
def _schema(name: str) -> etree.XMLSchema:
    """The schema that ships with the library. Raises `Invalid` for one that it does not have."""
    path = Path(sepaxml.__file__).parent / "schemas" / f"{name}.xsd"
    if not path.is_file():
        raise Invalid(
            Text(
                nl=f"Er is geen schema voor {name}: kies in region.toml een versie die er een heeft.",
                en=f"There is no schema for {name}: choose a version in region.toml that has one.",
            )
        )
    return etree.XMLSchema(etree.parse(str(path)))


class _Transfer(SepaTransfer):
    """The library's, but named after the order and dated by the register's clock."""

    def __init__(self, payer: Payer, schema: str, order: str, at: datetime):
        self._order, self._at = order, at
        config = {
            "name": plain(payer.name, _NAME),
            "IBAN": payer.number,
            "batch": True,
            "currency": payer.currency,
            # The service level of the euro area; another currency is paid within its own country.
            "domestic": payer.currency != _SEPA_CURRENCY,
        }
        super().__init__(config, schema=schema, clean=False)

    def _create_header(self) -> None:
        # A bank takes no two messages of one id, not even from two installations that count alike.
        self.msg_id = f"{self._order}-{secrets.token_hex(6)}"
        super()._create_header()
        self._xml.find(f"{self.root_el}/GrpHdr/CreDtTm").text = self._at.strftime("%Y-%m-%dT%H:%M:%S")
