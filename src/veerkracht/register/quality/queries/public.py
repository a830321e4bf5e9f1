"""The quality of one service as anybody may know it: of each indicator the last period, and nothing of few people."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from veerkracht.region.quality import Indicator
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.access import in_force, known_to
from veerkracht.register.quality.judged import judged
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.quality.queries.comparison import point
from veerkracht.register.supply.models import Service

# Who is of no organisation, so that every service is another's to them.
_ANYBODY = Actor(user=None)


@dataclass(frozen=True)
class PublicValue:
    """`value`: None where it would tell of few people. `of_whole`: reported of the organisation, not of the service."""

    indicator: Indicator
    from_date: date
    value: float | None
    source: str
    of_whole: bool
    fictitious: bool


def public_values(service: Service) -> tuple[PublicValue, ...]:
    """Of each indicator of a service, or of its organisation as a whole, the last that was reported; two queries."""
    quality = definitions()
    known = {
        id: one
        for id, one in (quality.indicators if quality else {}).items()
        if one.programme in ("", service.programme)
    }
    told = in_force().filter(known_to(_ANYBODY), indicator__in=known).order_by("from_date", "pk")
    last: dict[str, IndicatorValue] = {}
    for row in told.filter(Q(service=service) | Q(service=None, organisation=service.organisation_id)):
        last[row.indicator] = row
    if not last:
        return ()
    # What is left out of one hangs on all that reported the same indicator for the same period.
    periods = Q(pk=None)
    for row in last.values():
        periods |= Q(indicator=row.indicator, from_date=row.from_date)
    reported = told.filter(periods).select_related("organisation", "service")
    among = {one.row.pk: one for one in judged(_ANYBODY, reported)}
    return tuple(
        PublicValue(
            indicator=known[id],
            from_date=last[id].from_date,
            # Nothing that is small has a value.
            value=point(among[last[id].pk], None).value,
            source=last[id].source,
            of_whole=last[id].service_id is None,
            fictitious=last[id].fictitious,
        )
        for id in known
        if id in last
    )
