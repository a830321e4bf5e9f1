"""Makes a release of money: its files, what stands in short on its page, and what the next version must know."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from veerkracht import region
from veerkracht.region.disclosure import Disclosure
from veerkracht.region.money.model import Money
from veerkracht.region.open_money import OpenMoney
from veerkracht.register.published.money_budget import Told, budget_rows
from veerkracht.register.published.money_columns import AMOUNTS_SPENT, BUDGET, SPENDING, Row
from veerkracht.register.published.money_grants import grants
from veerkracht.register.published.money_package import (
    DESCRIPTION,
    Files,
    as_csv,
    as_json,
    description,
    digest,
    grants_file,
)
from veerkracht.register.published.money_persons import LEFT_OUT, read
from veerkracht.register.published.money_spending import Known, Spent, spending_rows


@dataclass(frozen=True)
class Draft:
    """A release that isn't kept yet. `persons`: what is shown of the totals of persons. `fingerprint` stands for what
    it tells, whatever its version and moment.
    """

    files: Files
    summary: dict[str, Any]
    persons: dict[str, Any]
    fingerprint: str


@dataclass(frozen=True)
class Terms:
    """Under what a release is made: who publishes, and how small numbers of persons are kept from telling."""

    publisher: OpenMoney
    disclosure: Disclosure
    last_year: int
    version: int
    at: datetime
    before: dict[str, Any]


def drafted(terms: Terms) -> Draft:
    """The release as it would be now."""
    here = region.current()
    money, language = here.money or Money(), here.languages[0]
    told = Told(money, terms.publisher, language)
    spent = spending_rows(
        Known(
            told=told,
            last_year=terms.last_year,
            schemes=here.enterprise_numbers,
            threshold=terms.disclosure.threshold,
            moment=terms.at,
            before=read(terms.before),
        )
    )
    given = grants(told, here.enterprise_numbers, terms.last_year, here.currency)
    budget = budget_rows(money, terms.publisher, language, terms.last_year)
    tables = {f"{BUDGET}.csv": as_csv(BUDGET, budget), f"{SPENDING}.csv": as_csv(SPENDING, spent.rows)}
    told_of = description(
        tables, terms.publisher, version=terms.version, at=terms.at, last_year=terms.last_year
    )
    files = {
        DESCRIPTION: as_json(told_of),
        **tables,
        **grants_file(given, terms.publisher, language, terms.at.date()),
    }
    return Draft(
        files=files,
        summary={
            **_summary(spent, budget, len(given)),
            "files": {name: len(text.encode()) for name, text in files.items()},
        },
        persons={name: one.kept() for name, one in spent.persons.items()},
        fingerprint=digest(as_json([tables, given, terms.last_year])),
    )


def _summary(spent: Spent, budget: list[Row], grants_: int) -> dict[str, Any]:
    """What the page says in short: cents by year, line and column, how many grants, and what is not known or left out.

    Lines are not added up: an agency's own budget is paid by the line that grants it. What is left out is None.
    """
    years: dict[str, dict[str, dict[str, int | None]]] = {}
    for row in spent.rows:
        of_line = years.setdefault(row["fiscal_year"], {}).setdefault(row["line"], {})
        for name in AMOUNTS_SPENT:
            if f"{name}: {LEFT_OUT}" in row["protection"]:
                of_line[name] = None
            elif row[name] and of_line.get(name, 0) is not None:
                of_line[name] = (of_line.get(name) or 0) + int(Decimal(row[name]) * 100)
    return {
        "years": dict(sorted(years.items())),
        "lines": spent.lines,
        "grants": grants_,
        "not_named": spent.not_named,
        "stated": len(budget),
        "unknown": sum(row["unknown"] == "true" for row in budget),
        "protected": sum(bool(row["protection"]) for row in spent.rows),
        "fictitious": any(row["fictitious"] == "true" for row in spent.rows),
    }
