"""What changes a case: each verb does it for whom the matrix gives it, and for nobody else, whoever calls it."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction

from tests.permissions import kept as world
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.people.actors import Actor

pytestmark = pytest.mark.django_db
_ON = date(2024, 1, 15)
VERBS: dict[str, Callable[[Request, Actor], object]] = {
    "request.change": lambda request, by: actions.assess(request, actions.Assessed("10"), by=by, on=_ON),
    "request.withdraw": lambda request, by: actions.withdraw(request, by=by, on=_ON, reason="other"),
    "request.refuse": lambda request, by: actions.refuse(
        request, by=by, on=_ON, reason="other", text="waarom"
    ),
    "person.died": lambda request, by: actions.record_death(request.person, by=by, on=_ON),
}


@pytest.mark.parametrize("role", world.EVERYBODY)
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_does_and_who_may_not_changes_nothing(kept, verb, role):
    for link in world.links_of(role):
        actor = world.actor(kept, role, link)
        with transaction.atomic("default"):
            request = Request.objects.select_related("person").get(pk=kept.request.pk)
            before, done = _state(request), True
            try:
                VERBS[verb](request, actor)
            except Refused:
                done = False
            changed = _state(Request.objects.get(pk=request.pk)) != before
            transaction.set_rollback(True)
        assert (done, changed) == (world.given(role, link, verb),) * 2, link.id


def _state(request: Request) -> tuple[object, ...]:
    return request.state, request.version, request.category, request.steps.count()
