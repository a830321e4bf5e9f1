"""Where one request stands at each home: in place, why, when its turn is likely, and what is still to be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from veerkracht.forecast.services import TurnRange
from veerkracht.register import clock
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import access, rules
from veerkracht.register.lists.models import STANDING, Entry
from veerkracht.register.lists.queries.columns import columns_of
from veerkracht.register.lists.queries.ranking import judged
from veerkracht.register.lists.turns import Part, Turnover, likely_turn, narrowed, rests_on_home, turnover
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service
from veerkracht.rulebook import home_lists
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.home_lists import Reason
from veerkracht.rulebook.home_rules import HomeRules
from veerkracht.rulebook.types import Text


@dataclass(frozen=True)
class AtHome:
    """A request at one home. `place`: 1 is first, `of` how many stand on that list; None for who takes no part now.

    `reasons`: by the home's own rules, about this request alone. `turn`: when it is likely; None when nothing is known.
    `fault`: why no place can be told; no text when one can. `fictitious`: the home's rules are an example. `rests_on`:
    whether the range rests mostly on this "home" itself or on what the "region" says of all; "" without a range.
    `free`: places for which this request counts that can be had now; None when it has no place or there are none such.
    """

    entry: Entry
    service: Service
    ward: Text
    place: int | None
    of: int
    reasons: tuple[Reason, ...]
    turn: TurnRange | None
    fault: Text
    order: Text
    fictitious: bool
    rests_on: str = ""
    free: int | None = None


@dataclass(frozen=True)
class Standing:
    """Where a request stands at each home, the most wanted first, as on a day. `meanwhile`: what to do until then."""

    request: Request
    on: date
    at: tuple[AtHome, ...]
    meanwhile: tuple[Text, ...]


def where_we_stand(actor: Actor, number: str) -> Standing:
    """For the person, who speaks for them and who may read the request with this number; the look is logged.

    A fixed number of queries for however many homes. No turn for who may not see when turns are likely. Raises
    `Refused` for anybody else.
    """
    request, visible, entries = access.entries_of(actor, number)
    on, found = clock.today(), [entry for entry in entries if entry.state in STANDING]
    services = [entry.service for entry in found]
    listed = columns_of(services, on)
    seen = turnover(services, on)
    at = [at_home(entry, listed[entry.service_id], seen.get(entry.service_id, []), on) for entry in found]
    if "turn" not in visible:
        at = [replace(one, turn=None, rests_on="") for one in at]
    return Standing(request, on, tuple(at), rules.lists().meanwhile)


def at_home(entry: Entry, listed: pl.DataFrame, parts: Sequence[Part], on: date) -> AtHome:
    """Where an entry stands on a home's list (`listed`), by that home's own rules. For who asked already."""
    service = entry.service
    try:
        own = rules.rules_of(service)
        found = judged(service, own, on, entry.ward, listed)
    except Invalid as fault:
        return AtHome(
            entry, service, Text(), None, listed.height, (), None, fault.text, Text(), fictitious=False
        )
    mine = found.filter(pl.col("id") == entry.pk)
    place, of = _place(found, own, on, entry.pk)
    order = home_lists.order_on(own, on)
    seen = _seen(entry, parts, mine, own, on) if place else None
    turn = likely_turn(place - 1, seen, order.by, on) if place else None
    return AtHome(
        entry=entry,
        service=service,
        ward=home_lists.ward_on(own, on, entry.ward).name if entry.ward else Text(),
        place=place,
        of=of,
        reasons=home_lists.reasons(mine.row(0, named=True), own, on, entry.ward) if mine.height else (),
        turn=turn,
        rests_on=_rests_on(turn, seen),
        free=seen.free if seen else None,
        fault=Text(),
        order=order.text,
        fictitious=own.fictitious,
    )


def _seen(
    entry: Entry, parts: Sequence[Part], mine: pl.DataFrame, own: HomeRules, on: date
) -> Turnover | None:
    """What the places saw for which an entry counts: of its ward, and with room for all who come together."""
    listed = [ward.id for ward in all_on(own.wards, on)]
    return narrowed(parts, entry.ward, listed, mine.item(0, "bundle_size"))


def _rests_on(turn: TurnRange | None, seen: Turnover | None) -> str:
    if turn is None or seen is None:
        return ""
    return "home" if rests_on_home(seen) else "region"


def _place(found: pl.DataFrame, own: HomeRules, on: date, id: int) -> tuple[int | None, int]:
    """The place of an entry among who takes part, and how many there are; who comes together counts as one."""
    in_order = home_lists.ranked(found, own, on)
    mine = in_order.filter(pl.col("id") == id)
    return (mine.item(0, "rank") if mine.height else None), in_order["rank"].n_unique()
