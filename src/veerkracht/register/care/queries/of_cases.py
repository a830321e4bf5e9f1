"""The requests behind cases: for lists of cases that lead to a file."""

from collections.abc import Iterable
from dataclasses import dataclass

from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor


@dataclass(frozen=True)
class Latest:
    """The latest request of a person, for one programme or for any."""

    number: str
    programme: str
    state: str


def latest_requests(actor: Actor, cases: Iterable[tuple[int, str]]) -> dict[tuple[int, str], Latest | None]:
    """By person and programme ("": any that the actor's role is for), for cases that the actor was shown; None for
    who has none. One query.
    """
    found: dict[tuple[int, str], Latest | None] = dict.fromkeys(cases)
    rows = Request.objects.filter(person__in={person for person, _ in found}).order_by("request_date", "id")
    if actor.programme:
        rows = rows.filter(programme=actor.programme)
    for person, number, programme, state in rows.values_list("person", "number", "programme", "state"):
        for case in ((person, programme), (person, "")):
            if case in found:
                found[case] = Latest(number, programme, state)
    return found
