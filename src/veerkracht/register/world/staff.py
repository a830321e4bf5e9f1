"""Invented staff of the demo world: counts of its services through two years, one service short; all said to be
invented.
"""

from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise

from veerkracht import region
from veerkracht.region.staff import Workforce
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import actions
from veerkracht.register.staff.facts import CountFigures, FlowFigures, Of
from veerkracht.register.supply.models import Service
from veerkracht.register.supply.staffing import norms_of
from veerkracht.rulebook import staffing as rules
from veerkracht.rulebook.staffing import Norm

SOURCE = "Verzonnen voor de demo"
# How much of the norm a service had, a year apart, to this day; in turn. The second is short of staff.
_SHARES = (
    (Fraction(13, 10), Fraction(12, 10), Fraction(11, 10)),
    (Fraction(11, 10), Fraction(9, 10), Fraction(6, 10)),
    (Fraction(12, 10), Fraction(12, 10), Fraction(12, 10)),
)
# Nobody counts a bed, so a service without a norm has what such a service might have.
_FTE_PER_PLACE = Fraction(1, 2)
_SICK = (95, 140, 80)
_YEAR = timedelta(days=365)


def add_staff(on: date) -> None:
    """Count the staff of the demo's services on three days, and say who came and went; nothing without a staff file."""
    staff = region.current().staff
    if staff is None:
        return
    by = Actor.for_command("world")
    services = Service.objects.select_related("organisation").order_by("pk")
    for place, service in enumerate(services):
        # The last one never said anything, so that the pages have something unknown to show.
        if place and place == len(services) - 1:
            break
        _add(service, place, staff, on, by)


def _add(service: Service, place: int, staff: Workforce, on: date, by: Actor) -> None:
    kinds = list(service.units.values_list("kind", flat=True))
    sector = next((one.id for one in staff.sectors if one.id == service.programme), staff.sectors[0].id)
    norms = norms_of(service.programme, on)
    days = [on - years * _YEAR for years in (2, 1, 0)]
    for profession, fte in wanted(staff, norms, kinds).items():
        of = Of(service.organisation, service, profession, sector, service.area)
        persons = []
        for day, share in zip(days, _SHARES[place % len(_SHARES)], strict=True):
            figures = _figures(fte * share, place)
            persons.append(figures.persons or 0)
            actions.record_count(of, day, figures, by=by, source=SOURCE, fictitious=True)
        for (first, before), (last, after) in pairwise(zip(days, persons, strict=True)):
            period = (first + timedelta(days=1), last)
            flow = FlowFigures(
                starters=1 + max(0, after - before), quit=1 + max(0, before - after), retired=place % 2
            )
            actions.record_flow(of, period, flow, by=by, source=SOURCE, fictitious=True)


def wanted(staff: Workforce, norms: tuple[Norm, ...], kinds: list[str]) -> dict[str, Fraction]:
    """Full-time equivalents by profession that would just do: the narrowest norm first, the others' rest shared."""
    wanted: dict[str, Fraction] = {}
    needed = rules.needed(norms, kinds)
    for norm in sorted(norms, key=lambda norm: len(norm.professions)):
        rest = needed[norm.id] - sum(wanted.get(one, Fraction()) for one in norm.professions)
        without = [one for one in norm.professions if one not in wanted]
        for one in without:
            wanted[one] = max(Fraction(), rest) / len(without)
    return wanted or {staff.professions[0].id: _FTE_PER_PLACE * len(kinds)}


def _figures(fte: Fraction, place: int) -> CountFigures:
    # Rounded up, so that just enough stays enough.
    hundredths = -int(-fte * 100 // 1)
    persons = max(1, -(-hundredths // 75))
    return CountFigures(
        persons=persons,
        fte_hundredths=hundredths,
        vacancies=1 if place == 1 else 0,
        sick_per_thousand=_SICK[place % len(_SICK)],
        over_50=persons // 3,
    )
