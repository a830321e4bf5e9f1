"""What the region says of stays in homes, for the actions that need it."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from veerkracht import region
from veerkracht.region.assessments import KATZ, Instrument
from veerkracht.region.residence import ResidenceRules
from veerkracht.register import clock
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

Thing = TypeVar("Thing")


def rules_or_none() -> ResidenceRules | None:
    """The region's rules on stays; None for a region that has none."""
    return region.current().residence


def rules() -> ResidenceRules:
    """The region's rules on stays. Raises `Invalid` for a region that has none."""
    found = rules_or_none()
    if found is None:
        raise Invalid(_NO_RULES)
    return found


def lives_there(service: Service) -> bool:
    """Whether who has a place of a service lives there, by the region's file."""
    known = rules_or_none()
    return known is not None and service.programme in known.programmes


def one_of(known: Mapping[str, Thing], id: str, field: str) -> Thing:
    """What the region calls by this id. Raises `Invalid` at the field, naming those there are."""
    if id in known:
        return known[id]
    there_are = ", ".join(known)
    raise Invalid(
        Text(
            nl=f"Gevonden: {id[:60] or 'niets'}; verwacht: een van {there_are}.",
            en=f"Found: {id[:60] or 'nothing'}; expected: one of {there_are}.",
        ),
        field,
    )


def reason_of_death() -> str:
    """Why a stay ends with a death, as the region calls it."""
    return rules().death.id


def instrument_for(programme: str) -> Instrument | None:
    """By which instrument the care category of a programme's residents is measured; None: by none that is known."""
    known = definitions().instruments.values()
    return next((one for one in known if (one.programme, one.method) == (programme, KATZ)), None)


def check_not_later(on: date, field: str = "on") -> None:
    """Raise `Invalid` for a day that is still to come."""
    if on > clock.today():
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), field)


_NO_RULES = Text(
    nl="Deze regio zegt niets over verblijven in huizen (residence.toml).",
    en="This region says nothing of stays in homes (residence.toml).",
)
