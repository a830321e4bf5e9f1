"""What the region's files say of measures, milestones and figures that do not agree."""

from veerkracht import region
from veerkracht.region.money.model import Measure, Milestone, Money, Reconciliation
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text


def money() -> Money:
    """The money of the region's files; nothing when they tell of none."""
    return region.current().money or Money()


def measure_of(measure_id: str) -> Measure:
    """Raises `Invalid` for a measure that the files do not know."""
    found = money().measures.get(measure_id)
    if found is None:
        raise _unknown("measure", measure_id, list(money().measures))
    return found


def milestone_of(measure: Measure, milestone_id: str) -> Milestone:
    """Raises `Invalid` for a milestone that the measure does not have."""
    for one in measure.milestones:
        if one.id == milestone_id:
            return one
    raise _unknown("milestone", milestone_id, [one.id for one in measure.milestones])


def item_of(item_id: str) -> Reconciliation:
    """Raises `Invalid` for figures to reconcile that the files do not know."""
    found = money().reconciliations.get(item_id)
    if found is None:
        raise _unknown("item", item_id, list(money().reconciliations))
    return found


def _unknown(field: str, asked: str, known: list[str]) -> Invalid:
    there = ", ".join(known) or "–"
    return Invalid(
        Text(
            nl=f"De bestanden van de regio kennen “{asked[:60]}” niet. Er is: {there}.",
            en=f"The region's files do not know “{asked[:60]}”. There is: {there}.",
        ),
        field,
    )


def programme_of(measure_id: str) -> str:
    """The programme that a measure is for; "" for all, and for a measure that nobody knows."""
    found = money().measures.get(measure_id)
    return found.programme if found else ""
