"""What became of an import: how many rows were good, which were not and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from veerkracht.register.care.exchange.faults import RowFault


@dataclass(frozen=True)
class ImportReport:
    """`good` rows could be requests; `already` of them were in the register before, unchanged; `bad` were not good.

    `added`, `persons_added`: what was written, 0 when a row was bad or nothing was to be written. `faults`: the
    first so many, in order of line; `faults_total`: all of them. `fingerprint`: SHA-256 of the file.
    """

    file: str
    fingerprint: str
    programme: str
    rows: int
    good: int
    already: int
    bad: int
    faults: tuple[RowFault, ...]
    faults_total: int
    faults_by_field: Mapping[str, int]
    dry_run: bool
    added: int = 0
    persons_added: int = 0

    @property
    def is_good(self) -> bool:
        return not self.faults_total

    def as_json(self) -> dict[str, Any]:
        names = (
            "file",
            "fingerprint",
            "programme",
            "rows",
            "good",
            "already",
            "bad",
            "added",
            "persons_added",
        )
        faults = [
            {"line": fault.line, "field": fault.field, "found": fault.found, "expected": fault.expected}
            for fault in self.faults
        ]
        return {
            **{name: getattr(self, name) for name in names},
            "dry_run": self.dry_run,
            "faults_total": self.faults_total,
            "faults_by_field": dict(self.faults_by_field),
            "faults": faults,
        }
