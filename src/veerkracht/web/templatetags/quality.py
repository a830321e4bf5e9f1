"""Filters of the pages about quality: `{% load quality %}`."""

from datetime import date

from django import template

from veerkracht.region.quality import Indicator
from veerkracht.register.quality.change import Change
from veerkracht.register.quality.intervals import Interval
from veerkracht.web import quality_words

register = template.Library()


@register.filter
def of(value: float | None, indicator: Indicator) -> str:
    """`{{ point.value|of:indicator }}`: a figure in the unit of its indicator."""
    return quality_words.figure(indicator, value)


@register.filter
def interval_of(interval: Interval | None, indicator: Indicator) -> str:
    return quality_words.between(indicator, interval)


@register.filter
def period_of(begins: date, indicator: Indicator) -> str:
    return quality_words.period(indicator, begins)


@register.filter
def change_of(change: Change, indicator: Indicator) -> str:
    return quality_words.told(indicator, change)


@register.filter
def verdict(said: str) -> str:
    return str(quality_words.VERDICTS[said])


@register.filter
def verdict_tag(said: str, indicator: Indicator) -> str:
    return quality_words.verdict_tag(indicator, said)


@register.filter
def direction(indicator: Indicator) -> str:
    return str(quality_words.DIRECTIONS[indicator.direction])


@register.filter
def change_tag(said: str) -> str:
    return quality_words.CHANGE_TAGS.get(said, "plain")


@register.filter
def change_name(said: str) -> str:
    return str(quality_words.CHANGES[said])


register.filter("counted", quality_words.count)
