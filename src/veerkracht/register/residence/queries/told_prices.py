"""What a day cost and costs in a home: of each price the version that holds."""

from dataclasses import dataclass
from datetime import date

from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.residence.prices import standing
from veerkracht.register.supply.access import get_service


@dataclass(frozen=True)
class ToldPrice:
    """`parts`: in cents, by the region's names of parts. `unit_kind`: "" for every kind without a price of its own."""

    from_date: date
    unit_kind: str
    cents: int
    parts: dict[str, int]
    ground: str
    reference: str


def prices(actor: Actor, service: int) -> list[ToldPrice]:
    """The prices of a home, by kind of place and day. Raises `Refused` for a home that isn't there for who asks."""
    home = get_service(actor, service)
    require("price.read", actor, home.programme)
    record(actor, "list", "dayprice", detail={"service": home.pk})
    return [
        ToldPrice(
            from_date=row.from_date,
            unit_kind=row.unit_kind,
            cents=row.cents,
            parts={part.part: part.cents for part in row.parts.all()},
            ground=row.ground,
            reference=row.reference,
        )
        for row in standing([home.pk]).rows
    ]
