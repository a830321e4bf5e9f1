"""A forecast that takes longer than a reader waits: how far it is, and then the answer, made once."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from django.db import connections

from tests.factories import make_actor, make_credit, make_own_actor, make_person, make_queue
from veerkracht.register import clock
from veerkracht.register.care.queries.forecasts import Answer, answer, is_kept
from veerkracht.register.care.queries.freshness import folder
from veerkracht.register.care.queries.questions import Question
from veerkracht.register.care.queries.underway import Underway, answer_soon
from veerkracht.register.errors import Refused
from veerkracht.rulebook.types import Text

PLAN, OTHER = "twenty-million-more", "constant-policy"
SMALL = Question(PLAN, years=2, runs=5)
BESIDE = replace(SMALL, against=OTHER)


@pytest.fixture
def register(transactional_db):
    """Outside a transaction: inside one nothing is kept, so nothing is made beside the page."""
    clock.stand_still_on(date(2024, 1, 15))
    make_credit()
    make_queue(3)
    return make_actor("analyst")


def wait_for(actor, question):
    """Ask again and again, as the page does."""
    told = []
    for _ in range(1200):
        found = answer_soon(actor, question, patience=0.05)
        told.append(found)
        if isinstance(found, Answer) or found.fault:
            return told
        time.sleep(0.2)
    raise AssertionError("the forecast never came")


def test_first_how_far_it_is_and_then_the_answer(register):
    told = wait_for(register, BESIDE)
    assert {type(one) for one in told[:-1]} <= {Underway}
    assert is_kept(register, BESIDE)
    assert told[-1].one.series().equals(answer(register, BESIDE).one.series())
    assert isinstance(answer_soon(register, BESIDE, patience=0), Answer)


def test_whoever_asks_it_is_made_once(register):
    question = replace(SMALL, seed=7)

    def ask(_):
        try:
            return wait_for(register, question)[-1]
        finally:
            connections.close_all()

    before = set(folder("forecasts").iterdir())
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(4)))
    assert [type(one) for one in found] == [Answer] * 4
    # One file for who hands out in rounds, one for all others together.
    assert len(set(folder("forecasts").iterdir()) - before) == 2


def test_what_cannot_be_made_is_said_and_can_be_asked_again(register):
    question = replace(SMALL, start=date(2016, 3, 31))
    for _ in range(2):
        found = wait_for(register, question)[-1]
        assert (type(found), found.broke) == (Underway, False)
        assert found.fault == Text(
            "personal-budget begon op 01-04-2016: een vooruitblik kan niet starten op 31-03-2016.",
            "personal-budget began on 2016-04-01: a forecast can't start on 2016-03-31.",
        )


def test_a_person_is_refused(register):
    with pytest.raises(Refused):
        answer_soon(make_own_actor(make_person()), SMALL)
