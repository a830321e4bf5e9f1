"""What is reported of staff, as it comes in: of whom, and the figures. None is unknown, and never zero."""

from dataclasses import dataclass, fields

from veerkracht.register.people.models import Organisation
from veerkracht.register.supply.models import Service


@dataclass(frozen=True)
class Of:
    """Which staff: of an organisation or one of its services, in a profession and a sector of the region's staff file,
    in a municipality (code).
    """

    organisation: Organisation
    service: Service | None
    profession: str
    sector: str
    area: str


@dataclass(frozen=True)
class CountFigures:
    """The staff on a day, as `models.StaffCount` keeps it."""

    persons: int | None = None
    fte_hundredths: int | None = None
    vacancies: int | None = None
    sick_per_thousand: int | None = None
    under_30: int | None = None
    from_30_to_49: int | None = None
    over_50: int | None = None


@dataclass(frozen=True)
class FlowFigures:
    """Who came and who left, by reason, as `models.StaffFlow` keeps it."""

    starters: int | None = None
    quit: int | None = None
    retired: int | None = None
    dismissed: int | None = None
    moved: int | None = None
    other: int | None = None


@dataclass(frozen=True)
class TrainingFigures:
    """Who is in training, as `models.TrainingInflow` keeps it."""

    first_year: int | None = None
    graduates: int | None = None


Figures = CountFigures | FlowFigures | TrainingFigures


def figures_of(kind: type[Figures], row: object) -> Figures:
    """The figures of a row of a table."""
    return kind(**{field.name: getattr(row, field.name) for field in fields(kind)})
