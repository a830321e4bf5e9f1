"""What a report is made of, before it is a page or a PDF: sections of paragraphs, figures and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Cell:
    """A cell with what stands small below it, and where it leads."""

    text: str
    small: str = ""
    url: str = ""


@dataclass(frozen=True)
class Table:
    """`numbers_from`: the first column that holds numbers; the first column is the head of its row."""

    headers: Sequence[str]
    rows: Sequence[Sequence[Cell | str]]
    numbers_from: int = 1
    title: str = ""


@dataclass(frozen=True)
class Figure:
    """A Vega-Lite drawing with what it shows in words, its legend (names in the order of the colours), its table."""

    spec: dict[str, Any]
    caption: str
    table: Table | None = None
    legend: Sequence[str] = ()


@dataclass(frozen=True)
class Side:
    """Small figures beside each other."""

    figures: Sequence[Figure]


@dataclass(frozen=True)
class Heading:
    text: str


@dataclass(frozen=True)
class Folded:
    """A long table that a page folds, and that a PDF leaves to the data that goes with it."""

    title: str
    table: Table


Block = str | Heading | Figure | Side | Table | Folded


@dataclass(frozen=True)
class Section:
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    language: str
    title: str
    lead: Sequence[str]
    sections: Sequence[Section] = field(default_factory=tuple)
    table_word: str = ""
    page_word: str = ""
