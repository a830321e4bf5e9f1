"""The inputs of every run: the programme's parameters and the plan's money, drawn once for each run."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from veerkracht.forecast.arrays import Real, Whole
from veerkracht.forecast.calendar import YEAR, Calendar
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import NINE_OF_TEN, Parameters, Uncertain, amounts, hazard, shares
from veerkracht.forecast.plans.numbers import CENTS, number_of
from veerkracht.forecast.rounds.dated_rules import FUTURE_ROUTES, is_route
from veerkracht.forecast.rounds.layout import ASKED_POT, COST, Inputs
from veerkracht.forecast.rounds.model import Model
from veerkracht.forecast.rounds.start import Start
from veerkracht.region import Measure, Region, plan_money
from veerkracht.rulebook.types import Programme, Text

_BY_POT = ("arrivals", "exit", "cost", "decline")  # the rows of `Inputs.by_pot`
_PLAIN = ("spread", "holder_exit", "holder_new", "take_up", "prices")

_NO_PROGRAMME = Text(
    "De maatregel {measure} van het plan {plan} is voor het programma “{programme}”, dat niet bestaat; "
    "er zijn: {there}.",
    "The measure {measure} of the plan {plan} is for the programme “{programme}”, which does not exist; "
    "there are: {there}.",
)
_NO_POT = Text(
    "De maatregel {measure} van het plan {plan} geeft geld aan “{to}”, dat {programme} niet heeft; "
    "het heeft: {there}.",
    "The measure {measure} of the plan {plan} gives money to “{to}”, which {programme} does not have; "
    "it has: {there}.",
)


@dataclass(frozen=True)
class Inputted:
    """`of_run`: one `Inputs` a run. `persons`: persons for each request on the list, one a run.

    `used`: the parameters that were read. `measures`: what the plan adds during the forecast.
    """

    of_run: tuple[Inputs, ...]
    persons: Real
    used: tuple[Uncertain, ...]
    measures: tuple[Measure, ...]


def plan_measures(region: Region, plan_id: str, programme: Programme) -> tuple[Measure, ...]:
    """The measures of a plan for a programme. Raises `Fault` for a plan, programme or pot that does not exist."""
    measures = plan_money(region, plan_id)
    known = {group.id for group in programme.groups} | {route.pot for route in programme.routes} | {""}
    for measure in measures:
        if measure.programme and measure.programme not in region.programmes:
            there = ", ".join(region.programmes)
            raise ForecastFault(
                _NO_PROGRAMME.fill(measure=measure.id, plan=plan_id, programme=measure.programme, there=there)
            )
        if measure.programme == programme.id and measure.to not in known:
            there = ", ".join(sorted(known - {""}))
            raise ForecastFault(
                _NO_POT.fill(
                    measure=measure.id, plan=plan_id, to=measure.to, programme=programme.id, there=there
                )
            )
    return tuple(measure for measure in measures if measure.programme == programme.id)


def draw(model: Model, start: Start, measures: tuple[Measure, ...], draws: Draws) -> Inputted:
    """Draw the inputs of all runs."""
    parameters = Parameters.of(model.programme, start.date)
    columns = _columns(model, parameters, start, draws)
    recurrent, once = _money(model, start, measures, draws)
    holder_cost = _holder_cost(parameters, start, draws)
    came_free = _came_free(start, holder_cost, columns["holder_exit"])
    persons = shares(draws.of(parameters.get("persons.per-request", 1.0)))
    of_run = tuple(
        Inputs(
            by_pot=np.stack([columns[name][run] for name in _BY_POT]),
            move=columns["move"][run],
            reached=columns["reached"][run],
            money=np.stack([recurrent[run], once[run]]),
            **{name: float(columns[name][run]) for name in _PLAIN},
            holders=start.holders,
            starting=start.starting,
            holder_cost=int(holder_cost[run]),
            free=start.money_free_cents + int(came_free[run]),
        )
        for run in range(draws.runs)
    )
    return Inputted(of_run, persons, tuple(parameters.used.values()), measures)


def _columns(model: Model, parameters: Parameters, start: Start, draws: Draws) -> dict[str, Real]:
    """Every drawn input as an array whose first axis is the run."""

    def drawn(id: str, otherwise: float) -> Real:
        return draws.of(parameters.get(id, otherwise))

    return {
        "arrivals": _arrivals(model, parameters, draws),
        "reached": _reached(model, parameters, draws),
        "exit": _by_pot(model, lambda pot: hazard(shares(drawn(f"exit.{pot}", 0.0))), draws.runs),
        "decline": _by_pot(model, lambda pot: shares(drawn(f"decline.{pot}", 0.0)), draws.runs),
        "move": _moves(model, parameters, draws),
        "cost": _costs(model, parameters, draws),
        "spread": amounts(drawn("cost.spread", 0.0)),
        "holder_exit": hazard(shares(drawn("holder.exit", 0.0))),
        "holder_new": shares(drawn("holder.new", 1.0)),
        "take_up": amounts(drawn("take-up.months", 0.0)) / 12,
        "prices": np.maximum(drawn("index.point", 0.0), -0.5),
    }


def _by_pot(model: Model, of_group: Callable[[str], Real], runs: int) -> Real:
    """[runs, P]: a number for each group, 0 for routes."""
    columns = [of_group(pot.id) if not is_route(pot) else np.zeros(runs) for pot in model.pots]
    return np.array(np.stack(columns, axis=1), order="C")


def _arrivals(model: Model, parameters: Parameters, draws: Draws) -> Real:
    """Requests a year in each group, and grants a year outside the queue, for all routes together."""
    rates = _by_pot(model, lambda pot: amounts(draws.of(parameters.need(f"arrivals.{pot}"))), draws.runs)
    rates[:, _future(model)] = amounts(draws.of(parameters.get("arrivals.route", 0.0)))
    return rates


def _reached(model: Model, parameters: Parameters, draws: Draws) -> Real:
    """Years' worth of arrivals by the end of each year since the start: [runs, P, Y]. They grow, and years differ."""
    growth = np.maximum(draws.of(parameters.get("arrivals.growth", 0.0)), -0.5)
    years = model.calendar.years + 2  # the first may begin before the start, the last be cut off by the end
    # Of a year that begins on a day, most lies in the calendar year of half a year later.
    first = (model.calendar.start + timedelta(days=183)).year
    paces = np.empty((draws.runs, len(model.pots), years))
    for number, pot in enumerate(model.pots):
        spread = amounts(draws.of(_variation(parameters, pot.id)))
        for year in range(years):
            paces[:, number, year] = _mean_growth(growth, year)
        if spread.any():
            off = _off_the_usual(model.programme, pot.id, first + years, parameters, draws)
            for year in range(years):
                paces[:, number, year] *= np.exp(spread * off[first + year] - 0.5 * spread**2)
    return np.asarray(np.cumsum(paces, axis=2))


