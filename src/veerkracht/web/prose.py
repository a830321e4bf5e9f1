"""The region's longer texts, written in Markdown, as parts of a page."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from veerkracht import region
from veerkracht.web import words

# Raw HTML in a text stays text.
_markdown = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True)
class Prose:
    title: str
    body: SafeString


def prose(name: str) -> Prose | None:
    """A text of the region (`texts/<name>.<language>.md`) in the page's language; None when it has none.

    Its first heading is the title; other headings start at the third level, as parts of a card.
    """
    text = region.current().texts.get(name)
    if not text:
        return None
    tokens = _markdown.parse(words.said(text))
    title = ""
    if tokens and tokens[0].type == "heading_open":
        title, tokens = tokens[1].content, tokens[3:]
    for token in tokens:
        _lower(token)
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return Prose(title, mark_safe(html))  # noqa: S308  its only HTML is that of the renderer  # nosec B308


def _lower(token: Token) -> None:
    if token.type in ("heading_open", "heading_close"):
        token.tag = f"h{min(6, int(token.tag[1]) + 1)}"
