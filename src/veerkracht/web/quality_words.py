"""What a figure of quality, its verdict and a change say in words, in the language of the page."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext, gettext_lazy, pgettext

from veerkracht.region.quality import HIGHER, LOWER, MEAN, PROPORTION, RATE, Indicator
from veerkracht.register.quality.change import (
    BETTER,
    BROKEN,
    CHANGED,
    HIDDEN,
    NOTHING_AFTER,
    NOTHING_BEFORE,
    TOO_FEW,
    UNCLEAR,
    WORSE,
    Change,
)
from veerkracht.register.quality.intervals import Interval
from veerkracht.web import words

VERDICTS = {
    "": gettext_lazy("not compared"),
    "within": gettext_lazy("as chance explains"),
    "low": gettext_lazy("lower than 95 of 100 by chance"),
    "high": gettext_lazy("higher than 95 of 100 by chance"),
    "very-low": gettext_lazy("clearly lower than the others"),
    "very-high": gettext_lazy("clearly higher than the others"),
}
# Only what stands out has a colour, and only where the direction says that it is no good.
_WARN, _PLAIN, _GOOD = "warn", "plain", ""
CHANGES = {
    BETTER: gettext_lazy("got better"),
    WORSE: gettext_lazy("got worse"),
    CHANGED: gettext_lazy("has changed"),
    UNCLEAR: gettext_lazy("can’t be told from chance"),
    NOTHING_BEFORE: gettext_lazy("nothing measured before it began"),
    NOTHING_AFTER: gettext_lazy("no whole period measured since it began"),
    BROKEN: gettext_lazy("the series breaks in between: before and after can’t be compared"),
    TOO_FEW: gettext_lazy("too few people were counted"),
    HIDDEN: gettext_lazy("the counts are too small to be shown"),
}
CHANGE_TAGS = {BETTER: "", WORSE: "bad"}
DIRECTIONS = {
    LOWER: gettext_lazy("lower is better"),
    HIGHER: gettext_lazy("higher is better"),
    "neither": gettext_lazy("neither higher nor lower is better"),
}


def chart_kind(indicator: Indicator) -> str:
    """How a chart writes the values of an indicator."""
    return "percent" if indicator.kind == PROPORTION else "decimal"


def scaled(indicator: Indicator, value: float) -> float:
    """A value in the unit in which it is shown: a rate per so many."""
    return value * indicator.per


def figure(indicator: Indicator, value: float | None) -> str:
    """A share in per cent, a rate per so many, a mean as it is."""
    if value is None:
        return words.unknown()
    if indicator.kind == PROPORTION:
        return words.percent(value, 1)
    shown = words.number(scaled(indicator, value), 1)
    if indicator.kind == RATE and indicator.per > 1:
        return gettext("%(number)s per %(per)s") % {"number": shown, "per": words.number(indicator.per)}
    return shown


def between(indicator: Indicator, interval: Interval | None) -> str:
    """An interval in the unit of its figure."""
    if interval is None:
        return words.unknown()
    if indicator.kind == MEAN and interval.high == float("inf"):
        return gettext("not known")
    low, high = figure(indicator, interval.low), figure(indicator, interval.high)
    return pgettext("interval", "%(low)s to %(high)s") % {"low": low, "high": high}


def count(value: float) -> str:
    """How many, or a sum of scores."""
    exact = Decimal(str(value))
    return words.number(exact, 0 if exact == exact.to_integral_value() else 1)


def period(indicator: Indicator, begins: date) -> str:
    """“2023”, “second half of 2023” or “fourth quarter of 2023”."""
    if indicator.period == "year":
        return str(begins.year)
    values = {"year": begins.year}
    if indicator.period == "half-year":
        name = gettext("first half of %(year)s") if begins.month == 1 else gettext("second half of %(year)s")
        return name % values
    return gettext("quarter %(number)s of %(year)s") % {"number": (begins.month + 2) // 3, **values}


def verdict_tag(indicator: Indicator, verdict: str) -> str:
    """The colour of a verdict: a warning only for who clearly stands out on the side that is not wished."""
    if not verdict.startswith("very-"):
        return _PLAIN
    unwished = {LOWER: "very-high", HIGHER: "very-low"}.get(indicator.direction)
    return _WARN if verdict == unwished else _GOOD if unwished else _PLAIN


def told(indicator: Indicator, change: Change) -> str:
    """A change in a sentence: from what to what, the difference with its interval, and what that means."""
    if change.difference is None or change.before is None or change.after is None:
        return str(CHANGES[change.said])
    points = indicator.kind == PROPORTION
    low, high = change.difference.interval.low, change.difference.interval.high
    values = {
        "before": figure(indicator, change.before.value),
        "after": figure(indicator, change.after.value),
        "change": _signed(indicator, change.difference.change),
        "low": _signed(indicator, low),
        "high": _signed(indicator, high),
        "said": CHANGES[change.said],
    }
    if points:
        return (
            gettext(
                "From %(before)s to %(after)s: %(change)s points (95%% interval %(low)s to %(high)s): %(said)s."
            )
            % values
        )
    return (
        gettext("From %(before)s to %(after)s: %(change)s (95%% interval %(low)s to %(high)s): %(said)s.")
        % values
    )


def _signed(indicator: Indicator, difference: float) -> str:
    scale = 100 if indicator.kind == PROPORTION else indicator.per
    shown = words.number(difference * scale, 1)
    return f"+{shown}" if difference > 0 else shown
