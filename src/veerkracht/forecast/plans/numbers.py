"""The number of a measure with its range, as every part of the forecast draws it."""

from veerkracht.forecast.inputs import MEASURE, Uncertain
from veerkracht.region import Measure

CENTS = 100  # in a euro
_UNITS = {"money": "euro", "pay": "percent", "training": "places a year"}


def number_of(measure: Measure) -> Uncertain:
    """What a measure adds, in the unit of its kind (money in euro), with its range.

    Measures that rest on the same assumption have the same name: they go up and down together. The number of a
    measure whose number is unknown is 0.
    """
    value = measure.amount_cents_per_year / CENTS if measure.kind == "money" else measure.number or 0.0
    assumed = measure.assumption
    low, high = (assumed.low, assumed.high) if assumed else (None, None)
    return Uncertain(
        MEASURE + (assumed.why.en if assumed else measure.id),
        value,
        value if low is None else min(low, value),
        value if high is None else max(high, value),
        _UNITS.get(measure.kind, measure.kind),
        measure.name,
        measure.source,
        assumed,
    )
