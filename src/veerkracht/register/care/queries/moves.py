"""Where a person lives, and from where they moved when."""

from dataclasses import dataclass
from datetime import date, datetime

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, fields, may


@dataclass(frozen=True)
class MoveView:
    """`on`: from which day; `recorded_at`: when it was written down. Municipalities by name."""

    on: date
    recorded_at: datetime
    before: str
    after: str
    by: str


@dataclass(frozen=True)
class MovesView:
    """`area`: the code of the municipality where they live now. `moves`: the last first."""

    area: str
    name: str
    moves: tuple[MoveView, ...]
    may_move: bool


def moves_of(actor: Actor, case: Case) -> MovesView:
    """For who may see where the person of a case lives; the look is logged. Raises `Refused` for anybody else."""
    if "contact" not in fields(actor, case):
        record(actor, "refused", "move", detail={"asked": case.number})
        raise Refused()
    record(actor, "read", "move", person_id=case.person_id, fields=["contact"])
    names = areas.names()
    found = case.person.moves.order_by("-pk")
    return MovesView(
        area=case.person.area,
        name=names.get(case.person.area, case.person.area),
        moves=tuple(
            MoveView(
                one.holds_from,
                one.recorded_at,
                names.get(one.area_before, one.area_before),
                names.get(one.area, one.area),
                one.by_name,
            )
            for one in found
        ),
        may_move=case.person.died_on is None and may("person.move", actor, case),
    )
