"""The files of a release of money: two tables, what describes them (a Fiscal Data Package), and grants (360Giving)."""

import csv
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from veerkracht import region
from veerkracht.region.open_money import OpenMoney
from veerkracht.register.published.money_columns import (
    AMOUNTS_SPENT,
    BUDGET,
    PHASES,
    SPENDING,
    TABLES,
    Row,
    names,
)

DESCRIPTION, GRANTS = "datapackage.json", "grants.json"
# Our word for a phase that the standard does not have: promised in law, not yet paid.
OUR_PHASE = "veerkracht:phase"
Files = dict[str, str]


def as_csv(table: str, rows: Sequence[Row]) -> str:
    """A table as a CSV file in UTF-8 with a head; lines end as RFC 4180 says."""
    out = io.StringIO()
    writer = csv.DictWriter(out, names(table), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=False) + "\n"


def grants_file(grants: list[dict[str, Any]], publisher: OpenMoney, language: str, issued: date) -> Files:
    """The grants as 360Giving; no file when there are none, for the standard knows no empty one."""
    if not grants:
        return {}
    packed = {
        "title": region.current().name.get(language),
        "issued": issued.isoformat(),
        "publisher": {
            "name": publisher.publisher.get(language),
            "identifier": publisher.organisation_id(publisher.enterprise_number),
        },
        "license": publisher.licence.url,
        "grants": grants,
    }
    return {GRANTS: as_json(packed)}


def description(
    tables: Files, publisher: OpenMoney, *, version: int, at: datetime, last_year: int
) -> dict[str, Any]:
    """The Fiscal Data Package of the tables, by their file names."""
    here = region.current()
    return {
        # The profile of the Fiscal Data Package is one of tabular packages, and asks for this name and no other.
        "profile": "tabular-data-package",
        "keywords": ["fiscal-data-package"],
        "name": f"{here.id}-money",
        "title": f"{here.name.en}: budget and spending",
        "description": "Budget: what sources state, each with its source; rows are not added up, for envelopes hold "
        "measures and figures contradict each other. Spending: what was voted, committed and paid by budget line, year "
        "and recipient; each column can be added up within a line, and over lines that do not pay each other (see "
        "note). Nothing tells about a natural person.",
        "version": str(version),
        "created": at.isoformat(timespec="seconds"),
        "licenses": [
            {"name": publisher.licence.name, "title": publisher.licence.title, "path": publisher.licence.url}
        ],
        "contributors": [{"title": publisher.publisher.en, "role": "publisher"}],
        "countryCode": publisher.country,
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{_first_year(tables) or last_year}-01-01", "end": f"{last_year}-12-31"},
        "resources": [_resource(table, tables[f"{table}.csv"]) for table in (BUDGET, SPENDING)],
        "model": {"measures": _measures(here.currency), "dimensions": _dimensions()},
    }


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _first_year(tables: Files) -> int | None:
    rows = csv.DictReader(io.StringIO(tables[f"{SPENDING}.csv"]))
    return min((int(row["fiscal_year"]) for row in rows), default=None)


def _resource(table: str, text: str) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": table,
        "path": f"{table}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(text.encode()),
        "hash": f"sha256:{digest(text)}",
        "schema": {"fields": TABLES[table], "primaryKey": ["id"], "missingValues": [""]},
    }


def _measures(currency: str) -> dict[str, Any]:
    common = {"currency": currency, "factor": 1, "direction": "expenditure"}
    told = {phase: {**common, "source": phase, "resource": BUDGET, "phase": phase} for phase in PHASES}
    spent = {
        f"spending_{name}": {
            **common,
            "source": name,
            "resource": SPENDING,
            **({"phase": phase} if phase else {OUR_PHASE: name}),
        }
        for name, phase in AMOUNTS_SPENT.items()
    }
    return told | spent


def _dimensions() -> dict[str, Any]:
    """What rows are about. Each column is named with its table, for both have columns of the same name."""
    return {
        "date": _dimension("fiscal_year", ["fiscal_year"], dimensionType="datetime"),
        "spender": _dimension("entity_id", ["entity_id", "entity"], dimensionType="entity"),
        "recipient": _dimension("recipient_id", ["recipient_id", "recipient"], dimensionType="entity"),
        "budget-line": _dimension(
            "line",
            ["line", "line_name", "article"],
            dimensionType="classification",
            classificationType="administrative",
        ),
        "programme": _dimension(
            "programme", ["programme"], dimensionType="classification", classificationType="functional"
        ),
        "kind-of-measure": _dimension(
            "measure_kind", ["measure_kind"], dimensionType="classification", classificationType="economic"
        ),
        "measure": _dimension("measure", ["measure", "measure_name"], dimensionType="activity"),
        "envelope": _dimension("envelope", ["envelope", "envelope_name"], dimensionType="activity"),
        "area": _dimension("area", ["area"], dimensionType="location"),
        "row": _dimension("id", ["id", "recurrent", "new_money", "recipient_kind"], dimensionType="fact"),
    }


def _dimension(key: str, columns: list[str], **kinds: str) -> dict[str, Any]:
    """A dimension of every table that has these columns, the spending first."""
    attributes: dict[str, dict[str, str]] = {}
    for table in (SPENDING, BUDGET):
        for name in columns:
            if name in names(table):
                attributes.setdefault(name, {"source": name, "resource": table})
    labels = {name: f"{name}_name" for name in columns} | {"entity_id": "entity", "recipient_id": "recipient"}
    for name, label in labels.items():
        if name in attributes and label in attributes:
            attributes[label]["labelfor"] = name
    return {"attributes": attributes, "primaryKey": [key], **kinds}
