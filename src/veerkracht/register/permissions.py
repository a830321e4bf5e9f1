"""Who may do what: small named predicates, composed. The gates in `care.access` and every action ask here."""

from typing import Any

import rules
from rules import predicate

from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor


def _role(name: str):
    return predicate(lambda actor: actor.role == name, name=f"is_{name}")


is_officer = _role("officer")
is_signer = _role("signer")
is_assessor = _role("assessor")
is_reader = _role("reader")
is_analyst = _role("analyst")
is_command = _role("command")


@predicate
def in_scope(actor: Actor, obj: Any) -> bool:
    """The role is for every programme, or for that of the object (or the programme named by a text)."""
    programme = obj if isinstance(obj, str) else getattr(obj, "programme", "")
    return actor.programme in ("", programme)


@predicate
def is_own(actor: Actor, obj: Any) -> bool:
    return actor.role == "person" and actor.person.pk == getattr(obj, "person_id", None)


@predicate
def is_named(actor: Actor) -> bool:
    return actor.user is not None


_staff = is_officer | is_signer | is_assessor
# A command is run by who administers the machine, and is logged under their name.
_reads = _staff | is_reader | is_command

rules.add_rule("request.read", (_reads & in_scope) | is_own)
rules.add_rule("request.list", _reads & in_scope)
rules.add_rule("request.export", (is_officer | is_signer | is_command) & in_scope)
rules.add_rule("request.import", (is_officer | is_command) & in_scope)
rules.add_rule("figures.read", (_reads | is_analyst) & in_scope)
rules.add_rule("turns.compute", (is_officer | is_signer | is_command) & in_scope)
rules.add_rule("plan.keep", (_staff | is_reader | is_analyst) & is_named)
rules.add_rule("request.change", (is_officer | is_assessor | is_command) & in_scope)
rules.add_rule("request.withdraw", ((is_officer | is_command) & in_scope) | is_own)
rules.add_rule("request.refuse", is_signer & is_named & in_scope)
rules.add_rule("person.died", is_officer | is_assessor | is_command)
rules.add_rule("budget.change", (is_officer | is_command) & in_scope)
rules.add_rule("grant.decline", ((is_officer | is_command) & in_scope) | is_own)
rules.add_rule("grant.outside-round", is_signer & is_named & in_scope)
rules.add_rule("round.read", (is_officer | is_signer | is_reader | is_command) & in_scope)
rules.add_rule("round.dry-run", (is_officer | is_signer | is_analyst | is_command) & in_scope)
rules.add_rule("round.prepare", (is_officer | is_signer) & is_named & in_scope)
rules.add_rule("round.review", (is_officer | is_signer) & is_named & in_scope)
rules.add_rule("round.sign", is_signer & is_named & in_scope)
rules.add_rule("credit.vote", (is_officer | is_signer | is_command) & in_scope)


def may(verb: str, actor: Actor, obj: Any = None) -> bool:
    """Whether an actor may do something to an object (or a programme, by name); for what a page offers."""
    return bool(rules.test_rule(verb, actor, obj))


def require(verb: str, actor: Actor, obj: Any = None) -> None:
    """Raise `Refused`, and log it, unless the actor may."""
    if may(verb, actor, obj):
        return
    record(actor, "refused", verb, detail={"object": str(getattr(obj, "number", getattr(obj, "pk", obj)))})
    raise Refused()
