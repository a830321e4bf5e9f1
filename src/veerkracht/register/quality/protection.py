"""Small counts of people, kept from who looks from outside the organisation. Pure functions on counts.

A count of fewer people than the region's threshold is not shown, whether they are those counted or those left over;
nor is another count by which it could be computed from what all have together.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from veerkracht.region.quality import MEAN, PROPORTION


@dataclass(frozen=True)
class Count:
    numerator: float
    denominator: int


def hidden(kind: str, counts: Mapping[int, Count], threshold: int) -> frozenset[int]:
    """Which of the counts that are shown together, by a number of their own, are left out.

    Those by which a small one could be computed are the next smallest; all, when there is no other way.
    """
    left_out = {id for id, count in counts.items() if _is_small(kind, count, threshold)}
    others = sorted(counts.keys() - left_out, key=lambda id: (_least(kind, counts[id]), id))
    while left_out and others and _could_be_computed(kind, [counts[id] for id in left_out], threshold):
        left_out.add(others.pop(0))
    return frozenset(left_out)


def _parts(kind: str, count: Count) -> Iterator[float]:
    """The groups of people that a count tells of."""
    if kind == MEAN:
        yield count.denominator
        return
    yield count.numerator
    if kind == PROPORTION:
        yield count.denominator - count.numerator


def _is_small(kind: str, count: Count, threshold: int) -> bool:
    return any(0 < part < threshold for part in _parts(kind, count))


def _least(kind: str, count: Count) -> float:
    return min(_parts(kind, count))


def _could_be_computed(kind: str, left_out: list[Count], threshold: int) -> bool:
    """One alone is what is missing from the whole; of several their sum is, and it must not be small either."""
    sums = (sum(parts) for parts in zip(*(_parts(kind, count) for count in left_out), strict=True))
    return len(left_out) == 1 or any(0 < total < threshold for total in sums)
