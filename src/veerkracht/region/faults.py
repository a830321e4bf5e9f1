"""What is wrong in a region's files: all of it at once, each with its file, line and field."""

from __future__ import annotations

from dataclasses import dataclass

from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text

# What a fault says: in English, as all of a region's files are checked, or in both languages where a page shows it.
Words = str | Text


@dataclass(frozen=True, slots=True, order=True)
class RegionFault:
    """One thing that is wrong. `line` is 0 when the fault is of a whole file or folder."""

    file: str
    line: int
    field: str
    found: str
    expected: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = f" {self.field}:" if self.field else ""
        return f"{where}:{what} {self.message} Found {self.found}; expected {self.expected}."


class RegionFaults(Fault):
    """Raised when a region, or one file beside it, can't be used; `faults` holds every fault that was found."""

    def __init__(self, faults: list[RegionFault], of: str = "The region") -> None:
        self.faults = sorted(faults)
        count = "1 fault" if len(self.faults) == 1 else f"{len(self.faults)} faults"
        super().__init__("\n".join([f"{of} has {count}:", *(str(fault) for fault in self.faults)]))
