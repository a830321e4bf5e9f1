"""How many places there are for each kind of help in each zone, and how many are taken; never of one service.

Who plans sees them rounded by which places they are, so that neither a small house nor somebody who comes or leaves can
be read (docs/open-figures.md). A zone is all that is told of a secret address outside its own organisation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from django.db.models import Exists, OuterRef

from veerkracht.region.crisis import Crisis
from veerkracht.register import clock
from veerkracht.register.care.queries.protected import base, secret
from veerkracht.register.crisis.models import Shelter
from veerkracht.register.crisis.rules import rules
from veerkracht.register.disclosure import Cells, cell_name, record_keys, rounded
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.register.supply.models import Hold, Unit
from veerkracht.register.supply.staffing import free_of_closure, in_the_way, open_on
from veerkracht.rulebook.types import Text

TOGETHER = Text("Samen", "Together")


@dataclass(frozen=True)
class Cell:
    """Open places, and how many of them are taken or held now."""

    open: int
    taken: int


@dataclass(frozen=True)
class Row:
    """A zone, or all together. `cells`: by kind of help, in the sequence of `Room.kinds`."""

    zone: Text
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Room:
    """`is_exact`: for who finds places; else rounded. The last row is all zones together."""

    kinds: tuple[Text, ...]
    rows: tuple[Row, ...]
    is_exact: bool


# Places by zone and kind of help: which there are, and which of them are taken.
_Units = dict[tuple[str, str], tuple[list[int], list[int]]]


def room(actor: Actor) -> Room:
    """The places of every shelter, by zone and kind of help; two queries. Raises `Refused`."""
    require("search.count", actor, actor.programme)
    exact = may("search.place", actor, actor.programme)
    record(actor, "list", "crisis.room")
    crisis = rules()
    units = _units(crisis)
    rows = tuple(_row(zone.name, units, crisis, [zone.id], exact) for zone in crisis.zones.values())
    together = _row(TOGETHER, units, crisis, list(crisis.zones), exact)
    return Room(tuple(kind.name for kind in crisis.kinds.values()), (*rows, together), exact)


def _units(crisis: Crisis) -> _Units:
    found: _Units = {(zone, kind): ([], []) for zone in crisis.zones for kind in crisis.kinds}
    shelters = {one.service_id: one for one in Shelter.objects.select_related("service")}
    today = clock.today()
    busy = Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    units = Unit.objects.filter(open_on(today), free_of_closure(today), service__in=shelters)
    rows = units.annotate(busy=Exists(busy)).order_by("pk").values_list("pk", "service", "busy")
    for id, service, is_busy in rows:
        zone = crisis.zone_of(shelters[service].service.area)
        for kind in shelters[service].kinds if zone else ():
            there, taken = found.get((zone.id, kind), ([], []))
            there.append(id)
            if is_busy:
                taken.append(id)
    return found


def _row(name: Text, units: _Units, crisis: Crisis, zones: list[str], exact: bool) -> Row:
    cells = []
    for kind in crisis.kinds:
        there = [id for zone in zones for id in units[zone, kind][0]]
        taken = [id for zone in zones for id in units[zone, kind][1]]
        where = zones[0] if len(zones) == 1 else ""
        shown = (
            (len(there), len(taken))
            if exact
            else (_rounded(there, "open", where, kind), _rounded(taken, "taken", where, kind))
        )
        cells.append(Cell(shown[0], min(shown)))
    return Row(name, tuple(cells))


def _rounded(units: Iterable[int], what: str, zone: str, kind: str) -> int:
    ids = list(units)
    cells = Cells(
        [cell_name("crisis", f"room-{what}", area=zone, group=kind)],
        np.array([len(ids)]),
        np.array([record_keys(ids, secret()).sum()]),
    )
    return int(rounded(cells, base(), secret())[0])
