"""The three kinds of files: which columns each has, and how a cell becomes a figure and a figure a cell."""

from collections.abc import Callable
from dataclasses import dataclass

from veerkracht.register.staff import numbers
from veerkracht.register.staff.facts import CountFigures, Figures, FlowFigures, TrainingFigures
from veerkracht.rulebook.types import Text

_WHOLE = Text(nl="een geheel getal van 0 of meer", en="a whole number of 0 or more")
_HUNDREDTHS = Text(
    nl="een getal van 0 of meer met hoogstens twee decimalen",
    en="a number of 0 or more with at most two decimals",
)
_SHARE = Text(
    nl="een deel van 0 tot 1 met hoogstens drie decimalen",
    en="a share from 0 to 1 with at most three decimals",
)


@dataclass(frozen=True)
class Number:
    """A column with a number. `field`: of the figures; `decimals`: how many may be written."""

    field: str
    decimals: int
    expected: Text

    def read(self, cell: str) -> int | None:
        """Raises `ValueError` for what is no such number."""
        return numbers.scaled(cell, self.decimals) if self.decimals else numbers.whole(cell)

    def write(self, value: int | None) -> str:
        return numbers.written(value, self.decimals)


@dataclass(frozen=True)
class Kind:
    """A kind of file. `of_whom`: the columns before the numbers; after them stand the source and the reason."""

    id: str
    of_whom: tuple[str, ...]
    numbers: dict[str, Number]
    figures: Callable[..., Figures]

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.of_whom, *self.numbers, "source", "reason")


def _wholes(*names: str) -> dict[str, Number]:
    return {name: Number(name, 0, _WHOLE) for name in names}


_STAFF = ("organisation", "service", "profession", "sector", "area")
COUNTS = Kind(
    "counts",
    (*_STAFF, "on"),
    {
        **_wholes("persons"),
        "fte": Number("fte_hundredths", 2, _HUNDREDTHS),
        **_wholes("vacancies"),
        "sick_share": Number("sick_per_thousand", 3, _SHARE),
        **_wholes("under_30", "from_30_to_49", "over_50"),
    },
    CountFigures,
)
FLOWS = Kind(
    "flows",
    (*_STAFF, "from", "until"),
    _wholes("starters", "quit", "retired", "dismissed", "moved", "other"),
    FlowFigures,
)
TRAINING = Kind(
    "training", ("profession", "school_year"), _wholes("first_year", "graduates"), TrainingFigures
)
KINDS = (COUNTS, FLOWS, TRAINING)
