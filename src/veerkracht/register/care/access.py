"""The gates: the only way to a request or a round. Who may not see a thing can't learn that it exists."""

from django.db.models import QuerySet

from veerkracht.register.care.models import Budget, Request, Round
from veerkracht.register.cases.protection.representatives import whom
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, case_of, fields, may, require, scope, which, why

__all__ = [
    "Case",
    "case_of",
    "fields",
    "get_budget",
    "get_request",
    "get_round",
    "list_requests",
    "list_rounds",
    "may",
    "my_requests",
    "open_file",
    "require",
    "which",
    "whom",
]


def get_request(actor: Actor, number: str, *, purpose: str = "") -> Request:
    """The request with this number, with its person; the look is logged.

    Raises `Refused`, the same whether it doesn't exist or may not be seen.
    """
    return open_file(actor, number, purpose=purpose)[0]


def open_file(actor: Actor, number: str, *, purpose: str = "") -> tuple[Request, frozenset[str]]:
    """As `get_request`, with the groups of fields that the actor may see of it. Raises `Refused` likewise."""
    request = Request.objects.select_related("person").filter(number=number).first()
    seen = fields(actor, request)
    if request is None or not seen:
        record(actor, "refused", "request", purpose=purpose, detail={"asked": number[:20]})
        raise Refused()
    purpose = purpose or why(actor, request)
    # A file page shows no address in hiding; that somebody may see one isn't told to who reads the log.
    shown = sorted(seen - {"hidden-address"})
    record(actor, "read", request, person_id=request.person_id, purpose=purpose, fields=shown)
    return request, seen


def get_budget(actor: Actor, request: Request) -> Budget:
    """The budget that the person of a request has now. Raises `Refused`, the same whether there is none."""
    found = Budget.objects.filter(
        person=request.person_id, programme=request.programme, ended_on=None
    ).first()
    if found is None or "money" not in fields(actor, request):
        record(actor, "refused", "budget", detail={"request": request.number})
        raise Refused()
    return found


def list_requests(
    actor: Actor, programme: str, *, verb: str = "list", detail: dict | None = None
) -> QuerySet[Request]:
    """The requests of a programme that an actor may see; the look is logged: list, search or export."""
    allowed = "request.export" if verb == "export" else "request.list"
    require(allowed, actor, programme)
    record(actor, verb, "request", detail={"programme": programme, **(detail or {})})
    return Request.objects.filter(scope(actor, allowed), programme=programme)


def my_requests(actor: Actor, number: str = "") -> QuerySet[Request]:
    """The actor's own requests, or those of the person with this number for whom they speak, last first; the look
    is logged. Raises `Refused` for who is not a person who asks, and for anybody they don't speak for.
    """
    person = whom(actor, number)
    record(actor, "read", "request", person_id=person.pk)
    return Request.objects.filter(person=person).select_related("person").order_by("-request_date", "-id")


def get_round(actor: Actor, id: int) -> Round:
    """The round with this number; the look is logged. Raises `Refused`, the same whether it exists or not."""
    found = Round.objects.select_related("prepared_by", "reviewed_by", "signed_by").filter(pk=id).first()
    if found is None or not may("round.read", actor, found):
        record(actor, "refused", "round", detail={"asked": str(id)[:20]})
        raise Refused()
    record(actor, "read", found)
    return found


def list_rounds(actor: Actor, programme: str = "") -> QuerySet[Round]:
    """The rounds an actor may see, latest first: of one programme, or of all in their role's scope."""
    programme = programme or actor.programme
    require("round.read", actor, programme)
    rounds = Round.objects.filter(programme=programme) if programme else Round.objects.all()
    return rounds.select_related("prepared_by", "signed_by").order_by("-date", "-id")
