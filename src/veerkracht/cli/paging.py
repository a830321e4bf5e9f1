"""A list that comes page by page, read to its end."""

from collections.abc import Callable
from typing import Any


def every_row(page_after: Callable[[str], Any]) -> list[Any]:
    """The rows of all pages: the page after nothing, and then after each key that a page gives."""
    rows: list[Any] = []
    page = page_after("")
    while True:
        rows += page.rows
        if not page.after:
            return rows
        page = page_after(page.after)
