"""Which categories a request has: it hangs on its request date, on the day, and on what was known."""

from datetime import date
from difflib import get_close_matches

from veerkracht.rulebook.errors import DateFault, RuleFault
from veerkracht.rulebook.types import CategoryScheme, Conversion, Programme


def scheme_for(
    programme: Programme, request_date: date, on: date, known: date | None = None
) -> CategoryScheme:
    """The scheme that a request of a date has on a day `on`, as known on a day (default: that same day).

    A conversion whose annulment is known is seen as never having held. Raises `DateFault` when the programme
    had no scheme for requests of that date.
    """
    conversion = conversion_for(programme, request_date, on, known)
    return scheme(programme, conversion.to) if conversion else first_scheme(programme, request_date)


def first_scheme(programme: Programme, request_date: date) -> CategoryScheme:
    """The scheme of requests of a date, before any conversion.

    Raises `DateFault` for a date of which the programme has none.
    """
    for candidate in programme.schemes:
        until = candidate.requests_until
        if candidate.requests_from <= request_date and (until is None or request_date < until):
            return candidate
    raise DateFault(f"{programme.id} has no category scheme for a request of {request_date}.")


def conversion_for(
    programme: Programme, request_date: date, on: date, known: date | None = None
) -> Conversion | None:
    """The conversion that a request of a date is under on a day, as known on a day; None if there is none."""
    known = known or on
    under = [
        conversion
        for conversion in programme.conversions
        if request_date < conversion.requests_until
        and (conversion.requests_from is None or conversion.requests_from <= request_date)
        and conversion.holds_from <= on
        and conversion.known_from <= known
        and (conversion.annulled_known_from is None or known < conversion.annulled_known_from)
    ]
    return max(under, key=lambda conversion: conversion.holds_from, default=None)


def scheme(programme: Programme, id: str) -> CategoryScheme:
    """The scheme with this id. Raises `RuleFault` naming those there are."""
    for candidate in programme.schemes:
        if candidate.id == id:
            return candidate
    known = ", ".join(candidate.id for candidate in programme.schemes) or "none"
    raise RuleFault(f"{programme.id} has no category scheme “{id}”; it has: {known}.")


def points(programme: Programme, scheme_id: str, category: str) -> float:
    """The care points of a category. Raises `RuleFault` when the scheme has no such category."""
    known = scheme(programme, scheme_id).points
    if category in known:
        return known[category]
    near = get_close_matches(category, known, 1)
    hint = f" Did you mean “{near[0]}”?" if near else f" It has: {', '.join(known)}."
    raise RuleFault(f"The scheme {scheme_id} has no category “{category}”.{hint}")


def convert(programme: Programme, conversion_id: str, category: str) -> str | None:
    """The new category of an old one under a conversion; None where it was not published.

    Raises `RuleFault` for a conversion that the programme does not have.
    """
    for conversion in programme.conversions:
        if conversion.id == conversion_id:
            return conversion.categories.get(category)
    raise RuleFault(f"{programme.id} has no conversion “{conversion_id}”.")
