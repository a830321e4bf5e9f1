"""Filters of the pages about care intensity: `{% load intensity %}`."""

from collections.abc import Callable, Sequence

from django import template
from django.utils.translation import gettext

from veerkracht.region.care_backlog import BacklogDay
from veerkracht.register.intensity.counting import Intensity
from veerkracht.register.intensity.rules import Rules
from veerkracht.rulebook.care_gap import Span
from veerkracht.web import words

register = template.Library()


@register.filter
def span(value: Span | None, decimals: int = 0) -> str:
    """A number with its range: `12,5 (11,0 to 14,2)`; the number alone where the range is nothing."""
    if value is None:
        return words.unknown()
    shown = words.number(value.value, decimals)
    return (
        shown if value.low == value.high else _ranged(shown, value, lambda one: words.number(one, decimals))
    )


@register.filter
def against(short: Span | None, decimals: int = 0) -> str:
    """What staff is short of the norm, or more than it, without its range."""
    return words.unknown() if short is None else _short(short.value, decimals)


@register.filter
def against_ranged(short: Span | None, decimals: int = 0) -> str:
    if short is None:
        return words.unknown()
    return _ranged(_short(short.value, decimals), short, lambda one: _short(one, decimals))


@register.filter
def euro(value: Span | None) -> str:
    """Euro a year with its range, at a glance."""
    if value is None:
        return words.unknown()
    shown = words.money_short(_cents(value.value))
    return (
        shown
        if value.low == value.high
        else _ranged(shown, value, lambda one: words.money_short(_cents(one)))
    )


@register.filter
def euro_a_day(value: Span | None) -> str:
    if value is None:
        return words.unknown()
    return _ranged(words.money(_cents(value.value)), value, lambda one: words.money(_cents(one)))


@register.filter
def categories(found: Intensity, rules: Rules) -> list[tuple[str, int, bool]]:
    """Each category in the order of the region, with how many residents have it and whether it is heavy."""
    return [
        (words.said(one.name), found.residents.by_category.get(one.id, 0), one.heavy)
        for one in rules.categories
    ]


@register.filter
def per_hundred(share: float | None) -> str:
    return words.percent(share)


@register.filter
def whole_euro(value: float) -> str:
    return words.money_short(_cents(value))


@register.filter
def last_cost(days: Sequence[BacklogDay]) -> str:
    """What closing the backlog would cost a year on the last of some days."""
    return euro(days[-1].cost if days else None)


def _ranged(shown: str, value: Span, say: Callable[[float], str]) -> str:
    both = {"value": shown, "low": say(value.low), "high": say(value.high)}
    return gettext("%(value)s (%(low)s to %(high)s)") % both


def _cents(euro: float) -> int:
    return round(euro * 100)


def _short(fte: float, decimals: int) -> str:
    shown = {"fte": words.number(abs(fte), decimals)}
    return gettext("%(fte)s short") % shown if fte > 0 else gettext("%(fte)s more") % shown
