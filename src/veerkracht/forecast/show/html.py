"""A report as one HTML file that stands alone: no script, no network, every chart with its table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch
from html import escape
from importlib.resources import files

from veerkracht.forecast.show import charts
from veerkracht.forecast.show.blocks import (
    Block,
    Cell,
    Document,
    Figure,
    Folded,
    Heading,
    Section,
    Side,
    Table,
)


def page(document: Document) -> str:
    """The whole file."""
    style = files("veerkracht.forecast.show").joinpath("report.css").read_text("utf-8")
    title = escape(document.title)
    lead = "".join(f"<p>{escape(line)}</p>" for line in document.lead)
    body = "".join(_section(section, document) for section in document.sections)
    return (
        f'<!doctype html>\n<html lang="{document.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{style}</style></head>"
        f"<body><header><h1>{title}</h1>{lead}</header><main>{body}</main></body></html>\n"
    )


def _section(section: Section, document: Document) -> str:
    blocks = "".join(_block(block, document) for block in section.blocks)
    return f"<section><h2>{escape(section.title)}</h2>{blocks}</section>"


@singledispatch
def _block(block: Block, document: Document) -> str:
    return f"<p>{escape(str(block))}</p>"


@_block.register
def _(block: Heading, document: Document) -> str:
    return f"<h3>{escape(block.text)}</h3>"


@_block.register
def _(block: Figure, document: Document) -> str:
    drawing = charts.draw(block.spec, document.language)
    legend = _legend(block.legend) if block.legend else ""
    details = _fold(document.table_word, block.table) if block.table else ""
    return f"<figure>{drawing}<figcaption>{escape(block.caption)}{legend}</figcaption>{details}</figure>"


@_block.register
def _(block: Side, document: Document) -> str:
    return f'<div class="side">{"".join(_block(figure, document) for figure in block.figures)}</div>'


@_block.register
def _(block: Folded, document: Document) -> str:
    return _fold(block.title, block.table)


@_block.register
def _(block: Table, document: Document) -> str:
    head = "".join(f'<th scope="col">{escape(header)}</th>' for header in block.headers)
    body = "".join(f"<tr>{_row(row, block.numbers_from)}</tr>" for row in block.rows)
    caption = f"<caption>{escape(block.title)}</caption>" if block.title else ""
    inside = f"{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
    label = escape(block.title or " · ".join(block.headers[:3]))
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{label}"><table>{inside}</table></div>'
    )


def _fold(title: str, table: Table) -> str:
    return f"<details><summary>{escape(title)}</summary>{_block(table, _NO_DOCUMENT)}</details>"


def _row(row: Sequence[Cell | str], numbers_from: int) -> str:
    first = f'<th scope="row">{_cell(row[0])}</th>'
    kinds = ("number" if place >= numbers_from else "text" for place in range(1, len(row)))
    return first + "".join(
        f'<td class="{kind}">{_cell(cell)}</td>' for kind, cell in zip(kinds, row[1:], strict=True)
    )


def _cell(cell: Cell | str) -> str:
    if isinstance(cell, str):
        return escape(cell)
    text = escape(cell.text)
    if cell.url:
        text = f'<a href="{escape(cell.url)}">{text}</a>'
    return f"{text}<br><small>{escape(cell.small)}</small>" if cell.small else text


def _legend(names: Sequence[str]) -> str:
    items = "".join(
        f'<li><span class="key key-{number}"></span>{escape(name)}</li>'
        for number, name in enumerate(names, 1)
    )
    return f'<ul class="legend">{items}</ul>'


_NO_DOCUMENT = Document("", "", ())
