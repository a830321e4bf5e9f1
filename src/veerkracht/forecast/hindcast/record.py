"""What the scores of forecasts of the past mean, in plain sentences, good or bad."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from veerkracht.forecast.known import DECIDED, KNOWN
from veerkracht.rulebook.types import Text

VARIANTS: Mapping[str, Text] = {
    KNOWN: Text("Met wat toen bekend was", "With what was known then"),
    DECIDED: Text("Met wat later echt beslist is", "With what was really decided later"),
}
COVERED = Text("{inside} van {points}", "{inside} of {points}")
_FEW = 5
_SMALLER = Text(
    "De fout is {same} % kleiner dan met “alles blijft zoals het is”, en {trend} % kleiner dan met “dezelfde trend”.",
    "The error is {same}% smaller than with “everything stays the same”, and {trend}% smaller than with “same trend”.",
)
_BEATS = Text(
    "Beter dan “{one}”, maar niet beter dan “{other}”.", "Better than “{one}”, but not better than “{other}”."
)
_LOSES = Text(
    "Niet beter dan “alles blijft zoals het is”, en niet beter dan “dezelfde trend”.",
    "Not better than “everything stays the same”, and not better than “same trend”.",
)
_SAME = Text("alles blijft zoals het is", "everything stays the same")
_TREND = Text("dezelfde trend", "same trend")
_THAN_OTHERS = Text(
    "De fout is {less} % kleiner dan die van de raming van anderen.",
    "The error is {less}% smaller than that of the forecast of others.",
)
_NOT_OTHERS = Text("Niet beter dan de raming van anderen.", "Not better than the forecast of others.")
_FEW_POINTS = Text(
    "Er zijn maar {points} cijfers om mee te vergelijken: te weinig om veel te zeggen.",
    "There are only {points} figures to compare with: too few to say much.",
)
_ONE_POINT = Text(
    "Er is maar één cijfer om mee te vergelijken: te weinig om veel te zeggen.",
    "There is only one figure to compare with: too few to say much.",
)
_AS_SAID = Text(
    "{inside} van de {points} cijfers lagen in de marge van 8 kansen op 10: ongeveer zoals het hoort.",
    "{inside} of the {points} figures lay in the range of 8 chances in 10: about as it should be.",
)
_NARROW = Text(
    "Maar {inside} van de {points} cijfers lagen in de marge van 8 kansen op 10: de raming was te zeker van zichzelf.",
    "Only {inside} of the {points} figures lay in the range of 8 chances in 10: the forecast was too sure of itself.",
)
_WIDE = Text(
    "Alle {points} cijfers lagen in de marge van 8 kansen op 10: de marges waren eerder te ruim.",
    "All {points} figures lay in the range of 8 chances in 10: the ranges were rather too wide.",
)
_HIGH = Text("Gemiddeld lag de raming {by} te hoog.", "On average the forecast was {by} too high.")
_LOW = Text("Gemiddeld lag de raming {by} te laag.", "On average the forecast was {by} too low.")


def verdict(row: Mapping[str, Any]) -> tuple[Text, ...]:
    """What a row of `Track.summary` says: beside simple guesses, beside others, and how well the ranges held."""
    said = [_beside_guesses(row), _beside_others(row), _ranges(row), _bias(row)]
    return tuple(text for text in said if text is not None)


def is_good(row: Mapping[str, Any]) -> bool | None:
    """Whether it was better than both simple guesses; None where they can't be compared."""
    than = [row["than_same"], row["than_trend"]]
    return None if None in than else max(than) < 1


def _beside_guesses(row: Mapping[str, Any]) -> Text | None:
    same, trend = row["than_same"], row["than_trend"]
    if same is None or trend is None:
        return None
    if same < 1 and trend < 1:
        return _SMALLER.fill(same=_less(same), trend=_less(trend))
    if same < 1 or trend < 1:
        one, other = (_SAME, _TREND) if same < 1 else (_TREND, _SAME)
        return _BEATS.fill(one=one, other=other)
    return _LOSES


def _beside_others(row: Mapping[str, Any]) -> Text | None:
    than = row["than_yardstick"]
    if than is None:
        return None
    return _THAN_OTHERS.fill(less=_less(than)) if than < 1 else _NOT_OTHERS


def _less(ratio: float) -> int:
    return round(100 * (1 - ratio))


def _ranges(row: Mapping[str, Any]) -> Text:
    points, inside = int(row["points"]), int(row["inside_80"])
    if points < _FEW:
        return _ONE_POINT if points == 1 else _FEW_POINTS.fill(points=points)
    # As if the figures stood apart: those of one forecast lie on the same side more often than not.
    if inside < 0.8 * points - 2 * sqrt(0.16 * points):
        return _NARROW.fill(inside=inside, points=points)
    if inside == points and points > 3 * _FEW:
        return _WIDE.fill(points=points)
    return _AS_SAID.fill(inside=inside, points=points)


def _bias(row: Mapping[str, Any]) -> Text | None:
    """Said when most of the error is on one side."""
    bias = float(row["bias"])
    if row["points"] < _FEW or abs(bias) < 0.6 * row["error"] or round(abs(bias)) == 0:
        return None
    return (_HIGH if bias > 0 else _LOW).fill(by=round(abs(bias)))
