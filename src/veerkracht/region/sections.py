"""Reads the `[[section]]` tables of a programme file, and remembers which table of the file each read item was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from veerkracht.region.reader import Reader
from veerkracht.region.toml_lines import Path

Item = TypeVar("Item")


class Sections:
    """The tables of one file; what a check says of an item is told at its line."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.numbers: dict[str, list[int]] = {}

    def read(self, key: str, read_one: Callable[[Reader], Item | None]) -> tuple[Item, ...]:
        items: list[Item] = []
        self.numbers[key] = []
        for inner in self.reader.tables(key):
            item = read_one(inner)
            inner.done()
            if item is not None:
                items.append(item)
                self.numbers[key].append(int(inner.path[-1]))
        return tuple(items)

    def in_file(self, path: Path) -> Path:
        """A path over what was read as one over what stands in the file."""
        if len(path) > 1 and isinstance(path[1], int) and path[0] in self.numbers:
            return (path[0], self.numbers[str(path[0])][path[1]], *path[2:])
        return path
