"""Reads what does not agree: figures beside each other, each with its own source or that of what it is of."""

from __future__ import annotations

from collections.abc import Mapping

from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.money.amounts import Amounts
from veerkracht.region.money.model import STATES, Envelope, Figure, Measure, Reconciliation, Stated
from veerkracht.region.reader import Reader, one_of

Things = Mapping[str, Envelope | Measure]


def read_reconciliation(reader: Reader, amounts: Amounts, things: Things) -> Reconciliation:
    """`things`: the envelopes and measures by id, whose amounts a figure may refer to."""
    figures = tuple(_figure(table, amounts, things) for table in reader.tables("figure"))
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


def _figure(reader: Reader, amounts: Amounts, things: Things) -> Figure:
    figure = _of_thing(reader, things) if "of" in reader.data else _own(reader, amounts)
    reader.done()
    return figure


def _own(reader: Reader, amounts: Amounts) -> Figure:
    source, _ = reader.origin()
    counted = "number" in reader.data
    return Figure(
        label=reader.words("label"),
        cents=amounts.cents(reader, required=not counted),
        source=source,
        on=reader.day("on", required=False),
        number=reader.number("number", required=False),
        unit=reader.words("unit", required=counted),
    )


def _of_thing(reader: Reader, things: Things) -> Figure:
    """What is stated of an envelope or a measure, on the day that `on` says: not written a second time."""
    label, of, on = reader.words("label"), reader.string("of"), reader.day("on")
    thing = things.get(of)
    if thing is None:
        reader.fault("of", "There is no such envelope or measure.", of, one_of(sorted(things), of))
        return Figure(label, None, None, on)
    said: dict[object, Stated] = {one.on: one for one in thing.stated}
    stated = said.get(on)
    if on and stated is None:
        days = ", ".join(str(one.on) for one in thing.stated)
        reader.fault("on", f"Nothing is stated of {of} on this day.", on, f"one of: {days}")
    return Figure(label, stated.cents if stated else None, stated.source if stated else None, on)
