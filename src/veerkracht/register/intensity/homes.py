"""Care intensity home by home, for somebody: what is small is left out for who looks from outside.

Of a home of one's own all is told. Of another, light and heavy care as wholes, and these not either where few people
are in one of them, or could be found by subtracting from what its area tells.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count as Counted
from django.db.models import OuterRef, Q, Subquery

from veerkracht.region.quality import PROPORTION
from veerkracht.register.assessments.access import in_force
from veerkracht.register.intensity.counting import Intensity, Residents, intensity
from veerkracht.register.intensity.rules import Rules
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.judged import threshold
from veerkracht.register.quality.protection import Count, hidden
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.access import is_of
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.queries.states import recognitions
from veerkracht.register.supply.staffing import NOTHING, known, norms_of


@dataclass(frozen=True)
class Home:
    """`is_hidden`: its counts by care are too small to be shown to who looks."""

    service: Service
    found: Intensity
    is_own: bool
    is_hidden: bool


def homes_of(actor: Actor, services: Sequence[Service], rules: Rules, on: date) -> list[Home]:
    """Care intensity of services that an actor may count, on a day; three queries for however many. All services of a
    programme must be among them: what is left out hangs on the others.
    """
    found = _found([service.pk for service in services], rules, on)
    left_out = _left_out(actor, services, found)
    return [
        Home(one, found[one.pk], is_own=is_of(actor, one), is_hidden=one.pk in left_out) for one in services
    ]


def safe(found: Mapping[int, Intensity]) -> frozenset[int]:
    """Which of some counts that are shown together are left out: small ones, and those by which a small one could be
    computed from what all have together.
    """
    counts = {id: Count(one.heavy, one.residents.measured) for id, one in found.items()}
    return hidden(PROPORTION, counts, threshold())


def _found(ids: list[int], rules: Rules, on: date) -> dict[int, Intensity]:
    residents, extra, staff = _residents(ids, rules, on), recognitions(ids, on), known(ids, on)
    carers = frozenset(one for norm in norms_of(rules.programme.id, on) for one in norm.professions)
    return {
        id: intensity(
            residents.get(id, Residents()),
            rules,
            extra=extra[id].extra_places if id in extra else None,
            staff=_carers(staff.get(id, NOTHING).fte, carers),
        )
        for id in ids
    }


def _residents(ids: list[int], rules: Rules, on: date) -> dict[int, Residents]:
    """Who lives there on a day, by the last result of each; one query."""
    last = in_force().filter(person=OuterRef("person"), instrument=rules.instrument, on__lte=on)
    last = last.order_by("-on", "-pk")
    living = Residence.objects.filter(service__in=ids, from_date__lte=on).exclude(until_date__lte=on)
    rows = (
        living.annotate(
            outcome=Subquery(last.values("outcome")[:1]), ends=Subquery(last.values("valid_until")[:1])
        )
        .values("service", "outcome")
        .annotate(people=Counted("pk"), expired=Counted("pk", filter=Q(ends__lte=on)))
        .order_by("service", "outcome")
    )
    categories = {one.id for one in rules.categories}
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    unknown: dict[int, int] = defaultdict(int)
    expired: dict[int, int] = defaultdict(int)
    for row in rows:
        if row["outcome"] in categories:
            counts[row["service"]][row["outcome"]] = row["people"]
            expired[row["service"]] += row["expired"]
        else:
            unknown[row["service"]] += row["people"]
    return {id: Residents(counts.get(id, {}), unknown.get(id, 0), expired.get(id, 0)) for id in ids}


def _carers(fte: Mapping[str, Fraction], carers: frozenset[str]) -> float | None:
    """The staff that the region's norms count; None when that of a profession is not known, or no norm names any."""
    if not carers or not carers <= fte.keys():
        return None
    return float(sum(fte[one] for one in carers))


def _left_out(actor: Actor, services: Sequence[Service], found: Mapping[int, Intensity]) -> frozenset[int]:
    """By zone, the smallest area of which the whole is told."""
    zone_of = dict(areas.table().select("code", areas.SETS["zone"]).iter_rows())
    by_zone: dict[str, dict[int, Intensity]] = defaultdict(dict)
    for one in services:
        # One's own counts are known to oneself, so the others must be safe without them.
        if not is_of(actor, one):
            by_zone[zone_of.get(one.area) or ""][one.pk] = found[one.pk]
    return frozenset(id for group in by_zone.values() for id in safe(group))
