"""Care intensity as a table: one row a home, nothing where it is not known or too small to tell."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from veerkracht.register.intensity.homes import Home
from veerkracht.register.intensity.queries import per_home
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.secrecy import open_only
from veerkracht.rulebook.care_gap import Span

_RANGES = ("norm_fte", "short_fte", "allowance_euro_a_year", "gap_euro_a_year")
HEADS = (
    "service",
    "organisation",
    "home",
    "area",
    "residents",
    "unknown",
    "expired",
    "light",
    "heavy",
    "heavy_without_norm",
    "staff_fte",
    *(f"{name}{end}" for name in _RANGES for end in ("", "_low", "_high")),
)


def rows(actor: Actor, programme: str = "", *, on: date | None = None) -> Iterator[list[Any]]:
    """The homes that somebody may count, as a file has them; nothing at a secret address.

    Raises as `queries.per_area`.
    """
    return map(_row, open_only(per_home(actor, programme, on=on), lambda home: home.service))


def _row(home: Home) -> list[Any]:
    found, service = home.found, home.service
    known = [service.pk, service.organisation.name, service.name, service.area, found.residents.total]
    if home.is_hidden:
        return [*known, *[None] * (len(HEADS) - len(known))]
    counts = [found.residents.unknown, found.residents.expired, found.light, found.heavy, found.without_norm]
    spans = (found.norm_staff, found.staff_short, found.allowance, found.gap_cost)
    return [*known, *counts, found.staff, *(one for span in spans for one in _three(span))]


def _three(span: Span | None) -> list[float | None]:
    return [None] * 3 if span is None else [round(one, 2) for one in (span.value, span.low, span.high)]
