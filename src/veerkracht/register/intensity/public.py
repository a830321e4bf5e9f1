"""How heavy the care in one home is, as anybody may know it."""

from dataclasses import dataclass

from veerkracht.register import clock
from veerkracht.register.intensity.homes import homes_of
from veerkracht.register.intensity.rules import measured_programmes, rules_on
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service

# Who is of no organisation, so that every home is another's to them.
_ANYBODY = Actor(user=None)


@dataclass(frozen=True)
class PublicIntensity:
    """`heavy_share`: of those who were measured; None where they are too few to tell."""

    residents: int
    heavy_share: float | None


def public_intensity(service: Service) -> PublicIntensity | None:
    """The share of residents with heavy care; None for a programme of which it is not measured. Three queries."""
    if service.programme not in measured_programmes() or service.secret:
        return None
    zone_of = dict(areas.table().select("code", areas.SETS["zone"]).iter_rows())
    zone = zone_of.get(service.area)
    within = [code for code, its in zone_of.items() if its == zone] if zone else [service.area]
    # What is left out of one home hangs on the others of its zone.
    near = Service.objects.filter(programme=service.programme, secret=False, area__in=within).order_by("pk")
    today = clock.today()
    found = homes_of(_ANYBODY, list(near), rules_on(service.programme, today), today)
    one = next(home for home in found if home.service.pk == service.pk)
    return PublicIntensity(one.found.residents.total, None if one.is_hidden else one.found.heavy_share)
