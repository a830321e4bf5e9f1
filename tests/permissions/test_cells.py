"""Every cell of the matrix, asked at the gate: each role, however it stands to the case, each action and each field."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.permissions import kept as world
from veerkracht.register.care.models import Request
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import fields, may, scope, which
from veerkracht.register.permissions.matrix import matrix

pytestmark = [pytest.mark.django_db, pytest.mark.parametrize("role", world.EVERYBODY)]


def everybody(kept: world.Kept, role: str) -> Iterator[tuple[world.Link, Actor]]:
    for link in world.links_of(role):
        yield link, world.actor(kept, role, link)


def on_case() -> list[str]:
    return [action.id for action in matrix().actions.values() if action.on_case]


def expected(role: str, link: world.Link, action: str) -> bool:
    """What the matrix says; a document is read by who sees that group of fields of the file."""
    seen = action != "document.read" or "documents" in world.fields_given(role, link)
    return seen and world.given(role, link, action)


def test_each_action_on_a_case_is_allowed_exactly_where_the_matrix_says(kept, role):
    for link, actor in everybody(kept, role):
        allowed = which(on_case(), actor, kept.request)
        assert allowed == {action for action in on_case() if expected(role, link, action)}, link.id


def test_one_action_asked_alone_gets_the_same_answer(kept, role):
    for _, actor in everybody(kept, role):
        assert which(on_case(), actor, kept.request) == {a for a in on_case() if may(a, actor, kept.request)}


def test_each_group_of_fields_is_seen_exactly_where_the_matrix_says(kept, role):
    for link, actor in everybody(kept, role):
        assert fields(actor, kept.request) == world.fields_given(role, link), link.id


@pytest.mark.parametrize("verb", ["request.list", "request.export"])
def test_a_list_holds_the_case_exactly_where_the_matrix_says(kept, role, verb):
    for link, actor in everybody(kept, role):
        listed = Request.objects.filter(scope(actor, verb), pk=kept.request.pk).exists()
        assert listed == world.given(role, link, verb), link.id


def test_nobody_but_the_person_and_who_is_named_can_do_or_see_anything_of_a_restricted_file(kept, role):
    with transaction.atomic("default"):
        actors = list(everybody(kept, role))
        # Somebody else is named: that there is a list of names helps nobody who is not on it.
        world.restrict(kept, named=world.make_user("named"))
        kept.request.person.refresh_from_db()
        seen = {
            link.id
            for link, actor in actors
            if fields(actor, kept.request)
            or which(on_case(), actor, kept.request)
            or Request.objects.filter(scope(actor), pk=kept.request.pk).exists()
        }
        transaction.set_rollback(True)
    kept.request.person.refresh_from_db()
    assert seen == ({"self"} if role == world.PERSON else set())


def test_who_is_named_in_a_restricted_file_may_what_they_might_before(kept, role):
    for link, actor in everybody(kept, role):
        before = fields(actor, kept.request)
        with transaction.atomic("default"):
            world.restrict(kept, named=actor.user)
            kept.request.person.refresh_from_db()
            named = fields(actor, kept.request)
            transaction.set_rollback(True)
        kept.request.person.refresh_from_db()
        # A command that nobody's name stands behind can't be named.
        assert named == (before if actor.user else frozenset()), link.id
