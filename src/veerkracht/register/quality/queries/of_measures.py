"""What a measure of the region's money did for quality: for the pages about money, which show no counts."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register.quality.access import in_force
from veerkracht.register.quality.change import change
from veerkracht.register.quality.judged import Judged, key_of
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.models import Improvement
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class MeasureImprovement:
    """An improvement that a measure pays for. `outcomes`: of each indicator its name and what can be said of the change
    (`change.Change.said`), without any count.
    """

    organisation_id: int
    organisation: str
    what: str
    from_date: date
    until_date: date | None
    fictitious: bool
    outcomes: tuple[tuple[Text, str], ...]


def of_measure(measure_id: str) -> list[MeasureImprovement]:
    """The improvements that a measure pays for, oldest first; without those of secret services. Asks no gate: who may
    see a measure may see which organisations it pays.
    """
    quality = definitions()
    known = quality.indicators if quality else {}
    found = Improvement.objects.filter(measure=measure_id).exclude(service__secret=True)
    improvements = list(
        found.select_related("organisation", "service").prefetch_related("aims").order_by("from_date", "pk")
    )
    rows = in_force().filter(
        organisation__in={one.organisation_id for one in improvements}, indicator__in=known
    )
    values = [
        Judged(row, known[row.indicator], key_of(row, known[row.indicator]), is_own=False, is_hidden=False)
        for row in rows.select_related("organisation", "service")
    ]
    return [_view(one, [value for value in values if value.unit == _unit(one)]) for one in improvements]


def _unit(improvement: Improvement) -> tuple[int, int | None]:
    return improvement.organisation_id, improvement.service_id


def _view(improvement: Improvement, values: list[Judged]) -> MeasureImprovement:
    quality = definitions()
    known = quality.indicators if quality else {}
    aims = [known[aim.indicator] for aim in improvement.aims.all() if aim.indicator in known]
    outcomes = tuple(
        (one.name, change(one, [v for v in values if v.indicator.id == one.id], improvement.from_date).said)
        for one in aims
    )
    return MeasureImprovement(
        improvement.organisation_id,
        improvement.organisation.name,
        improvement.what,
        improvement.from_date,
        improvement.until_date,
        improvement.fictitious,
        outcomes,
    )
