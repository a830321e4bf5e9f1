"""How a region keeps published counts from telling about one person: `[disclosure]` in region.toml."""

from __future__ import annotations

from dataclasses import dataclass

from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source, Text

SUPPRESS, ROUND = "suppress", "round"
# Below these a count is no better protected than it was: 1 suppresses nothing, and 2 rounds to odd or even.
LEAST_THRESHOLD, LEAST_BASE = 2, 3


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A region's choice. `method`: of what is published (`suppress` or `round`).

    `threshold`: counts of fewer persons than this are suppressed. `base`: counts are rounded to a multiple of it.
    `why`: the choice in words, as it is shown beside the numbers.
    """

    method: str
    threshold: int
    base: int
    why: Text
    source: Source | None = None
    assumption: Assumption | None = None


def read_disclosure(main: Reader) -> Disclosure | None:
    """The region's choice; None, with its faults noted, when it can't be read."""
    reader = main.table("disclosure", required=True)
    if reader is None:
        return None
    method = reader.choice("method", (SUPPRESS, ROUND))
    threshold = reader.integer("threshold", low=LEAST_THRESHOLD)
    base = reader.integer("base", low=LEAST_BASE)
    why = reader.words("why")
    source, assumption = reader.origin()
    reader.done()
    if threshold is None or base is None:
        return None
    return Disclosure(method, threshold, base, why, source, assumption)
