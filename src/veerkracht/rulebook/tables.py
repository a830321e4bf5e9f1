"""The table that every rule runs on: one row a request, one column a fact.

What a row holds about a date (its age, the date itself) is derived here, the same for every programme.
"""

from datetime import date

import polars as pl

from veerkracht.rulebook.errors import TableFault
from veerkracht.rulebook.sql import columns_of, expression
from veerkracht.rulebook.types import Text

# Column: type, meaning. A programme may declare these and columns of its own.
STANDARD: dict[str, tuple[pl.DataType, Text]] = {
    "id": (pl.Int64(), Text("nummer van de vraag", "number of the request")),
    "person": (pl.Int64(), Text("nummer van de persoon", "number of the person")),
    "bundle": (
        pl.Int64(),
        Text("vragen die samen of niet worden toegekend", "requests granted together or not at all"),
    ),
    "kind": (pl.String(), Text("soort vraag", "kind of request")),
    "state": (pl.String(), Text("toestand van de vraag", "state of the request")),
    "request_date": (pl.Date(), Text("datum van de vraag", "date of the request")),
    "birth_date": (pl.Date(), Text("geboortedatum", "date of birth")),
    "area": (pl.String(), Text("gebied", "area")),
    "recognised": (pl.Boolean(), Text("handicap erkend", "disability recognised")),
    "plan_approved_on": (pl.Date(), Text("ondersteuningsplan goedgekeurd op", "support plan approved on")),
    "complete": (pl.Boolean(), Text("dossier volledig", "file complete")),
    "converted": (
        pl.Boolean(),
        Text("overgenomen uit het oude register", "taken over from the old register"),
    ),
    "priority_group": (pl.Int64(), Text("prioriteitengroep (0 = nog geen)", "priority group (0 = none yet)")),
    "priority_date": (pl.Date(), Text("prioriteringsdatum", "priority date")),
    "route": (pl.String(), Text("weg buiten de rij (leeg = geen)", "route outside the queue (empty = none)")),
    "scheme": (pl.String(), Text("categorieënstelsel", "category scheme")),
    "category": (pl.String(), Text("budgetcategorie", "budget category")),
    "points": (pl.Float64(), Text("gevraagde zorgpunten", "care points asked")),
    "points_held": (
        pl.Float64(),
        Text("zorgpunten die de persoon al heeft", "care points the person already has"),
    ),
    "partial": (pl.Boolean(), Text("kreeg al een deelbudget", "already has a partial budget")),
}
DERIVED: dict[str, tuple[pl.DataType, Text]] = {
    "on": (pl.Date(), Text("dag waarop de regel wordt toegepast", "day on which the rule is applied")),
    "age": (pl.Int64(), Text("leeftijd in jaren op die dag", "age in years on that day")),
}
TYPES: dict[str, pl.DataType] = {
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "text": pl.String(),
    "date": pl.Date(),
    "boolean": pl.Boolean(),
}
WAITING = "waiting"


def on_date(table: pl.DataFrame, on: date) -> pl.DataFrame:
    """The table with what follows from a date: `on` itself and `age`, in completed years.

    Who was born on 29 February becomes a year older on 1 March in a year that has no such day.
    """
    derived = [pl.lit(on, dtype=pl.Date).alias("on")]
    if "birth_date" in table.columns:
        derived.append(_age(on).alias("age"))
    return table.with_columns(derived)


def run(table: pl.DataFrame, rule: str, what: str) -> pl.Series:
    """Run a rule on every row of a table that `on_date` prepared.

    `what` names the rule in the message. Raises `TableFault` when the table misses a column the rule names.
    """
    missing = sorted(columns_of(rule) - set(table.columns))
    if missing:
        raise TableFault(
            f"{what} needs the column {', '.join(missing)}, and the table of requests has no such column."
        )
    return table.with_columns(expression(rule).alias(what)).get_column(what)


def _age(on: date) -> pl.Expr:
    born = pl.col("birth_date")
    before_birthday = (born.dt.month() > on.month) | (
        (born.dt.month() == on.month) & (born.dt.day() > on.day)
    )
    return pl.lit(on.year, dtype=pl.Int64) - born.dt.year().cast(pl.Int64) - before_birthday.cast(pl.Int64)
