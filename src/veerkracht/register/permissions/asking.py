"""May this actor do this? The gates and every action ask here, and here alone."""

from collections.abc import Iterable
from typing import Any

from veerkracht.register.errors import OnlyLooks, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions.matrix import ALWAYS, matrix
from veerkracht.register.permissions.relations import PURPOSES, Links, case_of, covers, holds_in_programme

# Asked about this, a role for one programme will not do: for what is done to whole people, of whatever they ask for.
EVERY_PROGRAMME = ""
# What is read of a document is given with the group of fields `documents` of the file.
_CUT_LIKE_READING = {"document.read": "documents"}


def may(verb: str, actor: Actor, obj: Any = None) -> bool:
    """Whether an actor may do something to an object (or a programme, by name).

    About a programme (or nothing) it answers whether the role may do it to something there: for what a page
    offers. Who may do it to one case is asked with that case.
    """
    return bool(which([verb], actor, obj))


def which(verbs: Iterable[str], actor: Actor, obj: Any = None) -> frozenset[str]:
    """Those of some verbs that an actor may do to an object; what links them to a case is looked up once."""
    case, programme = case_of(obj), _programme(actor, obj)
    if not covers(actor, programme):
        return frozenset()
    linked = Links(actor, case) if case else None
    return frozenset(verb for verb in verbs if _allows(verb, actor, linked))


def _allows(verb: str, actor: Actor, linked: Links | None) -> bool:
    relations = matrix().relations_that_allow(actor.role, verb)
    if linked is None:
        return any(holds_in_programme(actor, relation) for relation in relations)
    if verb in _CUT_LIKE_READING:
        return bool(relations) and _CUT_LIKE_READING[verb] in _seen(linked, "request.read")
    return any(linked.has(relation) for relation in relations)


def require(verb: str, actor: Actor, obj: Any = None) -> None:
    """Raise `Refused`, and log it, unless the actor may: `OnlyLooks` for who may look at the case and do nothing."""
    if may(verb, actor, obj):
        return
    record(actor, "refused", verb, detail={"object": str(getattr(obj, "number", getattr(obj, "pk", obj)))})
    raise OnlyLooks() if only_looks(actor, obj) else Refused()


def only_looks(actor: Actor, obj: Any) -> bool:
    """Whether the person of a case lets an actor look at it, and do nothing."""
    case = case_of(obj)
    return case is not None and Links(actor, case).has("viewer")


def fields(actor: Actor, obj: Any, verb: str = "request.read") -> frozenset[str]:
    """The groups of fields that an actor may see of a case; none when they may not see it at all."""
    case = case_of(obj)
    if case is None or not covers(actor, _programme(actor, case)):
        return frozenset()
    return _seen(Links(actor, case), verb)


def why(actor: Actor, obj: Any) -> str:
    """Why somebody reads a case that is not theirs: the purpose of what was shared with them, or the reason of their
    emergency access; "" for whoever reads it by their role or their work.
    """
    case = case_of(obj)
    if case is None:
        return ""
    linked, relations = Links(actor, case), matrix().relations_that_allow(actor.role, "request.read")
    if any(linked.has(relation) for relation in relations if relation not in PURPOSES):
        return ""
    said = (purpose(linked) for relation, purpose in PURPOSES.items() if relation in relations)
    return next(filter(None, said), "")


def _seen(linked: Links, verb: str) -> frozenset[str]:
    seen = frozenset[str]()
    for relation, given in matrix().relations_that_allow(linked.actor.role, verb).items():
        # A relation that would add nothing isn't looked up.
        if given <= seen:
            continue
        cut = linked.cut(relation)
        seen |= given if cut is None else _within(given, cut, verb)
    return seen


def _within(given: frozenset[str], cut: frozenset[str], verb: str) -> frozenset[str]:
    """What is left of the matrix's fields by a consent's; who may read anything knows whose file it is."""
    return given & (cut | ALWAYS.get(verb, frozenset())) if cut else cut


def _programme(actor: Actor, obj: Any) -> str:
    """The programme that a thing belongs to; the role's own for what belongs to none, as a person does."""
    if isinstance(obj, str):
        return obj
    return getattr(obj, "programme", "") or actor.programme
