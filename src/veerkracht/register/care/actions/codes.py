"""A personal code for whom a file is about, or who speaks for them."""

from veerkracht.register.care.models import Budget, Request
from veerkracht.register.errors import Invalid
from veerkracht.register.people import codes
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, may, require
from veerkracht.register.sharing.models import Representation
from veerkracht.rulebook.types import Text

_VERB = "representation.record"


def give_code(representation: Representation, *, by: Actor) -> str:
    """A new code with which a representative signs in; it is shown once.

    Raises `Invalid` for who has a file of their own, or speaks for somebody else too: with a code one reads those
    files as well, and who works on this one has no business there.
    """
    require(_VERB, by, representation)
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


def give_own_code(case: Case, *, by: Actor) -> str:
    """A new code with which the person of a case signs in themself; it is shown once, and the earlier ones end.

    For who has seen that it is them. Raises `Invalid` for who speaks for somebody else, is shielded, or asks for
    something that the actor does not keep: with a code one reads that too.
    """
    require(_VERB, by, case)
    person = case.person
    asked = Request.objects.filter(person=person).select_related("person")
    if (
        person.restricted
        or person.died_on
        or Representation.objects.filter(representative=person).exists()
        or not all(may(_VERB, by, request) for request in asked)
    ):
        raise Invalid(
            Text(
                nl="Voor deze persoon kunt u hier geen code geven: die vraagt er zelf een aan.",
                en="You can't give a code to this person here: they ask for one themselves.",
            )
        )
    return codes.issue(person, by=by)
