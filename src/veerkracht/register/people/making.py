"""A person who comes into the register, with a number of their own. For actions, after they asked."""

from datetime import date
from typing import Any

from veerkracht.register.errors import Invalid
from veerkracht.register.people import numbers
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name
from veerkracht.rulebook.types import Text

_LONGEST_NAME = 100


def make_person(given_name: str, family_name: str, birth_date: date, **facts: Any) -> Person:
    """A new person; `facts`: other columns of theirs. Raises `Invalid` without a first and a family name."""
    given, family = (" ".join(name.split())[:_LONGEST_NAME] for name in (given_name, family_name))
    if not given or not family:
        raise Invalid(
            Text(nl="Geef een voornaam en een naam.", en="Give a first and a family name."), "family_name"
        )
    return Person.objects.create(
        number=numbers.take(numbers.PERSON)[0],
        given_name=given,
        family_name=family,
        search_name=search_name(given, family),
        birth_date=birth_date,
        **facts,
    )
