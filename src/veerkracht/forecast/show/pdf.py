"""A report as a PDF that everybody can read, also who listens to it: tagged, PDF/UA-1, made by Typst."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import singledispatch
from pathlib import Path
from typing import Any

import typst

from veerkracht.forecast.show import charts
from veerkracht.forecast.show.blocks import Block, Cell, Document, Figure, Folded, Heading, Side, Table

_FORM = Path(__file__).with_name("report.typ")


def file(document: Document) -> bytes:
    """The whole file."""
    content = {
        "language": document.language,
        "title": document.title,
        "lead": list(document.lead),
        "page_word": document.page_word,
        "sections": [
            {
                "title": section.title,
                "blocks": [made for block in section.blocks for made in _block(block, document.language)],
            }
            for section in document.sections
        ],
    }
    return bytes(
        typst.compile(
            str(_FORM),
            format="pdf",
            sys_inputs={"report": json.dumps(content, ensure_ascii=False)},
            ignore_system_fonts=True,
            pdf_standards="ua-1",
        )
    )


@singledispatch
def _block(block: Block, language: str) -> list[dict[str, Any]]:
    return [{"kind": "text", "text": str(block)}]


@_block.register
def _(block: Heading, language: str) -> list[dict[str, Any]]:
    return [{"kind": "heading", "text": block.text}]


@_block.register
def _(block: Figure, language: str) -> list[dict[str, Any]]:
    return [_figure(block, language)]


@_block.register
def _(block: Side, language: str) -> list[dict[str, Any]]:
    return [{"kind": "side", "figures": [_figure(figure, language) for figure in block.figures]}]


@_block.register
def _(block: Folded, language: str) -> list[dict[str, Any]]:
    return []


@_block.register
def _(block: Table, language: str) -> list[dict[str, Any]]:
    return [
        {
            "kind": "table",
            "title": block.title,
            "headers": list(block.headers),
            "rows": [_row(row) for row in block.rows],
            "numbers_from": block.numbers_from,
        }
    ]


def _row(row: Sequence[Cell | str]) -> list[dict[str, str]]:
    cells = (Cell(cell) if isinstance(cell, str) else cell for cell in row)
    return [{"text": cell.text, "small": cell.small, "url": cell.url} for cell in cells]


def _figure(figure: Figure, language: str) -> dict[str, Any]:
    return {
        "kind": "figure",
        "svg": charts.on_paper(figure.spec, language),
        "caption": figure.caption,
        "legend": list(figure.legend),
    }
