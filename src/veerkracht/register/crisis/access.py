"""The gates to calls and searches: of one's own desk only. Of another desk's, nobody learns that they exist."""

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from veerkracht.register import clock
from veerkracht.register.crisis.models import Call, CallBack, Search, Shelter, Shift
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import COMMAND, Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.types import Text

Row = TypeVar("Row", bound=Model)
OFF_DUTY = Text(
    nl="U heeft nu geen dienst: begin een dienst, of laat het over aan wie dienst heeft.",
    en="You are not on duty now: start a shift, or leave it to who is.",
)


def list_calls(actor: Actor) -> QuerySet[Call]:
    """The calls of an actor's desk, last first. Raises `Refused`."""
    require("call.read", actor, actor.programme)
    record(actor, "list", "call")
    return Call.objects.filter(_own(actor)).order_by("-at", "-id")


def get_call(actor: Actor, number: str) -> Call:
    """The call with this number; the look is logged. Raises `Refused`, the same whether it exists or not."""
    require("call.read", actor, actor.programme)
    return _seen(actor, "call", number, Call.objects.filter(_own(actor), number=number).first())


def get_search(actor: Actor, number: str) -> Search:
    """The search with this number; the look is logged. Raises `Refused`, the same whether it exists or not."""
    require("call.read", actor, actor.programme)
    searches = Search.objects.filter(_own(actor, "call__"), number=number).select_related("call")
    return _seen(actor, "search", number, searches.first())


def get_call_back(actor: Actor, id: int) -> CallBack:
    """A line of the call-back list of one's own desk. Raises `Refused`, the same whether it exists or not."""
    require("call.read", actor, actor.programme)
    found = CallBack.objects.filter(_own(actor, "call__"), pk=id).select_related("call").first()
    return _seen(actor, "callback", str(id), found)


def is_of(actor: Actor, call: Call) -> bool:
    """Whether a call is of an actor's desk; a command works for all."""
    return actor.role == COMMAND or call.organisation_id == actor.organisation_id


def gives_shelter(actor: Actor) -> bool:
    """Whether an actor's organisation has a service that takes people in, or follows them, for a desk."""
    return Shelter.objects.filter(service__organisation=actor.organisation_id).exists()


def require_desk(verb: str, actor: Actor, call: Call | None = None) -> None:
    """Raise `Refused`, and log it, unless the matrix gives the verb and the call is of the actor's desk."""
    require(verb, actor, actor.programme)
    if call is not None and not is_of(actor, call):
        record(actor, "refused", verb, detail={"object": call.number})
        raise Refused()


def on_duty(actor: Actor) -> Shift | None:
    """The shift that an actor works in now; None when it has ended or never began."""
    now = clock.now()
    running = Shift.objects.filter(
        user=actor.user_id,
        organisation=actor.organisation_id,
        ended_at=None,
        from_at__lte=now,
        until_at__gt=now,
    )
    return running.first() if actor.user_id is not None else None


def require_duty(actor: Actor) -> Shift | None:
    """The shift that an actor works in now; None for a command. Raises `Invalid`, and logs it, for who has none."""
    if actor.role == COMMAND:
        return None
    shift = on_duty(actor)
    if shift is None:
        record(actor, "refused", "search.place", detail={"why": "off duty"})
        raise Invalid(OFF_DUTY, "shift")
    return shift


def _own(actor: Actor, path: str = "") -> Q:
    return Q() if actor.role == COMMAND else Q(**{f"{path}organisation": actor.organisation_id})


def _seen(actor: Actor, kind: str, asked: str, found: Row | None) -> Row:
    if found is None:
        record(actor, "refused", kind, detail={"asked": asked[:20]})
        raise Refused()
    record(actor, "read", found)
    return found
