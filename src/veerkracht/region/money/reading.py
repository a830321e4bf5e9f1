"""Reads the folder `money` of a region: every file of it together, each thing with the reader that knows its line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from veerkracht.region.figures import Figures
from veerkracht.region.money.amounts import Amounts
from veerkracht.region.money.lines import read_line
from veerkracht.region.money.measures import read_measure
from veerkracht.region.money.model import (
    Decision,
    Envelope,
    Line,
    Measure,
    Money,
    Reconciliation,
    Sentence,
)
from veerkracht.region.money.named_sources import read_sources, with_sources
from veerkracht.region.money.reconciliations import read_reconciliation
from veerkracht.region.money.things import read_decision, read_envelope, read_sentence
from veerkracht.region.reader import Reader

Thing = TypeVar("Thing", Sentence, Envelope, Decision, Measure, Line, Reconciliation)


@dataclass(frozen=True)
class Read(Generic[Thing]):
    """The things of one kind by id, and the reader of each."""

    things: dict[str, Thing]
    readers: dict[str, Reader]

    def pairs(self) -> Iterator[tuple[Thing, Reader]]:
        for id, thing in self.things.items():
            yield thing, self.readers[id]


@dataclass(frozen=True)
class MoneyFiles:
    """What the files say, with the readers, so that what is wrong between things can be noted with its line."""

    sentences: Read[Sentence]
    envelopes: Read[Envelope]
    decisions: Read[Decision]
    measures: Read[Measure]
    lines: Read[Line]
    reconciliations: Read[Reconciliation]

    @property
    def money(self) -> Money:
        return Money(
            self.sentences.things,
            self.envelopes.things,
            self.decisions.things,
            self.measures.things,
            self.lines.things,
            self.reconciliations.things,
        )


def read_money(readers: list[Reader], currency: str, figures: Figures) -> MoneyFiles | None:
    """The money that the files of a folder tell; None when there are none. Notes every fault of form.

    `figures`: the published figures of the region, of which a budget line may name a series.
    """
    if not readers:
        return None
    named = read_sources(readers)
    files = [with_sources(reader, named) for reader in readers]
    amounts = Amounts(currency)
    envelopes = _all(files, "envelope", partial(read_envelope, amounts=amounts))
    measures = _all(files, "measure", partial(read_measure, amounts=amounts, figures=figures))
    things: dict[str, Envelope | Measure] = {**measures.things, **envelopes.things}
    found = MoneyFiles(
        sentences=_all(files, "sentence", read_sentence),
        envelopes=envelopes,
        decisions=_all(files, "decision", read_decision),
        measures=measures,
        lines=_all(files, "line", partial(read_line, amounts=amounts, figures=figures)),
        reconciliations=_all(
            files,
            "reconciliation",
            partial(read_reconciliation, amounts=amounts, things=things, figures=figures),
        ),
    )
    for file in files:
        file.done()
    return found


def _all(files: list[Reader], kind: str, read: Callable[[Reader], Thing]) -> Read[Thing]:
    key = "code" if kind == "line" else "id"
    found: Read[Thing] = Read({}, {})
    for table in (table for file in files for table in file.tables(kind)):
        thing = read(table)
        table.done()
        id_ = thing.code if isinstance(thing, Line) else thing.id
        if id_ in found.things:
            first = found.readers[id_].file
            table.fault(key, f"This {kind} is there twice.", id_, f"another {key} than in {first}")
        elif id_:
            found.things[id_] = thing
            found.readers[id_] = table
    return found
