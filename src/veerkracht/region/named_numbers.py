"""The uncertain numbers of a file that asks for certain ones: each is there, known by its name, and possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import inf

from veerkracht.region.programmes import read_parameter
from veerkracht.region.reader import Reader, one_of
from veerkracht.rulebook.types import Parameter


@dataclass(frozen=True, slots=True)
class Limits:
    """From where to where a number is possible."""

    low: float
    high: float = inf

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}" if self.high < inf else f"{self.low:g} or more"


def read_numbers(
    reader: Reader, names: dict[str, Limits], optional: Mapping[str, Limits] | None = None
) -> tuple[Parameter, ...]:
    """Every `[[parameter]]` of a file that must give each of these names at least once, may give the optional ones, and
    no other."""
    possible = {**names, **(optional or {})}
    tables = reader.tables("parameter")
    read = [read_parameter(table) for table in tables]
    for table, parameter in zip(tables, read, strict=True):
        if parameter is not None:
            _check(table, parameter, possible)
            _check_once(table, parameter, read[: int(table.path[-1])])
        table.done()
    found = {parameter.id for parameter in read if parameter is not None}
    for name in names:
        if name not in found and None not in read:
            reader.fault("parameter", "A number is missing.", "nothing", f"a parameter with id “{name}”")
    return tuple(parameter for parameter in read if parameter is not None)


def _check_once(table: Reader, parameter: Parameter, earlier: list[Parameter | None]) -> None:
    """Two values of one number never hold on one day."""
    for other in earlier:
        if (
            other is not None
            and other.id == parameter.id
            and (other.until is None or parameter.from_ < other.until)
            and (parameter.until is None or other.from_ < parameter.until)
        ):
            expected = f"days outside {other.from_} to {other.until or 'for good'}"
            table.fault("id", "This number has two values on one day.", parameter.id, expected)


def _check(table: Reader, parameter: Parameter, names: dict[str, Limits]) -> None:
    limits = names.get(parameter.id)
    if limits is None:
        table.fault("id", "No number is asked for by this name.", parameter.id, one_of(names, parameter.id))
        return
    assumed = parameter.assumption
    low = parameter.low if parameter.low is not None else assumed.low if assumed else None
    high = parameter.high if parameter.high is not None else assumed.high if assumed else None
    for field, value in (("value", parameter.value), ("low", low), ("high", high)):
        if value is not None and not limits.low <= value <= limits.high:
            table.fault(field, "This number is not possible here.", value, str(limits))
    if low is not None and low > parameter.value:
        table.fault("low", "The range does not hold the value.", low, f"at most {parameter.value:g}")
    if high is not None and high < parameter.value:
        table.fault("high", "The range does not hold the value.", high, f"at least {parameter.value:g}")
