"""What a forecast rests on: the start, the plans' measures, and every uncertain number with its range."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext

from veerkracht.forecast.inputs import Uncertain
from veerkracht.forecast.show import units
from veerkracht.region import Measure, measures, stale
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.register.intensity.queries import closes_the_backlog
from veerkracht.web import words
from veerkracht.web.prose import prose
from veerkracht.web.views.forecast_headlines import Range

_LARGE = 10


@dataclass(frozen=True)
class MeasureRow:
    """A step of a measure with what it brings, as written and, when that is not certain, with its range.

    `is_first`: the first step of its measure, at which it is said what all of it rests on. `closes_backlog`: it closed
    the backlog of heavy care, of which a page tells.
    """

    measure: Measure
    amount: Range
    unit: str
    is_first: bool = True
    closes_backlog: bool = False


def rests_on(answer: Answer) -> dict[str, Any]:
    """For the part of the page under every tab."""
    both = [one for one in (answer.one, answer.against) if one]
    # Not the register's clock: how long ago we looked does not hang on the day of a demo.
    old = {one.name: one.still_valid_on for one in stale(answer.region, date.today())}
    found = assumptions(answer.one.parameters, old)
    return {
        "assumptions": found,
        "stale_count": sum(row["stale"] is not None for row in found),
        "measures_of": [(one.plan, measures_of(answer, one.plan.id)) for one in both],
        "rests_texts": answer.one.rests_on,
        "reading": [one for one in (prose("counting"), prose("forecast")) if one],
    }


def measures_of(answer: Answer, plan: str) -> list[MeasureRow]:
    """What the plan itself and those below it do during the forecast, step by step."""
    found = measures(answer.region, plan)
    during = [one for one in found if answer.one.start < one.from_ <= answer.one.end]
    firsts = {measure.of or measure.id: measure for measure in reversed(during)}
    return [
        replace(
            _row(one),
            is_first=firsts[one.of or one.id] is one,
            closes_backlog=closes_the_backlog([one.of or one.id]),
        )
        for one in during
    ]


def _row(measure: Measure) -> MeasureRow:
    assumed = measure.assumption
    ends = (assumed.low, assumed.high) if assumed else (None, None)
    if not measure.known:
        return MeasureRow(measure, Range(words.unknown()), "")
    if measure.kind == "money":
        amount = measure.amount_cents_per_year / 100
        return MeasureRow(measure, _range(amount, ends, _euro), gettext("a year"))
    if measure.number is None:
        return MeasureRow(measure, Range(gettext("a rule")), "")
    return MeasureRow(
        measure, _range(measure.number, ends, _plain), words.said(units.of_measure(measure.kind))
    )


def _range(value: float, ends: tuple[float | None, float | None], write: Any) -> Range:
    if None in ends or ends[0] == ends[1]:
        return Range(write(value))
    return Range(write(value), write(ends[0]), write(ends[1]))


def _euro(value: float) -> str:
    return words.money_short(round(value * 100))


def _plain(value: float) -> str:
    return words.number(value, 0 if value == round(value) else 1)


def assumptions(numbers: tuple[Uncertain, ...], old: Mapping[str, date]) -> list[dict[str, Any]]:
    """Every uncertain number that was drawn, with its range and what it rests on.

    `stale`: when it was last checked, for those that were checked too long ago (`old`, by name).
    """
    return [
        {
            "what": words.said(number.text) or number.id,
            "value": _written(number, number.value),
            "low": _written(number, number.low),
            "high": _written(number, number.high),
            "is_certain": number.low == number.high,
            "unit": "" if _is_share(number) else words.said(units.name(number.unit)),
            "rests_on": number,
            "stale": old.get(number.name),
        }
        for number in numbers
    ]


def _is_share(number: Uncertain) -> bool:
    return number.unit.startswith("share")


def _written(number: Uncertain, value: float) -> str:
    if _is_share(number):
        return words.percent(value, 1)
    return words.number(value, 0 if abs(value) >= _LARGE or value == round(value) else 2)
