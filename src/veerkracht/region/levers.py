"""Levers: the few things that a reader may turn up or down on top of a plan, and the measure that each one makes.

A lever is written once in the region's `levers.toml`; what it makes is the text of a measure as in any plan file, so
that a plan made with levers is read, checked, played and shared like every other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from veerkracht.region import toml_text
from veerkracht.region.ids import read_id
from veerkracht.region.plans import KINDS
from veerkracht.region.reader import Reader
from veerkracht.region.years import years_on
from veerkracht.rulebook.types import Text

LEVERS_FILE = "levers.toml"
_NUMBERS = {kind: key for kind, key in KINDS.items() if key}
_YEARS = 10
_CHOSEN = Text("Zelf gekozen met een schuif.", "Chosen with a lever.")


@dataclass(frozen=True, slots=True)
class Lever:
    """`value` runs from `least` to `most` in steps of `step`; `least` to `most` holds nothing, 0.

    `times`: how many units of the measure one of the lever is (a slider in millions: 1,000,000). `yearly`: what is
    set is added again each year. `measure`: the rest of the measure's table in a plan file.
    """

    id: str
    kind: str
    name: Text
    unit: Text
    least: float
    most: float
    step: float
    times: float
    yearly: bool
    measure: Mapping[str, Any] = field(hash=False)

    @property
    def programme(self) -> str:
        """The programme that it does something for; "" when it is for all."""
        return str(self.measure.get("programme", ""))

    def allows(self, value: float) -> bool:
        """Whether the lever can stand there."""
        steps = (value - self.least) / self.step
        return self.least <= value <= self.most and abs(steps - round(steps)) < 1e-6

    def table(self, value: float, from_: date, id: str = "") -> str:
        """The text of the measure that the lever makes when it stands at a value from a day on.

        `id`: of the measure; without one, that of the lever.
        """
        amount = round(value * self.times, 6)
        chosen = {"why": {"nl": _CHOSEN.nl, "en": _CHOSEN.en}, "low": amount, "high": amount}
        ends = {"yearly_until": years_on(from_, _YEARS)} if self.yearly else {}
        return toml_text.table(
            "[[measure]]",
            {
                "id": id or self.id,
                "kind": self.kind,
                "name": {"nl": self.name.nl, "en": self.name.en},
                "assumption": chosen,
                **self.measure,
                KINDS[self.kind]: amount,
                "from": from_,
                **ends,
            },
        )


def plan_text(
    id: str, name: Text, summary: Text, builds_on: str, set_: Sequence[tuple[Lever, float]], from_: date
) -> str:
    """The text of a plan that turns levers on top of another plan."""
    head = {
        "id": id,
        "name": {"nl": name.nl, "en": name.en},
        "summary": {"nl": summary.nl, "en": summary.en},
        "builds_on": builds_on,
    }
    tables = [lever.table(value, from_) for lever, value in set_]
    return "\n".join([toml_text.table("", head), *tables])


def read_levers(reader: Reader) -> tuple[tuple[Lever, Reader], ...]:
    """The levers of the file with their readers. Notes every fault of form; what they make is checked later."""
    levers = [(_lever(table), table) for table in reader.tables("lever")]
    reader.done()
    return tuple((lever, table) for lever, table in levers if lever is not None)


def _lever(reader: Reader) -> Lever | None:
    inner = reader.table("measure", required=True)
    lever = Lever(
        id=read_id(reader),
        kind=reader.choice("kind", tuple(_NUMBERS)),
        name=reader.words("name"),
        unit=reader.words("unit"),
        least=reader.number("least") or 0.0,
        most=reader.number("most") or 0.0,
        step=reader.number("step", low=1e-6) or 1.0,
        times=reader.number("times", required=False, low=1e-6) or 1.0,
        yearly=reader.flag("yearly", default=False),
        measure=inner.data if inner else {},
    )
    if not lever.least <= 0 < lever.most:
        reader.fault("most", "A lever can stand at nothing, and above it.", lever.most, "least ≤ 0 < most")
    reader.done()
    return lever if lever.id else None
