"""Puts a programme and a start together into what the compiled engine plays."""

from dataclasses import dataclass

import polars as pl

from veerkracht.forecast.calendar import Calendar, calendar, day_number
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.rounds.dated_rules import FUTURE_ROUTES, OUTSIDE, orders_of, rules_of, splits_of
from veerkracht.forecast.rounds.layout import ELIGIBLE, Requests, Rules
from veerkracht.forecast.rounds.listing import listed, requests_of
from veerkracht.forecast.rounds.start import Start
from veerkracht.rulebook import rounds
from veerkracht.rulebook.pots import Pot, pots
from veerkracht.rulebook.types import Programme, Text

_NO_ROUND = Text(
    "Tussen {start} en {end} is er geen ronde van {programme}.",
    "There is no round of {programme} between {start} and {end}.",
)


@dataclass(frozen=True)
class Model:
    """`pots`: in the sequence in which they are served. `table`: the list in its order, as `requests`.

    `not_eligible`: how many of the list take no part in the first round.
    """

    programme: Programme
    calendar: Calendar
    pots: tuple[Pot, ...]
    requests: Requests
    rules: Rules
    table: pl.DataFrame

    @property
    def not_eligible(self) -> int:
        return int((~self.requests.may[ELIGIBLE, :, 0]).sum())


def build(programme: Programme, start: Start, years: int) -> Model:
    """The model of a programme from a start. Raises `ForecastFault` when it can't be played."""
    days = calendar(programme, start.date, years)
    if not days.rounds:
        raise ForecastFault(_NO_ROUND.fill(programme=programme.id, start=days.start, end=days.end))
    table = listed(start, programme, days)
    sequence = _sequence(programme, days, table)
    numbers = {pot.id: number for number, pot in enumerate(sequence)}
    table = table.with_columns(pl.col("pot_id").replace_strict(numbers, return_dtype=pl.Int64).alias("pot"))
    versions, version = orders_of(programme, days)
    requests = requests_of(table, programme, days, versions, facts_known=start.facts_known)
    rules = rules_of(table, programme, days, sequence, versions, version)
    rules = rules._replace(since=day_number(start.last_round or start.date))
    return Model(programme, days, sequence, requests, rules, table)


def _sequence(programme: Programme, days: Calendar, table: pl.DataFrame) -> tuple[Pot, ...]:
    """The pots in which someone waits or will wait, in the sequence in which they are served."""
    used = set(table.get_column("pot_id").unique().to_list())
    known = {pot.id: pot for day in (days.start, *days.rounds) for pot in pots(programme, day)}
    routes = [pot for pot in known.values() if pot.route and pot.id in used]
    coming = Pot(FUTURE_ROUTES, OUTSIDE)
    groups = [pot for pot in known.values() if not pot.route]
    split = splits_of(programme, days)[0]
    in_sequence = rounds.sequence_of((*routes, *groups), split)
    after = len(routes) if split.routes_first else len(in_sequence)
    return (*in_sequence[:after], coming, *in_sequence[after:])
