"""A region's folder while it is read: its files as texts and readers, and the faults so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from veerkracht.region.reader import Faults, Reader
from veerkracht.region.toml_lines import NotToml, parse


@dataclass
class Reading:
    """A folder that is being read, and what was found wrong with it so far."""

    folder: Path
    faults: Faults

    def text(self, path: Path) -> str | None:
        """The text of a file; None, and a fault, when it is not there or not UTF-8."""
        file = self.name(path)
        try:
            data = path.read_bytes()
        except OSError:
            self.faults.add(
                file, 0, "", "This file is missing or can't be read.", "nothing", "a readable file"
            )
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            found = f"the byte {data[error.start]:#04x}"
            self.faults.add(file, line, "", "This file is not UTF-8.", found, "text in UTF-8")
            return None

    def toml(self, path: Path) -> Reader | None:
        """A reader of a TOML file; None, and a fault, when it can't be parsed."""
        text = self.text(path)
        if text is None:
            return None
        try:
            document = parse(text)
        except NotToml as error:
            self.faults.add(self.name(path), error.line, "", "This is not TOML.", str(error), "valid TOML")
            return None
        return Reader(self.name(path), document, self.faults, document.data)

    def toml_if_there(self, file: str) -> Reader | None:
        """A reader of a TOML file that a region may do without."""
        path = self.folder / file
        return self.toml(path) if path.exists() else None

    def tomls(self, kind: str) -> list[Reader]:
        """A reader of each TOML file in a folder that can be parsed, by name."""
        return list(filter(None, map(self.toml, self.files(kind, "toml"))))

    def files(self, kind: str, ending: str) -> Iterator[Path]:
        yield from sorted((self.folder / kind).glob(f"*.{ending}"))

    def name(self, path: Path) -> str:
        return path.relative_to(self.folder).as_posix()
