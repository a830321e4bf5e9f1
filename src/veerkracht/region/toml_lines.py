"""TOML with the line on which each key stands: the standard library parses, this module counts.

`tomllib` says what a file holds but not where. The index is built from the text with strings and comments
masked, so that brackets and line ends in them don't count.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Path = tuple[str | int, ...]

_STRING_OR_COMMENT = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|#[^\n]*', re.DOTALL
)
_LINE_IN_MESSAGE = re.compile(r"\(at line (\d+), column \d+\)")


@dataclass(frozen=True)
class Document:
    """The data of a TOML file, and the line of each key by its path (array elements by their number)."""

    data: dict[str, Any]
    lines: dict[Path, int]

    def line(self, path: Path) -> int:
        """The line of a path, or of the nearest thing around it that has one; 0 for the file itself."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0


class NotToml(ValueError):
    """The text is not TOML; `line` is where it stops being so (0 when that is not known)."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def parse(text: str) -> Document:
    """Parse TOML and index its lines. Raises `NotToml`."""
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        found = _LINE_IN_MESSAGE.search(message)
        line = int(found.group(1)) if found else (text.count("\n") + 1 if "end of document" in message else 0)
        raise NotToml(
            _LINE_IN_MESSAGE.sub("", message).replace("(at end of document)", "").strip(), line
        ) from error
    return Document(data, _index(text))


def _index(text: str) -> dict[Path, int]:
    ends = [match.start() for match in re.finditer("\n", text)]
    lines: dict[Path, int] = {}
    elements: dict[Path, int] = {}
    table: Path = ()
    for start, statement, inner in _statements(text):
        line = bisect_right(ends, start) + 1
        if statement.startswith("[["):
            keys = _keys(statement.strip("[]").strip())
            array = _resolve(keys, elements)
            elements[array] = elements.get(array, -1) + 1
            lines.setdefault(array, line)
            table = (*array, elements[array])
            lines[table] = line
        elif statement.startswith("["):
            table = _resolve(_keys(statement.strip("[]").strip()), elements)
            lines[table] = line
        else:
            path = (*table, *_keys(statement))
            for length in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:length], line)
            for number, begin in enumerate(inner):
                lines[(*path, number)] = bisect_right(ends, begin) + 1
    return lines


def _statements(text: str) -> Iterator[tuple[int, str, list[int]]]:
    """Where each header or key starts, and its text: `[a.b]`, `[[a.b]]` or `a.b` (without the value).

    Last: where each table of a list of tables starts, when that is the value.
    """
    masked = _STRING_OR_COMMENT.sub(_mask, text)
    start, depth = 0, 0
    tables: list[int] = []
    for index, sign in enumerate(masked + "\n"):
        if sign in "[{":
            depth += 1
            if sign == "{" and depth == 2:
                tables.append(index)
        elif sign in "]}":
            depth -= 1
        elif sign == "\n" and depth == 0:
            statement = masked[start:index]
            first = start + len(statement) - len(statement.lstrip())
            if statement.strip():
                equals = statement.find("=")
                is_header = statement.lstrip().startswith("[")
                end = index if is_header else start + equals
                yield first, _without_comment(text[first:end], masked[first:end]), tables
            start, tables = index + 1, []


def _mask(match: re.Match[str]) -> str:
    return (" " if match.group().startswith("#") else "s") * len(match.group())


def _without_comment(text: str, masked: str) -> str:
    return text[: len(masked.rstrip())]


def _keys(dotted: str) -> tuple[str, ...]:
    """`a."b.c"` as ("a", "b.c"), read by the TOML parser itself."""
    value: Any = tomllib.loads(f"{dotted} = 0")
    keys = []
    while isinstance(value, dict):
        (key, value) = next(iter(value.items()))
        keys.append(key)
    return tuple(keys)


def _resolve(keys: tuple[str, ...], elements: dict[Path, int]) -> Path:
    """A header's path, with the number of the current element of each array of tables on the way.

    The last key of `[[a]]` itself stays without number.
    """
    path: Path = ()
    for index, key in enumerate(keys):
        path = (*path, key)
        if path in elements and index < len(keys) - 1:
            path = (*path, elements[path])
    return path
