"""The region's rules for lists of homes, and a home's own; clear errors where there are none."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from veerkracht import region
from veerkracht.region.homes import STAFF, Fact, Lists
from veerkracht.region.ids import HasId
from veerkracht.register.errors import Invalid
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.dated import all_on, value_on_or_none
from veerkracht.rulebook.home_rules import HomeRules, Ward
from veerkracht.rulebook.types import Text

_KINDS = {"boolean": bool, "integer": int}
# More than this is a slip of the finger.
_HIGHEST = 1_000_000


def lists() -> Lists:
    """What all lists of homes share. Raises `Invalid` in a region where no home keeps a list."""
    found = region.current().lists
    if found is None:
        raise Invalid(
            Text(
                nl="In deze regio houdt geen voorziening een lijst.",
                en="No home keeps a list in this region.",
            )
        )
    return found


def listed_programme() -> str:
    """The help for which homes keep lists; "" in a region where none does."""
    found = region.current().lists
    return found.programme if found else ""


def keeps_lists(programme: str) -> bool:
    """Whether homes keep lists of who asks for this help."""
    return bool(programme) and programme == listed_programme()


def rules_of(service: Service) -> HomeRules:
    """A home's own rules. Raises `Invalid` for a home without rules: nobody guesses who is next."""
    found = region.current().homes.get(service.rules)
    if found is None or found.programme != service.programme:
        raise Invalid(
            Text(
                nl=f"{service.name} heeft nog geen regels voor de lijst: niemand kan zeggen wie de volgende is. "
                "Wie er de plaatsen beheert, kiest ze bij de lijst.",
                en=f"{service.name} has no rules for its list yet: nobody can say who is next. "
                "Who manages its places chooses them beside the list.",
            ),
            "rules",
        )
    return found


def rules_for(programme: str) -> tuple[HomeRules, ...]:
    """The rules that a home of this programme can choose from, by the region's files."""
    return tuple(one for one in region.current().homes.values() if one.programme == programme)


def how_ordered(service: Service, on: date) -> tuple[Text, bool]:
    """Who goes first at a home on a day, in plain words (no text where nobody said), and whether that is an example."""
    found = region.current().homes.get(service.rules)
    order = value_on_or_none(found.orders, on) if found else None
    return (order.text if order else Text()), bool(found and found.fictitious)


def wards_of(service: Service, on: date) -> tuple[Ward, ...]:
    """The wards with lists of their own on a day; none for a home without rules."""
    found = region.current().homes.get(service.rules)
    return all_on(found.wards, on) if found else ()


def gives_points(service: Service, on: date) -> bool:
    """Whether a home's rules give points on a day; no for a home without rules."""
    found = region.current().homes.get(service.rules)
    return found is not None and bool(all_on(found.points, on))


def check_ward(service: Service, ward: str, on: date) -> None:
    """Raise `Invalid` for a ward without a list of its own; "" is no ward in particular."""
    known = [one.id for one in wards_of(service, on)]
    if ward and ward not in known:
        listed = ", ".join(known) or "–"
        raise Invalid(
            Text(
                nl=f"{service.name} heeft geen afdeling “{ward}” met een eigen lijst. Er zijn: {listed}.",
                en=f"{service.name} has no ward “{ward}” with a list of its own. There are: {listed}.",
            ),
            "ward",
        )


def check_choice(id: str, known: Iterable[HasId], field: str) -> None:
    """Raise `Invalid` at a field for an id that is not among those of the region's file."""
    ids = [one.id for one in known]
    if id not in ids:
        raise Invalid(
            Text(
                nl=f"“{id}” is niet bekend. Er zijn: {', '.join(ids)}.",
                en=f"“{id}” is not known. There are: {', '.join(ids)}.",
            ),
            field,
        )


def checked_facts(facts: Mapping[str, Any], *, staff: bool) -> dict[str, Any]:
    """Answers to what homes ask, as they are kept; None takes an answer away.

    `staff`: whether who answers works for the home. Raises `Invalid` for a question that isn't asked, an answer of
    another type, and one that only the home's staff gives.
    """
    kept = {}
    for name, value in facts.items():
        fact = lists().fact(name)
        if fact is None:
            known = ", ".join(one.name for one in lists().facts)
            raise Invalid(
                Text(
                    nl=f"Naar “{name}” vraagt geen woonzorgcentrum. Gevraagd wordt: {known}.",
                    en=f"No home asks for “{name}”. Asked are: {known}.",
                ),
                f"facts.{name}",
            )
        if fact.by == STAFF and not staff:
            raise Invalid(
                Text(
                    nl="Hierop antwoordt alleen het woonzorgcentrum zelf.",
                    en="Only the home itself answers this.",
                ),
                f"facts.{name}",
            )
        kept[name] = None if value is None else _answer(fact, value)
    return kept


def _answer(fact: Fact, value: Any) -> Any:
    if fact.type == "date":
        try:
            return date.fromisoformat(str(value)).isoformat()
        except ValueError:
            raise _wrong(fact, value, Text("een dag zoals 2024-01-31", "a day such as 2024-01-31")) from None
    if type(value) is not _KINDS[fact.type]:
        expected = {
            "boolean": Text("ja of nee", "yes or no"),
            "integer": Text("een geheel getal", "a whole number"),
        }
        raise _wrong(fact, value, expected[fact.type])
    if fact.type == "integer" and not 0 <= value <= _HIGHEST:
        raise _wrong(fact, value, Text("een getal vanaf 0", "a number from 0"))
    return value


def _wrong(fact: Fact, value: Any, expected: Text) -> Invalid:
    found = str(value)[:40]
    return Invalid(
        Text(
            nl=f"“{found}” is geen antwoord op “{fact.question.nl}” Verwacht: {expected.nl}.",
            en=f"“{found}” does not answer “{fact.question.en}” Expected: {expected.en}.",
        ),
        f"facts.{fact.name}",
    )
