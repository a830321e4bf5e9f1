"""The money of a region: envelopes, decisions, measures, budget lines and what does not agree (`money/*.toml`)."""

from veerkracht.region.money.model import (
    Decision,
    Envelope,
    Figure,
    Grant,
    Line,
    LineCreditStated,
    Measure,
    Milestone,
    Money,
    Realised,
    Reconciliation,
    Sentence,
    Stated,
    YearAmount,
)
from veerkracht.region.money.reading import MoneyFiles, read_money

__all__ = [
    "Decision",
    "Envelope",
    "Figure",
    "Grant",
    "Line",
    "LineCreditStated",
    "Measure",
    "Milestone",
    "Money",
    "MoneyFiles",
    "Realised",
    "Reconciliation",
    "Sentence",
    "Stated",
    "YearAmount",
    "read_money",
]
