"""The growth calendar as rows of a file that `import_awards` reads, a row a step; nothing secret goes out in it."""

from collections.abc import Iterator

from django.db.models import Q

from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply import access
from veerkracht.register.supply.awarding import happened
from veerkracht.register.supply.models import Award
from veerkracht.register.supply.secrecy import refuse_secret

HEADS = (
    "award",
    "organisation",
    "programme",
    "service",
    "kind",
    "area",
    "source",
    "step",
    "on",
    "units",
    "period_from",
    "reason",
)


def exported(actor: Actor, programme: str = "", *, without_secret: bool = False) -> list[tuple[object, ...]]:
    """A row for each step of the awards that an actor may know of, in the columns of `HEADS`; two queries.

    Raises `Refused`, and `Invalid` when one is of a service at a secret address and `without_secret` does not leave it
    out.
    """
    awards = access.list_awards(actor, programme).select_related("service__location")
    if without_secret:
        awards = awards.exclude(Q(service__secret=True) | Q(service__location__secret=True))
    found = list(awards.prefetch_related("steps").order_by("awarded_for", "id"))
    refuse_secret(award.service for award in found if award.service)
    record(actor, "export", "award", detail={"awards": len(found)})
    return [row for award in found for row in _rows(award)]


def _rows(award: Award) -> Iterator[tuple[object, ...]]:
    about = (
        award.pk,
        award.organisation.name,
        award.programme,
        award.service.name if award.service else "",
        award.kind,
        award.area,
        award.source,
    )
    for step in happened(award.steps.all()):
        yield (*about, step.kind, step.on, step.units, step.period_from, step.reason)
