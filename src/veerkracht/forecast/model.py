"""Puts a programme, a plan and a start together into what the compiled engine plays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import polars as pl

from veerkracht.forecast import layout
from veerkracht.forecast.calendar import Calendar, calendar, day_number
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.layout import Flags, Requests, Rules, Whole
from veerkracht.forecast.start import Start
from veerkracht.rulebook import cost as rule_cost
from veerkracht.rulebook import rounds, sharing
from veerkracht.rulebook.conditions import eligible
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.order import key_columns, order_on, positions
from veerkracht.rulebook.partials import share
from veerkracht.rulebook.pots import Pot, pot_of, pots
from veerkracht.rulebook.tables import WAITING
from veerkracht.rulebook.types import Order, Partial, Programme, Split, Text

# The pot of grants outside the queue that are still to come; which route each takes is not known beforehand.
FUTURE_ROUTES = "route"
_KEY_KINDS = {"priority_group": layout.GROUP_KEY, "priority_date": layout.DATE_KEY, "id": layout.ID_KEY}


@dataclass(frozen=True)
class Model:
    """`pots`: in the sequence in which they are served. `table`: the list in its order, as `requests`."""

    programme: Programme
    calendar: Calendar
    pots: tuple[Pot, ...]
    requests: Requests
    rules: Rules
    table: pl.DataFrame
    not_eligible: int


def build(programme: Programme, start: Start, years: int) -> Model:
    """The model of a programme from a start. Raises `ForecastFault` when it can't be played."""
    days = calendar(programme, start.date, years)
    if not days.rounds:
        raise ForecastFault(f"There is no round of {programme.id} between {days.start} and {days.end}.")
    table = _waiting(start, programme)
    sequence = _sequence(programme, days, table)
    table = _in_order(table, programme, sequence, start.date)
    versions, version = _orders(programme, days)
    requests = _requests(table, programme, days, sequence, versions, start)
    rules = _rules(table, programme, days, sequence, versions, version)
    rules = rules._replace(since=day_number(start.last_round or start.date))
    meets = requests.eligible[:, 0] if table.height else np.ones(0, np.bool_)
    return Model(programme, days, sequence, requests, rules, table, int((~meets).sum()))


def _waiting(start: Start, programme: Programme) -> pl.DataFrame:
    table = start.waiting
    if "state" in table.columns:
        table = table.filter(pl.col("state") == WAITING)
    names = [pot.id for pot in pots(programme, start.date)]
    in_pot = pot_of(table, programme, start.date)
    named = in_pot.replace_strict(list(range(len(names))), names, return_dtype=pl.String, default=None)
    return table.with_columns(named.alias("pot_id")).filter(pl.col("pot_id").is_not_null())


def _sequence(programme: Programme, days: Calendar, table: pl.DataFrame) -> tuple[Pot, ...]:
    """The pots in which someone waits or will wait, in the sequence in which they are served."""
    now = pots(programme, days.start)
    used = set(table.get_column("pot_id").unique().to_list())
    routes = [pot for pot in now if pot.route and pot.id in used]
    coming = Pot(FUTURE_ROUTES, Text("Buiten de wachtrij", "Outside the queue"))
    groups = [pot for pot in now if not pot.route]
    return tuple(rounds.sequence_of((*routes, coming, *groups), _splits(programme, days)[0]))


def _splits(programme: Programme, days: Calendar) -> list[Split]:
    splits = [rounds.split_on(programme, day) for day in days.rounds]
    if len({split.routes_first for split in splits}) > 1:
        raise ForecastFault(
            f"{programme.id} changes during the forecast whether routes go first: that can't be played yet."
        )
    return splits


def _in_order(table: pl.DataFrame, programme: Programme, sequence: tuple[Pot, ...], on: date) -> pl.DataFrame:
    table = table[positions(table, programme, on)]
    numbers = {pot.id: number for number, pot in enumerate(sequence)}
    return table.with_columns(pl.col("pot_id").replace_strict(numbers, return_dtype=pl.Int64).alias("pot"))


def _orders(programme: Programme, days: Calendar) -> tuple[list[tuple[Order, date]], Whole]:
    """Each order that holds during the forecast with its first round, and which holds in each round."""
    found: list[tuple[Order, date]] = []
    version = np.zeros(len(days.rounds), np.int64)
    for turn, day in enumerate(days.rounds):
        order = order_on(programme, day)
        if not found or found[-1][0] != order:
            found.append((order, day))
        version[turn] = len(found) - 1
    return found, version


