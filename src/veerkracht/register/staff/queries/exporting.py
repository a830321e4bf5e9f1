"""Figures on staff as the rows of a file that `import_figures` reads again."""

from collections.abc import Iterator
from typing import Any

from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.staff import access
from veerkracht.register.staff.exchange.columns import COUNTS, FLOWS, TRAINING, Kind
from veerkracht.register.staff.models import OfOrganisation

KINDS = {kind.id: kind for kind in (COUNTS, FLOWS, TRAINING)}


def rows(actor: Actor, kind: Kind) -> Iterator[list[Any]]:
    """The latest versions that an actor may know of, in the columns of a kind of file; the reason stays empty, since
    there is nothing to correct. The export is logged. Raises `Refused`.
    """
    listed: Any = {"counts": access.list_counts, "flows": access.list_flows, "training": access.list_training}
    found = listed[kind.id](actor)
    record(actor, "export", found.model._meta.model_name)
    if kind is not TRAINING:
        # Also its own organisation takes what is at a secret address nowhere by file.
        found = found.exclude(service__secret=True).select_related("organisation", "service")
    return (_row(kind, one) for one in found.order_by("id").iterator())


def _row(kind: Kind, one: Any) -> list[Any]:
    of = _of(one) if isinstance(one, OfOrganisation) else [one.profession, one.school_year]
    days = {"counts": ["on"], "flows": ["from_date", "until_date"], "training": []}[kind.id]
    numbers = [number.write(getattr(one, number.field)) for number in kind.numbers.values()]
    return [*of, *(getattr(one, day).isoformat() for day in days), *numbers, one.source, ""]


def _of(one: OfOrganisation) -> list[Any]:
    service = f"{one.service.programme}/{one.service.name}" if one.service else ""
    return [one.organisation.name, service, one.profession, one.sector, one.area]
