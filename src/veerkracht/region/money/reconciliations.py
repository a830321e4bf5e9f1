"""Reads what does not agree: figures beside each other, each with its own source or that of what it is of."""

from __future__ import annotations

from collections.abc import Mapping

from veerkracht.region.figures import Figures
from veerkracht.region.ids import UNREAD_DATE, read_id
from veerkracht.region.money.amounts import Amounts
from veerkracht.region.money.model import STATES, Envelope, Figure, Measure, Reconciliation, Stated
from veerkracht.region.money.published import read_series, source_of
from veerkracht.region.reader import Reader, one_of

Things = Mapping[str, Envelope | Measure]


def read_reconciliation(reader: Reader, amounts: Amounts, things: Things, figures: Figures) -> Reconciliation:
    """`things`: the envelopes and measures by id, `figures`: the published ones; a figure may refer to either."""
    found = tuple(_figure(table, amounts, things, figures) for table in reader.tables("figure"))
    if len(found) < 2:
        expected = "at least two [[reconciliation.figure]]"
        reader.fault("figure", "Figures that do not agree are at least two.", len(found), expected)
    return Reconciliation(
        id=read_id(reader),
        name=reader.words("name"),
        about=reader.strings("about"),
        figures=found,
        explanation=reader.words("explanation"),
        owner=reader.words("owner"),
        opened_on=reader.day("opened_on") or UNREAD_DATE,
        state=reader.choice("state", STATES, "open"),
    )


def _figure(reader: Reader, amounts: Amounts, things: Things, figures: Figures) -> Figure:
    if "of" in reader.data:
        figure = _of_thing(reader, things)
    elif "series" in reader.data:
        figure = _of_series(reader, figures)
    else:
        figure = _own(reader, amounts)
    reader.done()
    return figure


def _of_series(reader: Reader, figures: Figures) -> Figure:
    """The last published figure of a series."""
    label, unit = reader.words("label"), reader.words("unit")
    row = next(reversed(read_series(reader, figures)), None)
    if row is None:
        return Figure(label, None, None)
    return Figure(label, None, source_of(row), row["date"], row["value"], unit)


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
