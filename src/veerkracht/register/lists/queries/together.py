"""With whom somebody asks to come to homes, as they may know it: what they said, and whether it is agreed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from veerkracht.register import clock
from veerkracht.register.care.bundles import is_together
from veerkracht.register.care.models import Request
from veerkracht.register.lists import access, pairs
from veerkracht.register.lists.models import TOGETHER, Together
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.permissions import require


@dataclass(frozen=True)
class TogetherView:
    """`name`: of the other. `is_agreed`: both said so. `until`: the last day to agree."""

    id: int
    version: int
    name: str
    is_agreed: bool
    until: date


@dataclass(frozen=True)
class Company:
    """`now`: with whom; None for nobody. `by_others`: they come together by what was recorded at the counter or taken
    over, without a question. `asked_of`: who asks it of them.
    """

    now: TogetherView | None
    by_others: bool
    asked_of: tuple[TogetherView, ...]


def together_of(actor: Actor, person: Person, request: Request | None) -> Company:
    """For who may register the request of a person (None: they have none). Raises `Refused` for anybody else."""
    asked_of = tuple(question(one) for one in access.together_asked_of(actor, person))
    if request is None:
        return Company(None, by_others=False, asked_of=asked_of)
    require("entry.register", actor, request)
    found = pairs.of(request)
    return Company(
        now=_view(found, request) if found else None,
        by_others=found is None and is_together(request),
        asked_of=asked_of,
    )


def question(asked: Together) -> TogetherView:
    """What somebody is asked: who asks it, and until when; nothing else of them."""
    return TogetherView(asked.pk, asked.version, str(asked.request.person), False, asked.until)


def _view(found: Together, request: Request) -> TogetherView:
    """The asker reads the name that they gave themselves; the other reads who asked."""
    asker = found.request_id == request.pk
    name = f"{found.given_name} {found.family_name}" if asker else str(found.request.person)
    return TogetherView(found.pk, found.version, name, found.state != Together.State.ASKED, found.until)


def marks_of(requests: Collection[Request]) -> dict[int, str]:
    """By id of the request, whether it comes "together" with another, or is only "asked" to. Two queries, however many;
    for whoever may see the requests: it says nothing of the other.
    """
    ids = [one.pk for one in requests]
    mine = Q(request__in=ids) | Q(other__in=ids)
    marks = {}
    for request, other, state, until in Together.objects.filter(mine, state__in=TOGETHER).values_list(
        "request", "other", "state", "until"
    ):
        if state != Together.State.ASKED:
            marks |= {request: "together", other: "together"}
        elif until >= clock.today():
            marks[request] = "asked"
    shared = Request.objects.filter(bundle__in={one.bundle for one in requests if one.bundle}, live=True)
    several = {
        (bundle, programme)
        for bundle, programme, count in shared.values_list("bundle", "programme").annotate(Count("pk"))
        if count > 1
    }
    joined = {one.pk: "together" for one in requests if (one.bundle, one.programme) in several}
    return {id: mark for id, mark in (marks | joined).items() if id in set(ids)}
