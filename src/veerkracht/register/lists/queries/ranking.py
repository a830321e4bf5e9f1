"""Who is next at a home: its waiting list by its own rules, whole bundles only, with the reasons for each."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import rules
from veerkracht.register.lists.queries.columns import columns
from veerkracht.register.supply.models import Service
from veerkracht.rulebook import home_lists
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.home_lists import Reason
from veerkracht.rulebook.home_rules import HomeRules
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class Ranked:
    """An entry that may be offered a place. Who comes together has one `rank` and one `bundle`: whole or not at all.

    `reasons`: why it stands there, by the rules of the home, about this entry alone.
    """

    entry_id: int
    request_id: int
    bundle: int
    rank: int
    points: int
    reasons: tuple[Reason, ...]


def ranked(service: Service, *, ward: str = "", on: date | None = None) -> list[Ranked]:
    """Who waits at a home and may come on a day (today), the first first; for a `ward` only who may come there.

    For whoever asked already: it opens no gate. Raises `Invalid` for a home without rules that hold on that day.
    """
    on = on or clock.today()
    own = rules.rules_of(service)
    in_order = home_lists.ranked(judged(service, own, on, ward), own, on)
    return [
        Ranked(
            entry_id=row["id"],
            request_id=row["request"],
            bundle=row["bundle"],
            rank=row["rank"],
            points=row["points"],
            reasons=home_lists.reasons(row, own, on, ward),
        )
        for row in in_order.iter_rows(named=True)
    ]


def judged(
    service: Service, own: HomeRules, on: date, ward: str = "", listed: pl.DataFrame | None = None
) -> pl.DataFrame:
    """A home's list (`listed`, when it was read before) with what its rules make of each row.

    Raises `Invalid` for a ward or a day without rules.
    """
    rules.check_ward(service, ward, on)
    try:
        home_lists.order_on(own, on)
    except DateFault as fault:
        raise Invalid(
            Text(
                nl=f"Op {on:%d-%m-%Y} gelden voor {service.name} geen regels voor de lijst.",
                en=f"No rules for the list of {service.name} hold on {on:%d-%m-%Y}.",
            ),
            "on",
        ) from fault
    return home_lists.judged(columns(service, on) if listed is None else listed, own, on, ward)
