"""No person's name in what everybody may read: the names of services, buildings and places, and addresses.

What can be known is refused: a name after a form of address ("mevrouw Peeters"; the words stand in the region's
`places.toml`), and the full name of somebody who works for the organisation or stays with it. A name that the register
does not know is not found.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from veerkracht import region
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Membership, Organisation, Person
from veerkracht.register.people.names import plain
from veerkracht.register.permissions import kept_from
from veerkracht.rulebook.types import Text

HOLDS_A_NAME = Text(
    nl="Dit kan iedereen lezen, en het lijkt de naam van een persoon te bevatten: {found}. Laat die weg.",
    en="Everybody can read this, and it seems to hold a person's name: {found}. Leave it out.",
)


def refuse_names(by: Actor, organisation: Organisation, **texts: str) -> None:
    """Raise `Invalid` when a text that everybody may read holds a person's name. `texts`: by field, of which `address`
    may hold a form of address, as streets do."""
    people = people_of(by, [organisation.pk])
    for name, text in texts.items():
        found = named_in(text, people) or (titled(text, before_names()) if name != "address" else "")
        if found:
            raise Invalid(HOLDS_A_NAME.fill(found=found), name)


def refuse_title(text: str, field: str) -> None:
    """Raise `Invalid` for a name after a form of address."""
    if found := titled(text, before_names()):
        raise Invalid(HOLDS_A_NAME.fill(found=found), field)


def before_names() -> tuple[str, ...]:
    """The region's words that stand before a person's name."""
    places = region.current().places
    return places.before_names if places else ()


def titled(text: str, before: tuple[str, ...]) -> str:
    """One of the words `before` a name with the name after it, as it stands in a text; "" when there is none."""
    found = _after(before).search(text) if before and text else None
    return found.group() if found else ""


@lru_cache(maxsize=8)
def _after(words: tuple[str, ...]) -> re.Pattern[str]:
    said = "|".join(re.escape(word.rstrip(".")) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"\b(?i:{said})\.?\s+[^\W\d_a-zß-ÿ][\w'’-]*")


def people_of(by: Actor, organisations: Iterable[int]) -> frozenset[str]:
    """The names of who works for organisations and who stays with them, as they are compared; two queries.

    Without the restricted people of whom the actor may not know: what is refused would tell of them.
    """
    ids = list(organisations)
    staff = Membership.objects.filter(organisation__in=ids).values_list("user__first_name", "user__last_name")
    residents = Person.objects.filter(requests__stays__unit__service__organisation__in=ids)
    told = residents.exclude(pk__in=kept_from(by)).values_list("given_name", "family_name")
    both = {*staff.distinct(), *told.distinct()}
    return frozenset(plain(f"{given} {family}") for given, family in both if given.strip() and family.strip())


def named_in(text: str, people: frozenset[str]) -> str:
    """The name of one of these people that stands in a text, in either order; "" when there is none."""
    words = re.findall(r"[\w'’-]+", plain(text))
    for begin in range(len(words)):
        for end in range(begin + 2, len(words) + 1):
            some = words[begin:end]
            for split in range(len(some)):
                name = " ".join([*some[split:], *some[:split]])
                if name in people:
                    return " ".join(some)
    return ""
