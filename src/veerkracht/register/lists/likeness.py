"""Whether two people in the register may be one and the same, without a number that both have. Pure.

Careful on purpose: too many pairs cost a look each, a wrong merge would cost somebody their place. What is found is for
a person to decide on.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from itertools import combinations

from veerkracht.register.people.names import plain

# From how alike names are one name, mistyped; and from how alike when the birth date differs as well.
_ALIKE, _NEARLY_THE_SAME = 0.8, 0.9
BIRTH_DATE, BIRTH_DATE_MISTYPED = "birth-date", "birth-date-mistyped"
NAME, NAME_TURNED_ROUND, GIVEN_NAME = "name", "name-turned-round", "given-name"
AREA = "area"


@dataclass(frozen=True, slots=True)
class Somebody:
    """What is compared of a person. `number_key`: what finds their national number; "" when it is not known."""

    id: int
    given: str
    family: str
    born: date
    area: str
    number_key: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two people who may be one, the lower id first. `grounds`: what they have in common; `likeness`: of their names,
    in hundredths.
    """

    first: int
    second: int
    grounds: tuple[str, ...]
    likeness: int


def pairs(people: Iterable[Somebody]) -> list[Pair]:
    """Everybody who may be somebody else in the list too, the likeliest first.

    Only who shares a birth date, or one with a slip in it, is compared: so many people cost no more than their
    birthdays. Who have two different national numbers are two.
    """
    blocks: dict[object, list[Somebody]] = defaultdict(list)
    for one in people:
        for block in _blocks(one):
            blocks[block].append(one)
    found = {}
    for block in blocks.values():
        for one, other in combinations(block, 2):
            pair = compared(one, other)
            if pair is not None:
                found[pair.first, pair.second] = pair
    return sorted(found.values(), key=lambda pair: (-pair.likeness, pair.first, pair.second))


def compared(one: Somebody, other: Somebody) -> Pair | None:
    """Two people as a pair when they may be one; None when they are too different."""
    if one.number_key and other.number_key and one.number_key != other.number_key:
        return None
    one, other = sorted((one, other), key=lambda somebody: somebody.id)
    same_day = one.born == other.born
    if not same_day and not _mistyped(one.born, other.born):
        return None
    named, likeness = _named(one, other)
    near = one.area == other.area
    # With a slip in the date as well, or under another family name, they must live in one municipality.
    if not named or (not near and (not same_day or named == GIVEN_NAME)):
        return None
    if not same_day and likeness < _NEARLY_THE_SAME * 100:
        return None
    grounds = (BIRTH_DATE if same_day else BIRTH_DATE_MISTYPED, named, *((AREA,) if near else ()))
    return Pair(one.id, other.id, grounds, likeness)


def _named(one: Somebody, other: Somebody) -> tuple[str, int]:
    """What their names have in common, "" for too little; and how alike they are, in hundredths."""
    if not _initials(one) & _initials(other):
        return "", 0
    given, family = _alike(one.given, other.given), _alike(one.family, other.family)
    turned = min(_alike(one.given, other.family), _alike(one.family, other.given))
    if min(given, family) >= _ALIKE:
        return NAME, round(100 * min(given, family))
    if turned >= _ALIKE:
        return NAME_TURNED_ROUND, round(100 * turned)
    # A name by marriage: the same given name, another family name.
    if given >= _NEARLY_THE_SAME:
        return GIVEN_NAME, round(50 * (given + family))
    return "", 0


def _initials(one: Somebody) -> set[str]:
    """The first letters of a name: who share none are not compared any further."""
    return {part[0] for part in plain(f"{one.given} {one.family}").split()}


def _alike(one: str, other: str) -> float:
    """How alike two names are, from 0 to 1; accents, capitals, hyphens and the sequence of parts don't matter."""
    first, second = _parts(one), _parts(other)
    return max(_ratio(first, second), _ratio(sorted(first), sorted(second)))


def _ratio(first: list[str], second: list[str]) -> float:
    return SequenceMatcher(None, "".join(first), "".join(second), autojunk=False).ratio()


def _parts(name: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in plain(name)).split()


def _mistyped(one: date, other: date) -> bool:
    """Whether two dates differ by one slip: day and month turned round, or one figure."""
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    return sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1


def _blocks(one: Somebody) -> Iterator[object]:
    """Two who may be one are in a block together: of one date, or of one municipality and a date with a slip in it."""
    figures = f"{one.born:%Y%m%d}"
    yield figures
    for place in range(len(figures)):
        yield one.area, place, figures[:place] + figures[place + 1 :]
    if one.born.day <= 12:
        yield one.area, one.born.year, frozenset((one.born.month, one.born.day))
