"""The staff of a region: sectors and professions, and what is known or assumed of them (`staff.toml`)."""

from __future__ import annotations

from dataclasses import dataclass

from veerkracht.region.programmes import read_id, read_parameter
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import Parameter, Text

FILE = "staff.toml"
# What a parameter of staff can be about, by the first part of its id; then a sector, a profession or both follow.
OF_SECTOR = ("fte", "quits", "vacant", "closed", "borne", "sickness", "need-growth")
OF_PROFESSION = ("trained", "training-success", "training-years")
OF_BOTH = ("share",)
OF_ALL = (
    "over-50", "leaving-age", "exit-by-pay", "exit-by-load", "choice-by-pay", "sickness-by-load", "moves", "waits",
    "speed", "side-entry", "supply-growth", "wage-cost",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A sector or a profession."""

    id: str
    name: Text


@dataclass(frozen=True)
class Workforce:
    """Who works where: the sectors that hire from the same professions, and the numbers of both."""

    sectors: tuple[Named, ...]
    professions: tuple[Named, ...]
    parameters: tuple[Parameter, ...]

    def sector(self, id: str) -> Named | None:
        return next((sector for sector in self.sectors if sector.id == id), None)


def read_staff(reader: Reader) -> Workforce | None:
    """The staff that a file describes; None when it has a fault."""
    before = len(reader.faults.all)
    sectors = tuple(_named(table) for table in reader.tables("sector"))
    professions = tuple(_named(table) for table in reader.tables("profession"))
    read = [(table, _parameter(table)) for table in reader.tables("parameter")]
    for key, found in (("sector", sectors), ("profession", professions)):
        if not found:
            reader.fault(key, "A file on staff needs at least one.", "nothing", f"[[{key}]]")
    names = _names([one.id for one in sectors], [one.id for one in professions])
    for table, parameter in read:
        if parameter is not None and parameter.id not in names:
            expected = one_of(sorted(names), parameter.id)
            table.fault("id", "No number of staff has this name.", parameter.id, expected)
    reader.done()
    if len(reader.faults.all) > before:
        return None
    return Workforce(sectors, professions, tuple(parameter for _, parameter in read if parameter is not None))


def _names(sectors: list[str], professions: list[str]) -> set[str]:
    both = [f"{sector}.{profession}" for sector in sectors for profession in professions]
    return {
        *OF_ALL,
        *(f"{what}.{sector}" for what in OF_SECTOR for sector in sectors),
        *(f"{what}.{profession}" for what in OF_PROFESSION for profession in professions),
        *(f"{what}.{pair}" for what in OF_BOTH for pair in both),
    }


def _named(reader: Reader) -> Named:
    named = Named(read_id(reader), reader.words("name"))
    reader.done()
    return named


def _parameter(reader: Reader) -> Parameter | None:
    parameter = read_parameter(reader)
    reader.done()
    return parameter
