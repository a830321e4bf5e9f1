"""Reads sentences, envelopes and decisions: their form, each alone."""

from __future__ import annotations

from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.money.amounts import Amounts, read_year
from veerkracht.region.money.model import DECISION_KINDS, Decision, Envelope, Sentence
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Text


def read_sentence(reader: Reader) -> Sentence:
    return Sentence(read_id(reader), Text(reader.string("nl"), reader.string("en")))


def read_envelope(reader: Reader, amounts: Amounts) -> Envelope:
    return Envelope(
        id=read_id(reader),
        name=reader.words("name"),
        new_money=read_flag(reader, "new_money", "not yet planned (true) or already planned (false)"),
        recurrent=read_flag(reader, "recurrent", "every year (true) or given once (false)"),
        stated=amounts.stated(reader),
        path=amounts.path(reader),
        cruising_from=reader.day("cruising_from", required=False),
        price_basis=read_year(reader, "price_basis") if "price_basis" in reader.data else None,
        index=reader.words("index", required=False),
        territory=reader.words("territory", required=False),
        on_top_of=reader.string("on_top_of", required=False),
        within=reader.string("within", required=False),
        fed_by=reader.strings("fed_by", required=False),
        sentences=reader.strings("sentences", required=False),
        note=reader.words("note", required=False),
    )


def read_decision(reader: Reader) -> Decision:
    source, _ = reader.origin()
    return Decision(
        id=read_id(reader),
        name=reader.words("name"),
        kind=reader.choice("kind", DECISION_KINDS),
        envelopes=reader.strings("envelopes"),
        on=reader.day("on") or UNREAD_DATE,
        source=source,
        note=reader.words("note", required=False),
    )


def read_flag(reader: Reader, key: str, expected: str) -> bool:
    """A flag that must be said: nothing is supposed."""
    if key not in reader.data:
        reader.fault(key, "This is missing.", "nothing", expected)
    return reader.flag(key, default=False)
