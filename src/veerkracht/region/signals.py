"""What is noted of homes from outside: complaints, heightened supervision (`[[signal]]` in `quality.toml`)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from veerkracht.region.ids import read_by_id, read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import Assumption, Source, Text


@dataclass(frozen=True, slots=True)
class SignalKind:
    """A kind of signal on a service of a programme. `lasts`: it goes on until a day; else it is counted on a day.

    `public`: whether everybody may read it, beside the service in the directory.
    """

    id: str
    name: Text
    text: Text
    programme: str
    lasts: bool
    public: bool = False
    source: Source | None = None
    assumption: Assumption | None = None


def read_signals(reader: Reader, programmes: Collection[str]) -> dict[str, SignalKind]:
    """The kinds by id, each once. `programmes`: ids they may name."""
    return read_by_id(reader, "signal", lambda table: _kind(table, programmes))


def _kind(reader: Reader, programmes: Collection[str]) -> SignalKind:
    source, assumption = reader.origin()
    programme = reader.string("programme")
    if programme and programmes and programme not in programmes:
        expected = one_of(sorted(programmes), programme)
        reader.fault("programme", "There is no such programme.", programme, expected)
    kind = SignalKind(
        id=read_id(reader),
        name=reader.words("name"),
        text=reader.words("text"),
        programme=programme,
        lasts=reader.flag("lasts", default=False),
        public=reader.flag("public", default=False),
        source=source,
        assumption=assumption,
    )
    reader.done()
    return kind
