"""What there is of help, places and staff where a measure's money goes.

Not what the measure alone brought about: nobody knows that of one person or one place. Counts of persons are rounded
as everywhere for who may see no persons.
"""

from dataclasses import dataclass
from datetime import date

from veerkracht import region
from veerkracht.region.money import Measure
from veerkracht.register import clock
from veerkracht.register.care.models import Budget
from veerkracht.register.care.queries.protected import Rounding
from veerkracht.register.supply.models import Service, Stay
from veerkracht.register.supply.queries.staffing import staffing


@dataclass(frozen=True)
class Places:
    """Of a kind of help: what is recognised, open and staffed; None: not known of each service."""

    recognised: int | None
    open: int
    staffed: int | None


@dataclass(frozen=True)
class Delivered:
    """Of the kind of help of a measure on a day. `helped`: persons, rounded to `rounded_to`; None: the region does not
    say how counts are protected. `places`: None when the kind of help has no places here.
    """

    on: date
    programme: str
    helped: int | None
    rounded_to: int
    places: Places | None


def delivered(measure: Measure) -> Delivered | None:
    """For who may read the measure; None when it is for no one kind of help. At most five queries."""
    if not measure.programme:
        return None
    on, choice = clock.today(), region.current().disclosure
    helped = None
    if choice:
        helped = Rounding(measure.programme, choice.base, choice.base).number(
            _helped(measure.programme, on), "holders"
        )
    return Delivered(
        on, measure.programme, helped, choice.base if choice else 0, _places(measure.programme, on)
    )


def _helped(programme: str, on: date) -> int:
    """Budgets that run, or stays that last, on a day."""
    if region.current().programme(programme).handout == "round":
        return Budget.objects.filter(programme=programme, ended_on=None, from_date__lte=on).count()
    stays = Stay.objects.filter(unit__service__programme=programme, from_date__lte=on)
    return stays.exclude(until_date__lte=on).count()


def _places(programme: str, on: date) -> Places | None:
    services = list(Service.objects.filter(programme=programme, secret=False))
    if not services:
        return None
    found = staffing(services, on).values()
    return Places(
        recognised=_sum([one.recognised for one in found]),
        open=sum(one.open for one in found),
        staffed=_sum([one.staffed for one in found]),
    )


def _sum(counts: list[int | None]) -> int | None:
    """The sum, when each is known."""
    return None if None in counts else sum(one or 0 for one in counts)