def _off_the_usual(
    programme: Programme, pot: str, until: int, parameters: Parameters, draws: Draws
) -> dict[int, Real]:
    """How far each calendar year lies from the usual, in standard deviations, since the programme began.

    A year keeps a part of the one before it (a stationary autoregression), so that what calibration finds of the last
    years holds on for a while in the next.
    """
    memory = shares(draws.of(parameters.get("variation.memory", 0.0)))
    off: dict[int, Real] = {}
    for year in range(programme.begins.year, until):
        shock = draws.of(Uncertain(f"year-{year}.{pot}", 0.0, -NINE_OF_TEN, NINE_OF_TEN, owner=programme.id))
        kept = memory if year - 1 in off else np.zeros(draws.runs)
        off[year] = kept * off.get(year - 1, 0.0) + np.sqrt(1.0 - kept**2) * shock
    return off


def _variation(parameters: Parameters, pot: str) -> Uncertain:
    """How far the arrivals of a year lie from the usual: of a pot, else of all."""
    own = f"variation.{pot}"
    return parameters.need(own) if parameters.has(own) else parameters.get("variation", 0.0)


def _mean_growth(growth: Real, year: int) -> Real:
    """The mean over a year of what has grown at a rate since the start."""
    steady = np.abs(growth) < 1e-9
    safe = np.where(steady, 1.0, growth)
    return np.where(steady, 1.0, (1.0 + safe) ** year * safe / np.log1p(safe))


