"""The staff of a region: sectors and professions, and what is known or assumed of them (`staff.toml`)."""

from __future__ import annotations

from dataclasses import dataclass

from veerkracht.region.ids import Named, read_named
from veerkracht.region.named_numbers import Limits, read_numbers
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Parameter

FILE = "staff.toml"
_SHARE, _ANY = Limits(0, 1), Limits(0)
# What is asked of each sector, each profession, each pair of both, and of all together, with what is possible.
# A sector needs staff at the start: what it needs later is in proportion to it.
_OF_SECTOR = {
    "fte": Limits(1),
    "quits": Limits(0, 2),
    "vacant": Limits(0, 0.9),
    "closed": _SHARE,
    "borne": _SHARE,
    "sickness": Limits(0, 0.9),
    "need-growth": Limits(-0.5, 0.5),
}
_OF_PROFESSION = {"trained": _ANY, "training-success": _SHARE, "training-years": Limits(0, 20)}
_OF_BOTH = {"share": _SHARE}
_OF_ALL = {
    "over-50": _SHARE,
    "leaving-age": Limits(51, 90),
    "exit-by-pay": Limits(-20, 0),
    "exit-by-load": Limits(0, 20),
    "choice-by-pay": Limits(0, 20),
    "sickness-by-load": Limits(0, 20),
    "moves": _SHARE,
    "waits": _SHARE,
    "speed": _SHARE,
    "side-entry": Limits(0, 10),
    "cost-per-fte": Limits(1),
    "supply-growth": Limits(-0.5, 0.5),
}


@dataclass(frozen=True)
class Workforce:
    """Who works where: the sectors that hire from the same professions, and the numbers of both."""

    sectors: tuple[Named, ...]
    professions: tuple[Named, ...]
    parameters: tuple[Parameter, ...]


def read_staff(reader: Reader) -> Workforce | None:
    """The staff that a file describes; None when it has a fault."""
    before = len(reader.faults.all)
    sectors = tuple(read_named(table) for table in reader.tables("sector"))
    professions = tuple(read_named(table) for table in reader.tables("profession"))
    for key, found in (("sector", sectors), ("profession", professions)):
        if not found:
            reader.fault(key, "A file on staff needs at least one.", "nothing", f"[[{key}]]")
    names = _names([one.id for one in sectors], [one.id for one in professions])
    parameters = read_numbers(reader, names)
    reader.done()
    return Workforce(sectors, professions, parameters) if len(reader.faults.all) == before else None


def _names(sectors: list[str], professions: list[str]) -> dict[str, Limits]:
    both = [f"{sector}.{profession}" for sector in sectors for profession in professions]
    groups = ((_OF_SECTOR, sectors), (_OF_PROFESSION, professions), (_OF_BOTH, both))
    each = {
        f"{what}.{one}": limits
        for numbers, ones in groups
        for what, limits in numbers.items()
        for one in ones
    }
    return {**_OF_ALL, **each}
