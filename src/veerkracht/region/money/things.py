"""Reads sentences, envelopes, decisions, budget lines and what is to be reconciled: their form, each alone."""

from __future__ import annotations

import re

from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.money.amounts import Amounts, read_year
from veerkracht.region.money.model import (
    DECISION_KINDS,
    STATES,
    VERSIONS,
    Decision,
    Envelope,
    Figure,
    Line,
    LineCreditStated,
    Reconciliation,
    Sentence,
)
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Text

_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*")


def read_sentence(reader: Reader, amounts: Amounts) -> Sentence:
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


def read_decision(reader: Reader, amounts: Amounts) -> Decision:
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


def read_line(reader: Reader, amounts: Amounts) -> Line:
    code = reader.string("code")
    if code and not _CODE.fullmatch(code):
        reader.fault("code", "This can't be a code.", code, "capitals, digits and single hyphens")
    return Line(
        code=code,
        name=reader.words("name"),
        measure=reader.string("measure"),
        programme=reader.string("programme", required=False),
        article=reader.string("article", required=False),
        area=reader.string("area", required=False),
        from_date=reader.day("from") or UNREAD_DATE,
        credits=_credits(reader, amounts),
        note=reader.words("note", required=False),
    )


def _credits(reader: Reader, amounts: Amounts) -> tuple[LineCreditStated, ...]:
    found: dict[tuple[int, str], LineCreditStated] = {}
    for table in reader.tables("credit"):
        source, _ = table.origin()
        credit = LineCreditStated(
            year=read_year(table),
            version=table.choice("version", VERSIONS),
            commitment_cents=amounts.cents(table, "commitment", required=False),
            payment_cents=amounts.cents(table, "payment", required=False),
            source=source,
            note=table.words("note", required=False),
        )
        if not {"commitment", "payment"} & table.data.keys():
            expected = "commitment (VAK), payment (VEK) or both"
            table.fault("commitment", "This says nothing of a credit.", "nothing", expected)
        if (credit.year, credit.version) in found:
            said = f"{credit.version} of {credit.year}"
            table.fault("version", "This version of the year is there twice.", said, "one each")
        found[credit.year, credit.version] = credit
        table.done()
    return tuple(sorted(found.values(), key=lambda one: (one.year, VERSIONS.index(one.version))))


def read_reconciliation(reader: Reader, amounts: Amounts) -> Reconciliation:
    figures = tuple(_figure(table, amounts) for table in reader.tables("figure"))
    if len(figures) < 2:
        expected = "at least two [[reconciliation.figure]]"
        reader.fault("figure", "Figures that do not agree are at least two.", len(figures), expected)
    return Reconciliation(
        id=read_id(reader),
        name=reader.words("name"),
        about=reader.strings("about"),
        figures=figures,
        explanation=reader.words("explanation"),
        owner=reader.words("owner"),
        opened_on=reader.day("opened_on") or UNREAD_DATE,
        state=reader.choice("state", STATES, "open"),
    )


def _figure(reader: Reader, amounts: Amounts) -> Figure:
    source, _ = reader.origin()
    counted = "number" in reader.data
    figure = Figure(
        label=reader.words("label"),
        cents=amounts.cents(reader, required=not counted),
        source=source,
        on=reader.day("on", required=False),
        number=reader.number("number", required=False),
        unit=reader.words("unit", required=counted),
    )
    reader.done()
    return figure


def read_flag(reader: Reader, key: str, expected: str) -> bool:
    """A flag that must be said: nothing is supposed."""
    if key not in reader.data:
        reader.fault(key, "This is missing.", "nothing", expected)
    return reader.flag(key, default=False)
