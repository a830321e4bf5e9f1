"""What a search is for, as somebody asks it, and what of it can't be."""

from dataclasses import dataclass, field
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

    `avoid_names`: as they were said; they are sealed at once.
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
    zone = rules.zone_of(need.from_area)
    return {
        "kind": kind.id,
        "adults": need.adults,
        "children": sorted(need.children),
        "persons": need.adults + len(need.children),
        "pets": need.pets,
        "wheelchair": need.wheelchair,
        "languages": rules.choices("language", need.languages, "languages"),
        "nights": need.nights,
        "from_area": need.from_area,
        "zone": zone.id,
        "furthest_km": need.furthest_km,
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
        near_area=search.near_area,
        avoid_areas=tuple(search.avoid_areas),
        avoid_names=tuple(identities.names_to_avoid(search)),
        told_apart=search.told_apart,
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
