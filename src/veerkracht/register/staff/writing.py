"""One figure on staff written: the row, and what is kept beside it. For the actions, after they asked and checked."""

from dataclasses import asdict
from typing import Any, TypeVar

from veerkracht.register import clock
from veerkracht.register.errors import Conflict
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Organisation
from veerkracht.register.rows import CHANGED_MEANWHILE
from veerkracht.register.staff.facts import Figures, Of
from veerkracht.register.staff.models import Reported, StaffCount
from veerkracht.register.supply.staffing import keep, locked_service

Row = TypeVar("Row", bound=Reported)


def lock(organisation: Organisation) -> None:
    """Figures of one organisation are written one after another: what is checked against those there stays true."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def facts_of(of: Of) -> dict[str, Any]:
    """Whom a figure is about, as its row holds it."""
    return {
        "organisation": of.organisation,
        "service": of.service,
        "profession": of.profession,
        "sector": of.sector,
        "area": of.area,
    }


def write(kind: type[Row], key: dict[str, Any], figures: Figures, *, by: Actor, **words: Any) -> Row:
    """A first version. `words`: `source`, and `fictitious` when it is invented."""
    row = kind.objects.create(**key, **asdict(figures), **_who(by), **words)
    _keep(row)
    return row


def replace(row: Row, figures: Figures, *, by: Actor, reason: str, source: str) -> Row:
    """A version that takes the place of another. Raises `Conflict` when somebody replaced it before us."""
    kind = type(row)
    if kind.objects.filter(replaces=row).exists():
        raise Conflict(CHANGED_MEANWHILE)
    own = {"id", "replaces", "version", "reason", "source", "by", "by_name", "recorded_at", *asdict(figures)}
    key = {one.name: getattr(row, one.name) for one in kind._meta.concrete_fields if one.name not in own}
    new = kind.objects.create(
        **key,
        **asdict(figures),
        **_who(by),
        replaces=row,
        version=row.version + 1,
        reason=reason,
        source=source or row.source,
    )
    _keep(new)
    return new


def _keep(row: Reported) -> None:
    """What a count says of a service is what its places rest on."""
    if isinstance(row, StaffCount) and row.service is not None:
        # Nobody takes a place of this service between the count and what is kept of it.
        service = locked_service(row.service.pk)
        keep(service, row.profession, row.on, row.fte_hundredths)


def _who(by: Actor) -> dict[str, Any]:
    return {"by": by.user, "by_name": by.name, "recorded_at": clock.now()}
