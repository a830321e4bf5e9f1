"""A personal code for who speaks for somebody."""

from veerkracht.register.care.models import Budget, Request
from veerkracht.register.errors import Invalid
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.sharing.models import Representation
from veerkracht.rulebook.types import Text


def give_code(representation: Representation, *, by: Actor) -> str:
    """A new code with which a representative signs in; it is shown once.

    Raises `Invalid` for who has a file of their own, or speaks for somebody else too: with a code one reads those
    files as well, and who works on this one has no business there.
    """
    require("representation.record", by, representation)
    person = representation.representative
    if (
        Request.objects.filter(person=person).exists()
        or Budget.objects.filter(person=person).exists()
        or Representation.objects.filter(representative=person)
        .exclude(person=representation.person_id)
        .exists()
        or person.restricted
    ):
        raise Invalid(
            Text(
                nl="Voor deze vertegenwoordiger kunt u hier geen code geven: die vraagt zelf een code aan.",
                en="You can't give a code to this representative here: they ask for one themselves.",
            )
        )
    return codes.issue(person, by=by)
