"""The columns of a requests file: their names, how their text is read, and what is expected of them.

One list serves import, export and the documentation, so that what goes out comes in again.
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from veerkracht.register.formulas import FORMULA, GUARDED

TRUE = ("true", "yes", "ja", "1")
FALSE = ("false", "no", "nee", "0")

Parse = Callable[[pl.Expr], pl.Expr]


@dataclass(frozen=True)
class Field:
    """A column: `parse` turns its text into a value, null where it can't; `expected` says what would do."""

    name: str
    parse: Parse
    expected: str
    meaning: str
    required: bool = False
    default: str | None = None


def _text(longest: int) -> Parse:
    def parse(cell: pl.Expr) -> pl.Expr:
        fits = (cell.str.len_chars() <= longest) & ~cell.str.contains(r"[\x00-\x1f\x7f]")
        return pl.when(fits).then(cell)

    return parse


def _date(cell: pl.Expr) -> pl.Expr:
    iso = cell.str.extract(r"^(\d{4}-\d{1,2}-\d{1,2})(?:T00:00:00.*| 00:00:00.*)?$")
    dutch = cell.str.extract(r"^(\d{1,2}[-/]\d{1,2}[-/]\d{4})$").str.replace_all("/", "-")
    found = pl.coalesce(
        iso.str.to_date("%Y-%m-%d", strict=False), dutch.str.to_date("%d-%m-%Y", strict=False)
    )
    return pl.when(found.dt.year().is_between(1850, 2150)).then(found)


def _whole(cell: pl.Expr) -> pl.Expr:
    return cell.str.extract(r"^(\d{1,9})(?:[.,]0+)?$").cast(pl.Int64)


def _points(cell: pl.Expr) -> pl.Expr:
    number = cell.str.extract(r"^(\d{1,4}(?:[.,]\d{1,6})?0*)$").str.replace(",", ".", literal=True)
    return number.cast(pl.Decimal(12, 6), strict=False)


def _yes(cell: pl.Expr) -> pl.Expr:
    word = cell.str.to_lowercase()
    return pl.when(word.is_in(TRUE)).then(True).when(word.is_in(FALSE)).then(False)


DATE = "a date: 2023-12-31, 31-12-2023 or 31/12/2023"
YES = "yes or no (ja, nee, true, false, 1, 0)"
WHOLE = "a whole number"
POINTS = "a number of care points with at most 6 decimals: 12.234511 or 12,234511"

FIELDS: tuple[Field, ...] = (
    Field(
        "reference",
        _text(64),
        "a text of at most 64 characters",
        "The request's own mark in the file's source. It makes a second import of the same file harmless.",
        required=True,
    ),
    Field(
        "person",
        _text(64),
        "a text of at most 64 characters",
        "The person's mark in the file's source; two requests of one person carry the same.",
        required=True,
    ),
    Field("given_name", _text(80), "a text of at most 80 characters", "Given name.", required=True),
    Field("family_name", _text(80), "a text of at most 80 characters", "Family name.", required=True),
    Field("birth_date", _date, DATE, "Date of birth.", required=True),
    Field("area", _text(5), "an area code of the region", "Where the person lives.", required=True),
    Field("language", _text(8), "a language of the region", "Language of the letters.", default="nl"),
    Field("kind", _text(10), "a kind of the programme", "First budget, increase …", required=True),
    Field("request_date", _date, DATE, "When the request was made.", required=True),
    Field("state", _text(16), "asked or waiting", "Where the request stands.", default="waiting"),
    Field("recognised", _yes, YES, "The disability is recognised; empty: not decided yet."),
    Field("plan_approved_on", _date, DATE, "When the support plan was approved."),
    Field("complete", _yes, YES, "The file is complete.", default="no"),
    Field("priority_group", _whole, WHOLE, "Priority group; needed when waiting."),
    Field("priority_date", _date, DATE, "Priority date; needed when waiting."),
    Field("route", _text(40), "a route of the programme", "A route outside the queue, or empty."),
    Field(
        "scheme", _text(40), "a category scheme of the programme", "Empty: the one its request date gives."
    ),
    Field("category", _text(10), "a category of the scheme", "Budget category asked for."),
    Field("points_held", _points, POINTS, "Care points of the budget already held.", default="0"),
    Field("partial", _yes, YES, "Part of the budget was granted already.", default="no"),
    Field("converted", _yes, YES, "Taken over from an older register.", default="no"),
    Field("register_date", _date, DATE, "The date that the older register ranked it by."),
    Field(
        "bundle",
        _text(64),
        "a text of at most 64 characters",
        "Requests with the same mark are granted together or not at all; empty: alone.",
    ),
)
BY_NAME = {field.name: field for field in FIELDS}
NAMES = tuple(BY_NAME)
REQUIRED = tuple(field.name for field in FIELDS if field.required)


def cleaned(name: str) -> pl.Expr:
    """The cell without surrounding blanks and without the apostrophe that export puts before a formula."""
    bare = pl.col(name).str.strip_chars(" \u00a0").str.replace(GUARDED, "$1")
    return pl.when(bare != "").then(bare).alias(name)


def guarded(name: str) -> pl.Expr:
    """The cell as a spreadsheet may open it: never a formula."""
    cell = pl.col(name)
    return pl.when(cell.str.contains(FORMULA)).then("'" + cell).otherwise(cell).alias(name)
