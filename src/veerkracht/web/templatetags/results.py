"""Filters of the pages about results: `{% load results %}`."""

from decimal import Decimal
from typing import Any

from django import template

from veerkracht.web import words

register = template.Library()
_MOST_DECIMALS = 2


@register.filter
def plain_number(value: Any) -> str:
    """A number with the decimals it has, at most two: 24 -> "24", 18.25 -> "18,25"; None is unknown."""
    if value is None:
        return words.unknown()
    exact = Decimal(str(value)).normalize()
    decimals = max(-int(exact.as_tuple().exponent), 0)
    return words.number(exact, min(decimals, _MOST_DECIMALS))
