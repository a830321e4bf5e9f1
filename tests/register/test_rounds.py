"""A round from proposal to grants: who may do what, and what a round never does."""

from datetime import date

import pytest

from tests.factories import make_actor, make_credit, make_queue, make_round
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.money.queries import balances

pytestmark = pytest.mark.django_db


def test_a_round_hands_out_in_order_until_the_money_is_spent(demo_day):
    make_credit(1_000_000)
    first, second, third = make_queue(3)
    made = make_round(120_000, state="signed")
    assert [line.request_id for line in made.lines.filter(granted=True).order_by("position")] == [first.pk, second.pk]
    assert [line.request_id for line in made.lines.filter(granted=False)] == [third.pk]
    assert list(Request.objects.order_by("pk").values_list("state", flat=True)) == ["granted", "granted", "waiting"]
