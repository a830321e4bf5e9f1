"""When keys are replaced: all that desks and services keep sealed."""

from typing import Any

from django.db.models import Model

from veerkracht.register.crisis.identities import mark_of
from veerkracht.register.crisis.models import CallBack, KnownPerson, Search, Shelter
from veerkracht.register.people import sealed_columns
from veerkracht.register.supply.models import Location

_SEALED: tuple[tuple[type[Model], str], ...] = (
    (CallBack, "sealed"),
    (Search, "avoid_names"),
    (Shelter, "phone"),
    (Location, "sealed_address"),
)


def reseal() -> int:
    """Seal it all with the newest key; how many texts. Who is known is found by the newest key from then on."""
    people = sealed_columns.reseal(KnownPerson, "sealed", _marked)
    return people + sum(sealed_columns.reseal(model, column) for model, column in _SEALED)


def under_older_keys() -> int:
    """How many texts still need an older key."""
    sealed = ((KnownPerson, "sealed"), *_SEALED)
    return sum(sealed_columns.under_older_keys(model, column) for model, column in sealed)


def _marked(text: str) -> dict[str, Any]:
    return {"mark": mark_of(text)}
