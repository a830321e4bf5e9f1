"""May this actor do this? The gates and every action ask here, and here alone."""

from typing import Any

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, PERSON, Actor
from veerkracht.register.permissions.matrix import matrix
from veerkracht.register.permissions.relations import Links, case_of, covers_programme, holds

# What is read of a document is given with the group of fields `documents` of the file.
_CUT_LIKE_READING = {"document.read": "documents"}


def may(verb: str, actor: Actor, obj: Any = None) -> bool:
    """Whether an actor may do something to an object (or a programme, by name).

    About a programme (or nothing) it answers whether the role may do it to something there: for what a page
    offers. Who may do it to one case is asked with that case.
    """
    relations = matrix().relations_that_allow(actor.role, verb)
    case, programme = case_of(obj), _programme(actor, obj)
    if case is None and matrix().actions[verb].on_case and actor.role == PERSON:
        return False
    needed = _CUT_LIKE_READING.get(verb)
    if case is not None and needed:
        return bool(relations) and needed in fields(actor, case)
    return any(holds(actor, relation, case, programme) for relation in relations)


def require(verb: str, actor: Actor, obj: Any = None) -> None:
    """Raise `Refused`, and log it, unless the actor may."""
    if may(verb, actor, obj):
        return
    record(actor, "refused", verb, detail={"object": str(getattr(obj, "number", getattr(obj, "pk", obj)))})
    raise Refused()


def fields(actor: Actor, obj: Any, verb: str = "request.read") -> frozenset[str]:
    """The groups of fields that an actor may see of a case; none when they may not see it at all."""
    case = case_of(obj)
    if case is None:
        return frozenset()
    # What belongs to no programme (a person) is met in any role.
    programme = case.programme or actor.programme
    if actor.role not in (PERSON, COMMAND) and not covers_programme(actor, programme):
        return frozenset()
    linked, seen = Links(actor, case), frozenset[str]()
    for relation, given in matrix().relations_that_allow(actor.role, verb).items():
        # A relation that would add nothing isn't looked up.
        if given <= seen:
            continue
        cut = linked.cut(relation)
        seen |= given if cut is None else given & (cut | ALWAYS if cut else cut)
    return seen


# Who may read anything of a file knows whose it is.
ALWAYS = frozenset({"identity"})


def _programme(actor: Actor, obj: Any) -> str:
    """The programme that a thing belongs to; the role's own for what belongs to none, as a person does."""
    if isinstance(obj, str):
        return obj
    return getattr(obj, "programme", "") or actor.programme
