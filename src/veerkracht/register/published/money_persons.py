"""What is published of money for persons: only the total of a budget line in a year, and only when it moves by enough
of them. No database.

One total tells about nobody when enough persons are behind it. Two totals tell by their difference: so a total stays
as it was published until enough persons came or changed since, and the amount of no one can be worked out.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

LEFT_OUT = "left-out"


@dataclass(frozen=True)
class Total:
    """The cents of one line and year, and how many persons are behind them: in all, and since they were last shown."""

    cents: int
    persons: int
    persons_since: int


@dataclass(frozen=True)
class Shown:
    """What is published of a total. `cents` None: left out. `moment`: as known when, in ISO 8601."""

    cents: int | None
    moment: str
    why: str = ""

    def kept(self) -> dict[str, Any]:
        return asdict(self)


def shown(total: Total, before: Shown | None, moment: str, threshold: int) -> Shown:
    """What is published of a total now, given what was published `before`; `threshold`: the least number of persons."""
    if before is None or before.cents is None:
        enough = total.persons >= threshold or not total.cents
        return Shown(total.cents, moment) if enough else Shown(None, "", LEFT_OUT)
    if total.cents != before.cents and total.persons_since >= threshold and total.persons >= threshold:
        return Shown(total.cents, moment)
    # Not even that it stayed behind is said: only as known when it is.
    return before


def read(kept: Mapping[str, Mapping[str, Any]]) -> dict[str, Shown]:
    """What an earlier version kept of its totals, by line, year and side."""
    return {name: Shown(**one) for name, one in kept.items()}
