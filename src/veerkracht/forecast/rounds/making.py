"""Makes a forecast: model, inputs, runs, result."""

import numpy as np

from veerkracht.forecast.arrays import Real
from veerkracht.forecast.experiment import USUAL, Experiment
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.many import check_size, interrupted
from veerkracht.forecast.plans import programme_under
from veerkracht.forecast.rounds import layout, model, sampling
from veerkracht.forecast.rounds.dated_rules import is_route
from veerkracht.forecast.rounds.model import Model
from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.rounds.runs import Raw, play_all
from veerkracht.forecast.rounds.start import Start
from veerkracht.region import Region
from veerkracht.rulebook.types import Programme, Text

_FLOWS = {"arrivals": layout.ARRIVED, "exits": layout.EXITED, "granted": layout.GRANTED}
_MONEY = {
    "used": layout.USED,
    "left": layout.LEFT_OVER,
    "freed": layout.FREED_YEAR,
    "growth": layout.GROWTH_YEAR,
    "paid": layout.PAID,
}

_SEED = Text(
    "{seed} kan geen startgetal zijn: verwacht werd 0 of meer.", "{seed} can't be a seed: expected 0 or more."
)


def run(
    region: Region,
    programme: str | Programme,
    plan_id: str,
    start: Start,
    how: Experiment = USUAL,
) -> Forecast:
    """Play a plan from a start.

    `programme`: the id of one of the region's programmes, or a draft; it is played with the rules that the plan
    changes. Raises `Fault` for what does not exist, and `ForecastFault` for what can't be played.
    """
    check_size(how.runs, how.workers)
    if how.seed < 0:
        raise ForecastFault(_SEED.fill(seed=str(how.seed)))
    asked = region.programme(programme) if isinstance(programme, str) else programme
    rules = programme_under(region, plan_id, asked)
    measures = sampling.plan_measures(region, plan_id, rules)
    played = model.build(rules, start, how.years)
    inputs = sampling.draw(played, start, measures, how.drawn)
    raw = play_all(played.requests, played.rules, inputs.of_run, how)
    return Forecast(
        region_id=region.id,
        region_name=region.name,
        programme=rules,
        plan=region.plan(plan_id),
        start=start.date,
        end=played.calendar.end,
        runs=raw.runs,
        seed=how.seed,
        records=played.calendar.records,
        rounds=played.calendar.rounds,
        values=_values(rules.id, played, raw, _persons(played, start, inputs.persons[: raw.runs])),
        ledger=raw.ledger,
        outcome=raw.outcome,
        list=played.table,
        parameters=inputs.used,
        measures=tuple(one for one in measures if start.first_new_money <= one.from_ <= played.calendar.end),
        rests_on=(*interrupted(raw.runs, how.runs), *start.rests_on, *_rests_on(played, start)),
    )


def _persons(played: Model, start: Start, drawn: Real) -> Real:
    """Persons for each request: counted where the list tells, else as drawn."""
    if not start.facts_known or played.table.is_empty():
        return drawn
    persons = played.table.get_column("person").n_unique() / played.table.height
    return np.full(drawn.shape, persons)


def _values(id: str, played: Model, raw: Raw, persons: Real) -> dict[str, Real]:
    groups = {pot.id: number for number, pot in enumerate(played.pots) if not is_route(pot)}
    routes = [number for number, pot in enumerate(played.pots) if is_route(pot)]
    waiting = {group: raw.counts[:, layout.WAITING, pot] for group, pot in groups.items()}
    total = np.sum(list(waiting.values()), axis=0)
    values = {f"{id}.waiting.total": total, f"{id}.waiting.persons": total * persons[:, None]}
    values |= {f"{id}.waiting.{group}": stock for group, stock in waiting.items()}
    for group, pot in groups.items():
        values[f"{id}.next-in-line.{group}"] = raw.counts[:, layout.NEXT_IN_LINE, pot]
    values[f"{id}.holders"] = raw.totals[:, layout.HOLDERS]
    for name, kind in _FLOWS.items():
        values |= {f"{id}.{name}.{group}": raw.counts[:, kind, pot] for group, pot in groups.items()}
    values[f"{id}.granted.route"] = raw.counts[:, layout.GRANTED][:, routes].sum(axis=1)
    values[f"{id}.granted.total"] = raw.counts[:, layout.GRANTED].sum(axis=1)
    for group, pot in groups.items():
        values[f"{id}.moves-in.{group}"] = raw.counts[:, layout.MOVED_IN, pot]
        values[f"{id}.moves-out.{group}"] = raw.counts[:, layout.MOVED_OUT, pot]
    values |= {f"{id}.money.{name}": raw.totals[:, kind] / 100 for name, kind in _MONEY.items()}
    return values


def _rests_on(played: Model, start: Start) -> tuple[Text, ...]:
    if not start.facts_known or not played.not_eligible:
        return ()
    count = played.not_eligible
    return (
        Text(
            f"{count} vragen op de lijst voldoen bij de eerste ronde niet aan alle voorwaarden. Ze blijven wachten "
            "tot een datum (zoals een verjaardag) dat verandert; andere feiten blijven zoals ze nu zijn.",
            f"{count} requests on the list do not meet all conditions in the first round. They keep waiting until "
            "a date (such as a birthday) changes that; other facts stay as they are now.",
        ),
    )
