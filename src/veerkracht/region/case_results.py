"""How a case came out."""

from __future__ import annotations

from dataclasses import dataclass

from veerkracht.region.faults import RegionFault
from veerkracht.region.reader import Reader, shown


@dataclass(frozen=True)
class CaseResult:
    """How a case came out. `programme`: or the instrument that it is a case of.

    `differences`: a fault for each thing that is not as expected; none is right.
    """

    file: str
    line: int
    name: str
    programme: str
    differences: tuple[RegionFault, ...]

    @property
    def passed(self) -> bool:
        return not self.differences


def name_of(reader: Reader) -> str:
    """The name of a case, in English when it is in both languages."""
    if isinstance(reader.data.get("name"), dict):
        return reader.words("name").en
    return reader.string("name")


def difference(expect: Reader, key: str, found: object, wanted: object) -> RegionFault:
    """That a case comes out otherwise than expected."""
    path = (*expect.path, key)
    name = expect.document.data["case"][int(expect.path[1])].get("name", "")
    return RegionFault(
        expect.file, expect.document.line(path), f"case “{shown(name)}” {key}", shown(found), shown(wanted),
        "The case comes out otherwise.",
    )  # fmt: skip
