"""A rule as text: an SQL expression over the columns of a request, run on whole columns at once."""

from functools import lru_cache

import polars as pl

from veerkracht.rulebook.errors import RuleFault


@lru_cache(maxsize=2048)
def expression(rule: str) -> pl.Expr:
    """The rule, parsed. Raises `RuleFault` when it is not an SQL expression."""
    try:
        return pl.sql_expr(rule)
    except (pl.exceptions.PolarsError, TypeError, ValueError) as error:
        raise RuleFault(f"The rule “{rule}” is not an SQL expression: {first_line(error)}.") from error


@lru_cache(maxsize=2048)
def columns_of(rule: str) -> frozenset[str]:
    """The columns that a rule names."""
    return frozenset(expression(rule).meta.root_names())


def first_line(error: Exception) -> str:
    """What an error of the parser says, without its advice for programmers."""
    return str(error).strip().split("\n")[0].rstrip(".")
