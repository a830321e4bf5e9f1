"""Who has this national number: the requests of one person, for who may see them."""

from veerkracht.register.care.models import Request
from veerkracht.register.log.record import record
from veerkracht.register.people import national_numbers
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require, scope

_LONGEST = 100


def find_by_number(actor: Actor, number: str) -> list[Request]:
    """The requests, with their person, that the actor may see of whoever has this number; latest first.

    None for a number that nobody has, and for whom the actor may not see: the two look the same, and so do they in
    the log. Raises `Refused`, and `Invalid` for wrong check digits; neither repeats the number.
    """
    require("number.search", actor, actor.programme)
    having = national_numbers.having(national_numbers.normal(number), "person__")
    seen = Request.objects.filter(scope(actor, "request.list"), having).select_related("person")
    found = list(seen.order_by("-request_date", "-pk")[:_LONGEST])
    person = found[0].person_id if found else None
    record(actor, "search", "person", person_id=person, detail={"by": "national number", "found": len(found)})
    return found
