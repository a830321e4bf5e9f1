"""Before and after an improvement: the last whole period before it began, and the first whole one after.

Chosen beforehand and for everybody the same, so that nobody picks the period that looks best. A difference is no proof
that the improvement brought it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from veerkracht.region.quality import HIGHER, LOWER, Indicator, SeriesBreak
from veerkracht.register.quality.intervals import Counted, Difference, difference
from veerkracht.register.quality.judged import Judged

BETTER, WORSE, CHANGED, UNCLEAR = "better", "worse", "changed", "unclear"
NOTHING_BEFORE, NOTHING_AFTER, BROKEN, TOO_FEW, HIDDEN = (
    "nothing-before",
    "nothing-after",
    "broken",
    "too-few",
    "hidden",
)


@dataclass(frozen=True)
class Change:
    """What can be said of a change: `better`, `worse`, `changed` (where neither is better), `unclear` (can't be told
    from chance); or why nothing can: `nothing-before`, `nothing-after`, `broken` (the series), `too-few`, `hidden`.
    """

    said: str
    before: Counted | None = None
    after: Counted | None = None
    difference: Difference | None = None
    breaks: tuple[SeriesBreak, ...] = ()


def change(indicator: Indicator, values: Sequence[Judged], began: date) -> Change:
    """The change of one unit's indicator around the day on which an improvement began; `values` in any order."""
    before = max((one for one in values if one.row.until_date < began), key=_begins, default=None)
    after = min((one for one in values if one.row.from_date >= began), key=_begins, default=None)
    if before is None:
        return Change(NOTHING_BEFORE)
    if after is None:
        return Change(NOTHING_AFTER)
    breaks = indicator.breaks_between(before.row.from_date, after.row.from_date)
    if breaks:
        return Change(BROKEN, breaks=breaks)
    if before.is_hidden or after.is_hidden:
        return Change(HIDDEN)
    if before.is_small or after.is_small:
        return Change(TOO_FEW)
    found = difference(indicator.kind, before.counted, after.counted)
    return Change(_said(indicator.direction, found), before.counted, after.counted, found)


def _begins(one: Judged) -> date:
    begins: date = one.row.from_date
    return begins


def _said(direction: str, found: Difference) -> str:
    if not found.is_told_from_chance:
        return UNCLEAR
    better = {LOWER: found.change < 0, HIGHER: found.change > 0}
    if direction not in better:
        return CHANGED
    return BETTER if better[direction] else WORSE
