"""Who a named call is about, and whom to stay away from: sealed, and found by a keyed hash. In no log line, no list.

No text of this module repeats a name.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from veerkracht.register import clock
from veerkracht.register.crisis.models import Call, KnownPerson, Search
from veerkracht.register.errors import Invalid
from veerkracht.register.people.names import plain, search_name
from veerkracht.register.people.sealing import mark, marks, opened, opened_all, seal
from veerkracht.rulebook.types import Text

ADULT, CHILD = KnownPerson.Role.ADULT, KnownPerson.Role.CHILD
_PURPOSE = "crisis family"
LONGEST_NAME, MOST_PEOPLE, OLDEST_YEARS = 100, 20, 120


@dataclass(frozen=True)
class Identity:
    """Somebody by name, as a desk knows them. `role`: `ADULT` or `CHILD`."""

    given_name: str
    family_name: str
    birth_date: date
    role: str = ADULT.value
    language: str = "nl"


def checked(people: Iterable[Identity]) -> list[Identity]:
    """People whose names and birth dates can be. Raises `Invalid` naming the field, never the name."""
    found = [_clean(one) for one in people]
    if not 1 <= len(found) <= MOST_PEOPLE:
        raise Invalid(
            Text(
                nl=f"Noem 1 tot {MOST_PEOPLE} personen; gevonden: {len(found)}.",
                en=f"Name 1 to {MOST_PEOPLE} people; found: {len(found)}.",
            ),
            "people",
        )
    return found


def keep(call: Call, people: Iterable[Identity], *, holds: bool) -> list[KnownPerson]:
    """Seal who a call is about into its rows, in the transaction that holds the call. `holds`: they have a place."""
    rows = [
        KnownPerson(
            call=call, role=one.role, sealed=_sealed(one), mark=mark(_key(one), _PURPOSE), holds=holds
        )
        for one in people
    ]
    return KnownPerson.objects.bulk_create(rows)


def known(call: Call) -> list[Identity]:
    """Who a call is about, by name, as they were named. For who passed the gate of the call only."""
    rows = list(call.known.order_by("pk"))
    return [_read(text) for text in opened_all(row.sealed for row in rows)] if rows else []


def searched_names(sealed: Iterable[str]) -> list[str]:
    """As they are searched, the names of sealed people, in the same sequence. For the matching only."""
    found = [_read(text) for text in opened_all(sealed)]
    return [search_name(one.given_name, one.family_name) for one in found]


def mark_of(text: str) -> str:
    """The mark, by the newest key, of a sealed text that was opened; for when keys are replaced."""
    return mark(_key(_read(text)), _PURPOSE)


def marks_of(people: Iterable[Identity]) -> list[str]:
    """By which the same people are found at other calls, also those sealed with an older key."""
    return [found for one in people for found in marks(_key(one), _PURPOSE)]


def sealed_names(names: Iterable[str]) -> str:
    """Names to avoid, as they are kept; "" for none. Raises `Invalid` for one that is too long."""
    kept = [" ".join(name.split()) for name in names if name.strip()]
    if any(len(name) > LONGEST_NAME for name in kept) or len(kept) > MOST_PEOPLE:
        raise Invalid(
            Text(
                nl=f"Noem hoogstens {MOST_PEOPLE} namen van hoogstens {LONGEST_NAME} tekens.",
                en=f"Name at most {MOST_PEOPLE} names of at most {LONGEST_NAME} characters.",
            ),
            "avoid_names",
        )
    return seal(json.dumps(kept)) if kept else ""


def names_to_avoid(search: Search) -> list[str]:
    """Whom a search stays away from. For who passed the gate of the search, and for the matching."""
    return list(json.loads(opened(search.avoid_names))) if search.avoid_names else []


def is_name_of(names: Iterable[str], search_names: Iterable[str]) -> bool:
    """Whether one of some people, by how their names are searched, has one of some names, in whatever sequence."""
    wanted = [set(plain(name).split()) for name in names]
    return any(one <= set(there.split()) for there in search_names for one in wanted if one)


def names_in(call: Call) -> set[str]:
    """Every part of a name that a call and its searches know, as it is searched."""
    parts = {part for one in known(call) for part in search_name(one.given_name, one.family_name).split()}
    for search in call.searches.all():
        parts |= {part for name in names_to_avoid(search) for part in plain(name).split()}
    return parts


def _clean(one: Identity) -> Identity:
    given, family = " ".join(one.given_name.split()), " ".join(one.family_name.split())
    if not given or not family or max(len(given), len(family)) > LONGEST_NAME:
        raise Invalid(
            Text(
                nl=f"Geef een voornaam en een familienaam van hoogstens {LONGEST_NAME} tekens.",
                en=f"Give a given name and a family name of at most {LONGEST_NAME} characters.",
            ),
            "people",
        )
    today = clock.today()
    if not today.year - OLDEST_YEARS <= one.birth_date.year or one.birth_date > today:
        raise Invalid(
            Text(
                nl=f"Deze geboortedatum kan niet: {one.birth_date:%d-%m-%Y}.",
                en=f"This birth date is not possible: {one.birth_date}.",
            ),
            "people",
        )
    if one.role not in KnownPerson.Role.values:
        raise Invalid(Text(nl="Kies volwassene of kind.", en="Choose adult or child."), "people")
    return replace(one, given_name=given, family_name=family)


def _key(one: Identity) -> str:
    # Parts of a name in one order: at one desk a name is given in another sequence than at the next.
    parts = " ".join(sorted(search_name(one.given_name, one.family_name).split()))
    return f"{parts} {one.birth_date.isoformat()}"


def _sealed(one: Identity) -> str:
    return seal(json.dumps({**asdict(one), "birth_date": one.birth_date.isoformat()}))


def _read(text: str) -> Identity:
    found = json.loads(text)
    return Identity(**{**found, "birth_date": date.fromisoformat(found["birth_date"])})