def _requests(
    table: pl.DataFrame,
    programme: Programme,
    days: Calendar,
    sequence: tuple[Pot, ...],
    versions: list[tuple[Order, date]],
    start: Start,
) -> Requests:
    mates, mates_from, mates_until = _mates(table)
    full = rule_cost.full_cost(table, programme, start.date).fill_null(-1).to_numpy()
    kind = table.get_column("kind")
    has_none = kind == "first" if "first" in programme.kinds else kind.is_not_null()
    return Requests(
        id=_whole(table, "id"),
        bundle=_whole(table, "bundle"),
        pot=_whole(table, "pot"),
        date=_days(table, "priority_date", days),
        cost=np.ascontiguousarray(full, np.int64),
        part_cost=_part_cost(table, programme, days),
        first=np.ascontiguousarray(has_none.fill_null(value=True).to_numpy(), np.bool_),
        keys=_keys(table, programme, versions),
        eligible=_by_round(
            table, days, lambda on: eligible(table, programme, on) if start.facts_known else None
        ),
        part=_by_round(table, days, lambda on: _may_have_part(table, programme, on)),
        mates=mates,
        mates_from=mates_from,
        mates_until=mates_until,
    )


def _whole(table: pl.DataFrame, name: str) -> Whole:
    return np.ascontiguousarray(table.get_column(name).to_numpy(), np.int64)


def _days(table: pl.DataFrame, name: str, days: Calendar) -> Whole:
    numbers = table.get_column(name).cast(pl.Int32).cast(pl.Int64).fill_null(day_number(days.start))
    return np.ascontiguousarray(numbers.to_numpy(), np.int64)


def _part_cost(table: pl.DataFrame, programme: Programme, days: Calendar) -> Whole:
    """What the rulebook says that the part costs, where a part is given at the start."""
    part = share(table, programme, days.start).to_numpy()
    cents = rule_cost.cost(table, programme, days.start).fill_null(-1).to_numpy()
    return np.ascontiguousarray(np.where((part > 0.0) & (part < 1.0), cents, -1), np.int64)


def _may_have_part(table: pl.DataFrame, programme: Programme, on: date) -> pl.Series | None:
    if not all_on(programme.partials, on):
        return None
    part = share(table, programme, on)
    return (part > 0.0) & (part < 1.0)


def _by_round(table: pl.DataFrame, days: Calendar, rule: Callable[[date], pl.Series | None]) -> Flags:
    """A rule on every round: bool[n, R]; a rule that says None says yes to all."""
    columns = [rule(on) for on in days.rounds]
    everyone = np.ones(table.height, np.bool_)
    return np.ascontiguousarray(
        np.stack([everyone if column is None else column.to_numpy() for column in columns], axis=1), np.bool_
    )


def _mates(table: pl.DataFrame) -> tuple[Whole, Whole, Whole]:
    """Rows by bundle, and for each row where its bundle begins and ends."""
    bundle = _whole(table, "bundle")
    by_bundle = np.argsort(bundle, kind="stable").astype(np.int64)
    ordered = bundle[by_bundle]
    return (
        by_bundle,
        np.searchsorted(ordered, bundle, side="left").astype(np.int64),
        np.searchsorted(ordered, bundle, side="right").astype(np.int64),
    )


def _keys(table: pl.DataFrame, programme: Programme, versions: list[tuple[Order, date]]) -> Whole:
    longest = max(len(order.by) for order, _ in versions)
    keys = np.zeros((len(versions), table.height, longest), np.int64)
    for number, (order, first) in enumerate(versions):
        keys[number, :, : len(order.by)] = key_columns(table, programme, first)
    return keys


def _rules(
    table: pl.DataFrame,
    programme: Programme,
    days: Calendar,
    sequence: tuple[Pot, ...],
    versions: list[tuple[Order, date]],
    version: Whole,
) -> Rules:
    splits = _splits(programme, days)
    part_share, part_full, part_stays, part_new = _partials(table, programme, days, sequence)
    kinds, signs = _key_forms(versions)
    donors, donors_from = _donors(table, sequence)
    records = days.records
    return Rules(
        start=day_number(days.start),
        end=day_number(days.end),
        since=day_number(days.start),
        round_day=np.array([day_number(day) for day in days.rounds], np.int64),
        record_day=np.array([day_number(day) for day in records], np.int64),
        new_year=_new_years(records),
        index_steps=np.array([day.year - days.start.year for day in days.rounds], np.int64),
        record_steps=np.array([day.year - days.start.year for day in records], np.int64),
        kinds=np.array([sharing.ROUTE if is_route(pot) else sharing.GROUP for pot in sequence], np.int64),
        group=np.array([_group_number(pot) for pot in sequence], np.int64),
        open=np.array([[_is_open(pot, day) for pot in sequence] for day in days.rounds], np.bool_),
        lasts=np.array([_lasts(pot) for pot in sequence]),
        by_key=np.array([split.method == "key" for split in splits], np.bool_),
        else_by_key=np.array([bool(split.key) for split in splits], np.bool_),
        overflow=np.array([split.overflow == "down" for split in splits], np.bool_),
        strict=np.array([split.strict for split in splits], np.bool_),
        shares=np.stack([_shares(sequence, split) for split in splits]),
        part_share=part_share,
        part_full=part_full,
        part_stays=part_stays,
        part_new=part_new,
        version=version,
        key_kind=kinds,
        key_sign=signs,
        donors=donors,
        donors_from=donors_from,
    )


