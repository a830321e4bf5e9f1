"""One stay as the home sees it: where, since when, what happened, what is paid, and where there is room to move to."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from veerkracht.region.residence import LOWERS
from veerkracht.register import clock
from veerkracht.register.assessments.queries import Latest, latest
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may
from veerkracht.register.residence import access
from veerkracht.register.residence.models import Contribution, Residence
from veerkracht.register.residence.queries.bills import Bill, bill
from veerkracht.register.residence.rules import instrument_for, rules
from veerkracht.register.supply.models import Hold, Unit
from veerkracht.register.supply.staffing import free_of_closure, in_the_way, open_on
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Happened:
    """`kind`: of `ResidenceEvent.Kind`; `why`: the region's word for it, where there is one."""

    kind: str
    on: date
    place: str
    why: Text
    by: str


@dataclass(frozen=True)
class Paid:
    """What is paid beside the day price; `lowers`: whether it comes off what the resident pays."""

    contribution: Contribution
    name: Text
    lowers: bool


@dataclass(frozen=True)
class OneStay:
    """`bill`: of the month of today, or of the last month of a stay that ended. `free`: places of the same home.
    `contributions`: those that go on and those that ended, the last first. `need`: the last measurement of their care
    category; a change of category is a new one.
    """

    residence: Residence
    happened: tuple[Happened, ...]
    end_reason: Text
    bill: Bill
    free: tuple[Unit, ...]
    contributions: tuple[Paid, ...]
    need: Latest | None
    may_change: bool
    may_end: bool
    may_price: bool

    @property
    def going_on(self) -> tuple[Contribution, ...]:
        """What is paid until somebody says that it ends."""
        return tuple(one.contribution for one in self.contributions if one.contribution.until_date is None)


def one_stay(actor: Actor, id: int) -> OneStay:
    """A stay with what belongs to it; the look is logged. Raises `Refused`, the same whether it exists or not."""
    residence = access.get_residence(actor, id)
    last = residence.until_date or clock.today()
    known, is_open = rules(), residence.until_date is None
    reason = known.reasons.get(residence.end_reason)
    return OneStay(
        residence=residence,
        happened=happened(residence),
        end_reason=reason.name if reason else Text(residence.end_reason, residence.end_reason),
        bill=bill(actor, residence, last.replace(day=1), last),
        free=_free(residence) if is_open else (),
        contributions=_contributions(residence),
        need=_need(residence),
        may_change=is_open and may("stay.change", actor, residence.service.programme),
        may_end=is_open and may("stay.end", actor, residence.service.programme),
        may_price=may("price.set", actor, residence.service.programme),
    )


def happened(residence: Residence) -> tuple[Happened, ...]:
    """What happened in a stay, the first first; for who may see it."""
    known = rules()
    names = {id: one.name for id, one in (*known.reasons.items(), *known.absences.items())}
    rows = residence.events.select_related("stay__unit").order_by("pk")
    return tuple(
        Happened(
            kind=row.kind,
            on=row.holds_from,
            place=row.stay.unit.name if row.stay else "",
            why=names.get(row.reason, Text(row.reason, row.reason)),
            by=row.by_name,
        )
        for row in rows
    )


def _need(residence: Residence) -> Latest | None:
    instrument = instrument_for(residence.service.programme)
    found = latest([residence.person_id], instrument=instrument.id) if instrument else {}
    return found.get(residence.person_id)


def _contributions(residence: Residence) -> tuple[Paid, ...]:
    kinds = rules().contributions
    return tuple(
        Paid(one, kinds[one.kind].name, kinds[one.kind].effect == LOWERS)
        for one in residence.contributions.order_by("-from_date", "-pk")
        if one.kind in kinds
    )


def _free(residence: Residence) -> tuple[Unit, ...]:
    today, busy = clock.today(), Hold.objects.filter(in_the_way(), unit=OuterRef("pk"))
    units = Unit.objects.filter(
        ~Exists(busy), open_on(today), free_of_closure(today), service=residence.service_id
    )
    return tuple(units.order_by("ward", "pk"))
