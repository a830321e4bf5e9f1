"""The columns of the open data on money: what a row of each table says, for who makes and who describes them.

`TABLES` gives the fields of each table as Table Schema has them.
"""

from typing import Any

Row = dict[str, str]
BUDGET, SPENDING = "budget", "spending"
# The phases of the Fiscal Data Package, by what sources call it.
PHASE_OF_STATUS = {
    "announced": "proposed",
    "agreed": "proposed",
    "voted": "approved",
    "adjusted": "adjusted",
    "executed": "executed",
}
PHASE_OF_VERSION = {"initial": "approved", "revised": "adjusted", "executed": "executed"}
PHASES = ("proposed", "approved", "adjusted", "executed")
# Columns of spending that hold money, with their phase; the standard has none for what is committed.
AMOUNTS_SPENT = {
    "approved_commitment": "approved",
    "approved_payment": "approved",
    "adjusted_commitment": "adjusted",
    "adjusted_payment": "adjusted",
    "committed": "",
    "executed": "executed",
}


def _field(name: str, title: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "title": title, "type": kind, **more}


def _of(options: tuple[str, ...]) -> dict[str, Any]:
    return {"constraints": {"required": True, "enum": list(options)}}


_KEY = {"constraints": {"required": True, "unique": True}}
_YEAR = {"constraints": {"minimum": 1990, "maximum": 2100}}
_NOT_BELOW_ZERO = {"constraints": {"minimum": 0}}

TABLES: dict[str, list[dict[str, Any]]] = {
    BUDGET: [
        _field("id", "Name of this row, the same in every version", **_KEY),
        _field(
            "level",
            "What the amount is of; levels are never added up",
            **_of(("envelope", "measure", "line")),
        ),
        _field("phase", "Phase of the budget", **_of(PHASES)),
        _field("status", "What the source says of it: announced, agreed, voted, adjusted, executed"),
        _field("fiscal_year", "Budget year; of an envelope or measure empty", "integer", **_YEAR),
        _field("credit", "commitment (VAK) or payment (VEK), of a budget line"),
        _field("entity_id", "Who spends, as org-id.guide names it"),
        _field("entity", "Who spends"),
        _field("envelope", "Envelope"),
        _field("envelope_name", "Name of the envelope"),
        _field("measure", "Measure"),
        _field("measure_name", "Name of the measure"),
        _field("measure_kind", "What the measure pays for"),
        _field("line", "Budget line"),
        _field("article", "Budget article"),
        _field("recurrent", "Comes back each year", "boolean"),
        _field("new_money", "Was not already planned", "boolean"),
        _field("stated_on", "On which day the source said so", "date"),
        _field("source_title", "Source"),
        _field("source_url", "Address of the source"),
        _field("note", "What the files say of it"),
        _field("unknown", "Nobody says how much", "boolean", constraints={"required": True}),
        *(
            _field(phase, f"Amount, when the phase is {phase}", "number", **_NOT_BELOW_ZERO)
            for phase in PHASES
        ),
    ],
    SPENDING: [
        _field("id", "Name of this row, the same in every version", **_KEY),
        _field(
            "fiscal_year", "Budget year", "integer", constraints={"required": True, **_YEAR["constraints"]}
        ),
        _field("entity_id", "Who spends, as org-id.guide names it"),
        _field("entity", "Who spends"),
        _field("line", "Budget line"),
        _field("line_name", "Name of the budget line"),
        _field("article", "Budget article"),
        _field("measure", "Measure"),
        _field("measure_name", "Name of the measure"),
        _field("measure_kind", "What the measure pays for"),
        _field("envelope", "Envelope"),
        _field("envelope_name", "Name of the envelope"),
        _field("programme", "Programme"),
        _field("area", "Area; empty is the whole region"),
        _field("recurrent", "Comes back each year", "boolean"),
        _field("new_money", "Was not already planned", "boolean"),
        _field(
            "recipient_kind",
            "Who received: credit is no recipient but what was voted for the line",
            **_of(("credit", "organisation", "not-named", "persons", "other")),
        ),
        _field("recipient_id", "The organisation, as org-id.guide names it"),
        _field("recipient", "Name of the organisation"),
        _field("note", "What the files say of the line, such as which other one pays it"),
        _field("protection", "Which amounts for few persons are left out"),
        _field("as_known_on", "Day on which the totals of persons were last renewed", "date"),
        _field("fictitious", "Made up, for a demo", "boolean", constraints={"required": True}),
        *(_field(name, f"Amount: {name.replace('_', ' ')}", "number") for name in AMOUNTS_SPENT),
    ],
}


def names(table: str) -> list[str]:
    return [one["name"] for one in TABLES[table]]


def row_of(table: str, facts: dict[str, Any]) -> Row:
    """A row with every column of a table, as texts of a CSV file; what isn't given is empty. Raises `KeyError` for a
    column that the table does not have.
    """
    unknown = facts.keys() - set(names(table))
    if unknown:
        raise KeyError(f"no such column: {', '.join(sorted(unknown))}")
    return {name: _cell(facts.get(name)) for name in names(table)}


def euro(cents: int | None) -> str:
    """Whole cents as a decimal number: 12345 -> "123.45"."""
    if cents is None:
        return ""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