def is_route(pot: Pot) -> bool:
    """Whether a pot is for grants outside the queue."""
    return pot.route is not None or pot.id == FUTURE_ROUTES


def _group_number(pot: Pot) -> int:
    if is_route(pot):
        return 0
    return pot.group.number if pot.group else 1


def _is_open(pot: Pot, on: date) -> bool:
    return pot.route is None or pot.route.holds(on) or pot.route.until is None


def _lasts(pot: Pot) -> float:
    route = pot.route
    if route is None or route.definitive or not (route.months or route.weeks):
        return float("inf")
    return route.months / 12 if route.months else (route.weeks or 0) * 7 / 365.25


def _shares(sequence: tuple[Pot, ...], split: Split) -> Whole:
    """The rulebook's shares, none for grants outside the queue."""
    known = rounds.key_shares(tuple(pot for pot in sequence if not is_route(pot)), split)
    result = np.zeros(len(sequence), np.int64)
    result[[number for number, pot in enumerate(sequence) if not is_route(pot)]] = known
    return result


def _new_years(records: tuple[date, ...]) -> Flags:
    """Whether the next record date lies in another year."""
    changes = [one.year != other.year for one, other in pairwise(records)]
    return np.array([*changes, True], np.bool_)


def _key_forms(versions: list[tuple[Order, date]]) -> tuple[Whole, Whole]:
    longest = max(len(order.by) for order, _ in versions)
    kinds = np.full((len(versions), longest), layout.FACT, np.int64)
    signs = np.ones((len(versions), longest), np.int64)
    for number, (order, _) in enumerate(versions):
        for column, key in enumerate(order.by):
            kinds[number, column] = _KEY_KINDS.get(key.removeprefix("-"), layout.FACT)
            signs[number, column] = -1 if key.startswith("-") else 1
    return kinds, signs


def _donors(table: pl.DataFrame, sequence: tuple[Pot, ...]) -> tuple[Whole, Whole]:
    """Rows of the list by pot, whose unchanging facts new requests of that pot take over."""
    pot = _whole(table, "pot")
    rows = np.argsort(pot, kind="stable").astype(np.int64)
    return rows, np.searchsorted(pot[rows], np.arange(len(sequence) + 1)).astype(np.int64)


def _partials(
    table: pl.DataFrame, programme: Programme, days: Calendar, sequence: tuple[Pot, ...]
) -> tuple[np.ndarray, Flags, Flags, Flags]:
    shape = (len(days.rounds), len(sequence))
    part, full = np.ones(shape), np.zeros(shape, np.bool_)
    stays, new = np.zeros(shape, np.bool_), np.zeros(shape, np.bool_)
    for turn, on in enumerate(days.rounds):
        for partial in all_on(programme.partials, on):
            for pot, at in enumerate(sequence):
                if at.id == partial.group:
                    part[turn, pot], full[turn, pot] = partial.share, partial.others == "full"
                    stays[turn, pot] = partial.stays_waiting
                    new[turn, pot] = _newcomer_may(table, programme, partial, on)
    return part, full, stays, new


def _newcomer_may(table: pl.DataFrame, programme: Programme, partial: Partial, on: date) -> bool:
    """Whether a request that came in on a day may be granted a part: a request of the list, as if it were new."""
    group = next(group.number for group in programme.groups if group.id == partial.group)
    if table.is_empty():
        return False
    newcomer = table.head(1).with_columns(
        pl.lit(group, pl.Int64).alias("priority_group"),
        pl.lit("").alias("route"),
        pl.lit(on).alias("priority_date"),
        pl.lit(on).alias("request_date"),
        pl.lit(value=False).alias("partial"),
    )
    return 0.0 < float(share(newcomer, programme, on).item()) < 1.0
