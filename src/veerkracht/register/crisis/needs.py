"""What a search is for, as somebody asks it, and what of it can't be."""

from collections.abc import Iterable, Sized
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from veerkracht.register.crisis import identities, rules
from veerkracht.register.crisis.models import Search
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.now import Kind
from veerkracht.rulebook.types import Text

MOST_PEOPLE, MOST_PETS, MOST_NIGHTS, FARTHEST_KM = 20, 20, 366, 1000
FULL_AGE_OF_A_CHILD = 25


@dataclass(frozen=True)
class Need:
    """Who needs what, from where, and what to stay away from; the fields of `models.Search`.

    `schools`: one for each child, in the sequence of `children`, and `works` one for each adult; "" or fewer: of the
    others it does not matter. `avoid_names`: as they were said; they are sealed at once.
    """

    kind: str
    from_area: str
    adults: int = 0
    children: tuple[int, ...] = ()
    pets: int = 0
    wheelchair: bool = False
    languages: tuple[str, ...] = ()
    nights: int = 1
    furthest_km: int | None = None
    schools: tuple[str, ...] = ()
    works: tuple[str, ...] = ()
    near_area: str = ""
    avoid_areas: tuple[str, ...] = ()
    avoid_names: tuple[str, ...] = field(default=(), repr=False)
    told_apart: bool = False


def columns(need: Need) -> dict[str, Any]:
    """A need as the columns of a search. Raises `Invalid` naming the field, what was found and what is expected."""
    kind = rules.kind_of(need.kind)
    _check_people(need, kind)
    _between("pets", need.pets, 0, MOST_PETS)
    _between("nights", need.nights, 1, MOST_NIGHTS)
    if need.furthest_km is not None:
        _between("furthest_km", need.furthest_km, 1, FARTHEST_KM)
    _at_most("schools", need.schools, len(need.children))
    _at_most("works", need.works, need.adults)
    zone = rules.zone_of(need.from_area)
    # Of two children of one age the one with a school comes first, however they were named.
    children = sorted(zip_longest(need.children, need.schools, fillvalue=""), key=_by_age)
    return {
        "kind": kind.id,
        "adults": need.adults,
        "children": [age for age, _school in children],
        "persons": need.adults + len(need.children),
        "pets": need.pets,
        "wheelchair": need.wheelchair,
        "languages": rules.choices("language", need.languages, "languages"),
        "nights": need.nights,
        "from_area": need.from_area,
        "zone": zone.id,
        "furthest_km": need.furthest_km,
        "schools": _areas([school for _age, school in children], "schools"),
        "works": _areas(need.works, "works"),
        "near_area": rules.area(need.near_area, "near_area") if need.near_area else "",
        "avoid_areas": [rules.area(code, "avoid_areas") for code in dict.fromkeys(need.avoid_areas)],
        "avoid_names": identities.sealed_names(need.avoid_names),
        "told_apart": need.told_apart,
    }


def need_of(search: Search) -> Need:
    """What a search was for, to search the same again. For who passed its gate only."""
    return Need(
        kind=search.kind,
        from_area=search.from_area,
        adults=search.adults,
        children=tuple(search.children),
        pets=search.pets,
        wheelchair=search.wheelchair,
        languages=tuple(search.languages),
        nights=search.nights,
        furthest_km=search.furthest_km,
        schools=tuple(search.schools),
        works=tuple(search.works),
        near_area=search.near_area,
        avoid_areas=tuple(search.avoid_areas),
        avoid_names=tuple(identities.names_to_avoid(search)),
        told_apart=search.told_apart,
    )


def _by_age(child: tuple[int, str]) -> tuple[int, bool]:
    age, school = child
    return age, not school


def _areas(codes: Iterable[str], field: str) -> list[str]:
    """Of each person a municipality or ""; nothing at all when it matters to nobody."""
    found = [rules.area(code, field) if code else "" for code in codes]
    return found if any(found) else []


def _at_most(field: str, found: Sized, people: int) -> None:
    if len(found) > people:
        raise Invalid(
            Text(
                nl=f"Verwacht: hoogstens {people}, één per persoon; gevonden: {len(found)}.",
                en=f"Expected: at most {people}, one a person; found: {len(found)}.",
            ),
            field,
        )


def _check_people(need: Need, kind: Kind) -> None:
    _between("adults", need.adults, 0, MOST_PEOPLE)
    for age in need.children:
        _between("children", age, 0, FULL_AGE_OF_A_CHILD)
    _between("adults", need.adults + len(need.children), 1, MOST_PEOPLE)
    if kind.minors and (need.adults or not need.children):
        raise Invalid(
            Text(
                nl=f"{kind.name.nl}: alleen voor minderjarigen; gevonden: {need.adults} volwassenen, "
                f"{len(need.children)} kinderen.",
                en=f"{kind.name.en}: for minors only; found: {need.adults} adults, {len(need.children)} children.",
            ),
            "adults",
        )


def _between(name: str, found: int, low: int, high: int) -> None:
    if not low <= found <= high:
        raise Invalid(
            Text(
                nl=f"Verwacht: {low} tot {high}; gevonden: {found}.",
                en=f"Expected: {low} to {high}; found: {found}.",
            ),
            name,
        )
