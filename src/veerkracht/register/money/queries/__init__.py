"""What money there is and where it went: of programmes, of lines, of commitments. Nothing here names who was helped."""

from .lines import (
    LineBalances,
    Totals,
    balance_on,
    line_balances,
    totals_by_area,
    totals_by_measure,
    totals_by_year,
)
from .programmes import balances, granted_cents, movements

__all__ = [
    "LineBalances",
    "Totals",
    "balance_on",
    "balances",
    "granted_cents",
    "line_balances",
    "movements",
    "totals_by_area",
    "totals_by_measure",
    "totals_by_year",
]
