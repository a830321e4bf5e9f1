"""Reads one table of a region's file field by field, and remembers everything that is wrong with it.

A reader never stops at the first fault: what can't be read becomes None (or an empty value), the fault is
noted with its line, and reading goes on, so that a person sees all faults at once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any

from veerkracht.region.faults import RegionFault, Words
from veerkracht.region.toml_lines import Document, Path
from veerkracht.rulebook.types import LANGUAGES, Assumption, Source, Text

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)


class Faults:
    """Collects the faults of a folder, in English; `file` is named relative to that folder."""

    def __init__(self) -> None:
        self.all: list[RegionFault] = []

    def add(self, file: str, line: int, field: str, message: Words, found: object, expected: Words) -> None:
        fault = RegionFault(file, line, field, shown(found), _english(expected), _english(message))
        self.all.append(fault)


class Reader:
    """One table of a TOML file. `done` must be called last: it reports the keys that nobody read."""

    def __init__(self, file: str, document: Document, faults: Faults, data: dict[str, Any], path: Path = ()):
        self.file = file
        self.document = document
        self.faults = faults
        self.data = data
        self.path = path
        self._read: set[str] = set()

    # -- faults ------------------------------------------------------------------------------------------

    def fault(self, key: str | Path | None, message: str, found: object, expected: str) -> None:
        """Note a fault at a key of this table, or at the table itself."""
        inner: Path = () if key is None else (key,) if isinstance(key, str) else key
        path = (*self.path, *inner)
        self.faults.add(self.file, self.document.line(path), self.name_of(path), message, found, expected)

    def name_of(self, path: Path) -> str:
        """A path as a person reads it: `condition[adult].rule`, an element by its id or else its number."""
        name = ""
        value: Any = self.document.data
        for part in path:
            value = _inside(value, part)
            if isinstance(part, int):
                id_ = value.get("id") if isinstance(value, dict) else None
                name += f"[{id_ if isinstance(id_, str) and id_ else part + 1}]"
            else:
                name += f".{part}" if name else part
        return name

    def done(self) -> None:
        """Report keys that have no meaning here, with the one that was probably meant."""
        for key in self.data:
            if key in self._read:
                continue
            near = get_close_matches(key, self._read, 1)
            known = ", ".join(sorted(self._read))
            expected = f"“{near[0]}”" if near else f"one of: {known}" if known else "no keys"
            self.fault(key, "This key is not known here.", key, expected)

    # -- fields ------------------------------------------------------------------------------------------

    def _get(self, key: str, expected: str, *, required: bool) -> Any:
        self._read.add(key)
        if key not in self.data and required:
            self.fault(key, "This is missing.", "nothing", expected)
        return self.data.get(key)

    def _typed(self, key: str, kind: type | tuple[type, ...], expected: str, *, required: bool) -> Any:
        value = self._get(key, expected, required=required)
        if value is None:
            return None
        wrong_flag = isinstance(value, bool) and kind is not bool
        if not isinstance(value, kind) or wrong_flag:
            found = f"the text “{value}”" if isinstance(value, str) else value
            self.fault(key, "This has the wrong type.", found, expected)
            return None
        return value

    def string(self, key: str, *, required: bool = True) -> str:
        """A text in one language or a name for the machine; "" when it is not there."""
        value = self._typed(key, str, "a text", required=required)
        if required and value is not None and not value.strip():
            self.fault(key, "This is empty.", value, "a text")
        return (value or "").strip()

    def choice(self, key: str, options: Collection[str], default: str | None = None) -> str:
        value = self._typed(key, str, one_of(options), required=default is None)
        if value is None:
            return default if default is not None else next(iter(options))
        if value not in options:
            self.fault(key, "This is not one of the possible words.", value, one_of(options, value))
            return default if default is not None else next(iter(options))
        return str(value)

    def number(self, key: str, *, required: bool = True, low: float | None = None) -> float | None:
        expected = "a number" if low is None else f"a number of at least {low:g}"
        value = self._typed(key, (int, float), expected, required=required)
        if value is None:
            return None
        number = float(value)
        if number != number or number in (float("inf"), float("-inf")) or (low is not None and number < low):
            self.fault(key, "This number is not possible here.", value, expected)
            return None
        return number

    def integer(self, key: str, *, required: bool = True, low: int | None = None) -> int | None:
        expected = "a whole number" if low is None else f"a whole number of at least {low}"
        value = self._typed(key, int, expected, required=required)
        if value is not None and low is not None and value < low:
            self.fault(key, "This number is not possible here.", value, expected)
            return None
        return value if value is None else int(value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self._typed(key, bool, "true or false", required=False)
        return default if value is None else bool(value)

    def day(self, key: str, *, required: bool = True) -> date | None:
        expected = "a date such as 2024-01-31, without quotes"
        value = self._typed(key, date, expected, required=required)
        if value is None:
            return None
        if isinstance(value, datetime) or not EARLIEST <= value <= LATEST:
            self.fault(
                key, "This date is not possible here.", value, f"{expected}, from {EARLIEST} to {LATEST}"
            )
            return None
        return date(value.year, value.month, value.day)

    def strings(self, key: str, *, required: bool = True) -> tuple[str, ...]:
        value = self._typed(key, list, "a list of texts", required=required)
        if value is None:
            return ()
        for index, item in enumerate(value):
            if not isinstance(item, str):
                self.fault((key, index), "This has the wrong type.", item, "a text")
        return tuple(item for item in value if isinstance(item, str))

    def integers(self, key: str) -> tuple[int, ...]:
        value = self._typed(key, list, "a list of whole numbers", required=True)
        for index, item in enumerate(value or ()):
            if not isinstance(item, int) or isinstance(item, bool):
                self.fault((key, index), "This has the wrong type.", item, "a whole number")
        return tuple(item for item in value or () if isinstance(item, int) and not isinstance(item, bool))

    def days(self, key: str) -> tuple[date, ...]:
        value = self._typed(key, list, "a list of dates", required=True)
        for index, item in enumerate(value or ()):
            if not isinstance(item, date) or isinstance(item, datetime):
                self.fault((key, index), "This has the wrong type.", item, "a date such as 2024-01-31")
        return tuple(item for item in value or () if type(item) is date)

    def words(self, key: str, *, required: bool = True) -> Text:
        """A text in both languages."""
        expected = 'a text in both languages: { nl = "…", en = "…" }'
        value = self._typed(key, dict, expected, required=required)
        return Text() if value is None else self._words(value, (key,))

    def all_words(self) -> Text:
        """This table itself as a text in both languages."""
        self._read.update(LANGUAGES)
        return self._words(self.data, ())

    def _words(self, value: dict[str, Any], path: Path) -> Text:
        for language in LANGUAGES:
            text = value.get(language)
            if not isinstance(text, str) or not text.strip():
                found = "nothing" if text is None else text
                self.fault(
                    (*path, language), "The text is missing in a language.", found, f"a text in {language}"
                )
        for other in sorted(set(value) - set(LANGUAGES)) if path else ():
            self.fault((*path, other), "This language is not known here.", other, one_of(LANGUAGES))
        parts = {language: value.get(language) for language in LANGUAGES}
        return Text(**{key: text.strip() if isinstance(text, str) else "" for key, text in parts.items()})

    # -- tables ------------------------------------------------------------------------------------------

    def table(self, key: str, *, required: bool = False) -> Reader | None:
        value = self._typed(key, dict, "a table", required=required)
        return None if value is None else self._inner(value, (key,))

    def tables(self, key: str) -> list[Reader]:
        """Every table of `[[key]]`; none when there is none."""
        value = self._typed(key, list, f"tables, each under [[{key}]]", required=False)
        readers = []
        for index, item in enumerate(value or []):
            if isinstance(item, dict):
                readers.append(self._inner(item, (key, index)))
            else:
                self.fault((key, index), "This has the wrong type.", item, "a table")
        return readers

    def keyed_tables(self, key: str) -> Iterator[tuple[str, Reader]]:
        """Every table of `[key.name]` with its name."""
        outer = self.table(key)
        for name in outer.data if outer else ():
            inner = outer.table(name) if outer else None
            if inner is not None:
                yield name, inner

    def _inner(self, data: dict[str, Any], path: Path) -> Reader:
        return Reader(self.file, self.document, self.faults, data, (*self.path, *path))

    # -- where it comes from -----------------------------------------------------------------------------

    def origin(self, *, number: bool = False) -> tuple[Source | None, Assumption | None]:
        """The source, the assumption or both on which this rests; at least one. A number that rests on an
        assumption alone must say its range."""
        source, assumption = self._source(), self._assumption(number=number)
        if "source" not in self.data and "assumption" not in self.data:
            expected = 'source = { title = "…", url = "…" } or assumption = { why = { nl = "…", en = "…" } }'
            self.fault("source", "This has no source.", "nothing", expected)
        return source, assumption

    def _source(self) -> Source | None:
        reader = self.table("source")
        if reader is None:
            return None
        source = Source(
            title=reader.string("title"),
            url=reader.string("url", required=False),
            note=reader.string("note", required=False),
        )
        if source.url and not source.url.startswith(("https://", "http://")):
            reader.fault("url", "This is not a web address.", source.url, "https://…")
        reader.done()
        return source

    def _assumption(self, *, number: bool) -> Assumption | None:
        reader = self.table("assumption")
        if reader is None:
            return None
        assumption = Assumption(
            why=reader.words("why"),
            low=reader.number("low", required=number and "source" not in self.data),
            high=reader.number("high", required=number and "source" not in self.data),
        )
        if assumption.low is not None and assumption.high is not None and assumption.low > assumption.high:
            reader.fault("low", "The range is upside down.", assumption.low, f"at most {assumption.high:g}")
        reader.done()
        return assumption


def shown(value: object) -> str:
    """A value as a person reads it in a message: short, and in one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    said = value.en if isinstance(value, Text) else str(value)
    text = " ".join(said.split()) if value != "" else "an empty text"
    return text if len(text) <= 90 else text[:87] + "…"


def one_of(options: Collection[str], near_to: str = "") -> str:
    """What was expected, when it is one of a few words; the likely one first when there is one."""
    return said_one_of(options, near_to).en


def said_one_of(options: Collection[str], near_to: str = "") -> Text:
    """`one_of` in both languages."""
    near = get_close_matches(near_to, options, 1) if near_to else []
    listed = ", ".join(options)
    either = (
        Text(nl=f"een van: {listed}", en=f"one of: {listed}")
        if options
        else Text(nl="niets (er is er geen)", en="nothing (there is none)")
    )
    return Text(nl=f"“{near[0]}”, of {either.nl}", en=f"“{near[0]}”, or {either.en}") if near else either


def _english(words: Words) -> str:
    return words.en if isinstance(words, Text) else words


def _inside(value: Any, part: str | int) -> Any:
    if isinstance(value, dict) and isinstance(part, str):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None
