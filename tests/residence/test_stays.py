"""Somebody comes, is away, moves and leaves; a death or withdrawal recorded anywhere gives the place back."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests import factories
from tests.residence.conftest import COMMAND, PROGRAMME, TODAY, make_home, rooms, worker
from veerkracht.register import clock, verify
from veerkracht.register.care import actions as care
from veerkracht.register.constraints import broken
from veerkracht.register.errors import Conflict, Invalid, Refused
from veerkracht.register.log.models import LogEntry
from veerkracht.register.residence import access, actions
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.queries.places import free_now


def kinds(residence: Residence) -> list[tuple[str, date]]:
    return list(residence.events.order_by("pk").values_list("kind", "holds_from"))


def ask(**facts):
    request = care.ask(
        factories.make_person(born=date(1940, 1, 1), area="T1"),
        by=COMMAND,
        programme=PROGRAMME,
        kind="stay",
        on=date(2023, 6, 1),
        **facts,
    )
    return care.prioritise(request, by=COMMAND, on=date(2023, 6, 1), group=1)


def test_who_comes_is_served_and_has_the_place_until_they_leave(home, admission):
    request = ask()
    hold = supply.hold_place(rooms(home)[0], by=COMMAND, minutes=60, request=request)
    stay = actions.start_stay(hold, by=admission, on=date(2024, 1, 10))[0]
    request.refresh_from_db()
    assert (stay.person, stay.stay.unit, request.state, free_now(COMMAND)) == (
        request.person,
        rooms(home)[0],
        "served",
        3,
    )
    ended = actions.end_stay(stay, by=admission, on=TODAY, reason="left", version=1)
    assert (ended.until_date, ended.end_reason, free_now(COMMAND)) == (TODAY, "left", 4)
    assert kinds(ended) == [("started", date(2024, 1, 10)), ("ended", TODAY)]
    assert list(request.steps.order_by("pk").values_list("kind", flat=True))[-2:] == ["started", "ended"]
    assert verify.run() == []