def _costs(model: Model, parameters: Parameters, draws: Draws) -> Real:
    """Cents a year of a grant in each pot."""
    means = _by_pot(model, lambda pot: amounts(draws.of(parameters.need(f"cost.{pot}"))), draws.runs)
    routes = [number for number, pot in enumerate(model.pots) if is_route(pot)]
    unknown = np.isin(model.requests.of[ASKED_POT], routes) & (model.requests.of[COST] < 0)
    if parameters.has("arrivals.route") or unknown.any():
        means[:, routes] = amounts(draws.of(parameters.need("cost.route")))[:, None]
    return means * CENTS


def _holder_cost(parameters: Parameters, start: Start, draws: Draws) -> Whole:
    """Cents a year of all who hold a budget at the start."""
    if start.holder_cost_cents is not None or start.holders == 0:
        return np.full(draws.runs, start.holder_cost_cents or 0, np.int64)
    mean = amounts(draws.of(parameters.need("cost.holder")))
    return np.round(mean * start.holders * CENTS).astype(np.int64)


def _came_free(start: Start, holder_cost: Whole, leaving: Real) -> Whole:
    """Cents that came free between the last round and the start, where the start does not know them."""
    if start.last_round is None:
        return np.zeros_like(holder_cost)
    years = (start.date - start.last_round).days / YEAR
    return np.round(holder_cost * leaving * years).astype(np.int64)


def _moves(model: Model, parameters: Parameters, draws: Draws) -> Real:
    """Hazards a year of going from a group to another: [runs, P, P]."""
    moves = np.zeros((draws.runs, len(model.pots), len(model.pots)))
    for one, from_ in enumerate(model.pots):
        for other, to in enumerate(model.pots):
            id = f"move.{from_.id}.{to.id}"
            if parameters.has(id):
                moves[:, one, other] = hazard(shares(draws.of(parameters.need(id))))
    return moves


def _future(model: Model) -> int:
    return next(number for number, pot in enumerate(model.pots) if pot.id == FUTURE_ROUTES)


def _money(model: Model, start: Start, measures: tuple[Measure, ...], draws: Draws) -> tuple[Whole, Whole]:
    """New money of each run by round and pot, in cents: recurrent, and one-off. [runs, R, P + 1] each."""
    shape = (draws.runs, len(model.calendar.rounds), len(model.pots) + 1)
    recurrent, once = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    numbers = {pot.id: number for number, pot in enumerate(model.pots)}
    for measure in measures:
        cents = _amounts(measure, draws)
        # Money for a route is in common: routes are served first, out of what is in common.
        column = numbers.get(measure.to, len(model.pots))
        if measure.from_ >= start.first_new_money:
            _add(recurrent if measure.recurrent else once, model.calendar, measure.from_, column, cents)
        if measure.recurrent and measure.until is not None and measure.until > start.date:
            _add(recurrent, model.calendar, measure.until, column, -cents)
    return recurrent, once


def _add(money: Whole, days: Calendar, on: date, column: int, cents: Whole) -> None:
    turn = days.first_round(on)
    if turn is not None:
        money[:, turn, column] += cents


def amount_of(measure: Measure) -> Uncertain | None:
    """Euro a year of a measure with its range; None for money that is certain, and for what isn't money."""
    assumed = measure.assumption
    if measure.kind != "money" or assumed is None or assumed.low is None or assumed.high is None:
        return None
    return number_of(measure)


def _amounts(measure: Measure, draws: Draws) -> Whole:
    """Cents of a measure in each run."""
    amount = amount_of(measure)
    if amount is None:
        return np.full(draws.runs, measure.amount_cents_per_year, np.int64)
    return np.round(draws.of(amount) * CENTS).astype(np.int64)
