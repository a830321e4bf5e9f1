"""A round from proposal to grants: who may do what, and what a round never does."""

import pytest

from tests.factories import make_credit, make_queue, make_round
from veerkracht.register.care.models import Request

pytestmark = pytest.mark.django_db


def test_a_round_hands_out_in_order_until_the_money_is_spent(demo_day):
    make_credit(1_000_000)
    first, second, third = make_queue(3)
    made = make_round(120_000, state="signed")
    assert [line.request_id for line in made.lines.filter(granted=True).order_by("position")] == [
        first.pk,
        second.pk,
    ]
    assert [line.request_id for line in made.lines.filter(granted=False)] == [third.pk]
    assert list(Request.objects.order_by("pk").values_list("state", flat=True)) == [
        "granted",
        "granted",
        "waiting",
    ]
