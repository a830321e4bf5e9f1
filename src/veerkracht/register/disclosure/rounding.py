"""Random rounding by cell keys: what is counted, and who is in it, decide how a count is rounded.

Every person has a secret key (a keyed hash of their id); the key of a cell is the sum of the keys of who is counted in
it. The same people in the same cell give the same number, on any page, in any file and on any day: asking again tells
nothing more. One person more or less, or a cell with another name, gives another draw: what differs between two
neighbouring counts is luck as much as truth. Source: the cell key method, Handbook on Statistical Disclosure Control,
chapter 5.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from veerkracht.register.disclosure.linked import Linked, Numbers, Sum

# So many bits that a sum over sixteen million people fits in 64.
_BITS = 40
_SIZE = _BITS // 8


def record_keys(persons: Iterable[int], secret: bytes) -> Numbers:
    """The key of each person, by a hash that can't be computed without the secret."""
    return np.fromiter((_hashed(person, secret, b"record") for person in persons), dtype=np.int64)


@dataclass(frozen=True)
class Cells:
    """Counts with, of each, the `name` of what is counted and the sum of the record keys of who is in it."""

    names: Sequence[str]
    counts: Numbers
    keys: Numbers


def rounded(cells: Cells, base: int, secret: bytes) -> Numbers:
    """Each count as one of the two multiples of the base around it, right on average; a multiple stays as it is."""
    whole, rest = np.divmod(np.asarray(cells.counts, dtype=np.int64), base)
    named = zip(cells.names, cells.keys, strict=True)
    draws = np.fromiter((_hashed(int(key), secret, b"cell", name) for name, key in named), dtype=np.int64)
    # rest of every base draws, as whole numbers: no count is rounded differently on another machine.
    return base * (whole + (draws % base < rest))


def settled(linked: Linked, shown: Numbers, base: int) -> Numbers:
    """Rounded counts of cells that add up to each other, where totals tell no more of their parts than these do.

    When all parts happen to be rounded one way and their total the other, together they would say what the parts were.
    Then the total is brought nearer to the sum of what is shown of its parts: to half of what rounding could have
    done. Sums are to be given from small to large.
    """
    nearer = np.array(shown, dtype=np.int64)
    for one in linked.sums:
        low, high = _reach(one, nearer, base)
        nearer[one.total] = min(max(int(nearer[one.total]), low), high)
    return nearer


def _reach(one: Sum, shown: Numbers, base: int) -> tuple[int, int]:
    """Between which multiples of the base a total may be shown, by what is shown of its parts."""
    parts = shown[list(one.parts)]
    together, above_zero = int(parts.sum()), int((parts > 0).sum())
    down, up = above_zero * (base - 1) // 2, len(parts) * (base - 1) // 2
    return together - down // base * base, together + up // base * base


def _hashed(number: int, secret: bytes, what: bytes, name: str = "") -> int:
    data = number.to_bytes(16, "little", signed=True) + name.encode()
    found = hashlib.blake2b(data, digest_size=_SIZE, key=secret[:64], person=what).digest()
    return int.from_bytes(found, "little")
