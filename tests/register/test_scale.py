"""Ten thousand grants in one go finish, and the count is right."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_actor, make_credit, make_many, make_round
from veerkracht.register import verify
from veerkracht.register.care import actions
from veerkracht.register.care.models import Request, Step
from veerkracht.register.money.queries import balances

pytestmark = pytest.mark.django_db

COST = 5_442_677
# Statements, on a database that takes the fewest values in one: about 350. Row by row it would be 30,000.
MOST = 500


def known_tables() -> None:
    """What a database that lives does by itself: without it, PostgreSQL may take ten thousand rows for ten."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def test_ten_thousand_grants(demo_day):
    make_credit(600_000_000)
    make_many(10_050)
    known_tables()
    made = make_round(544_267_700, state="reviewed")
    signer = make_actor("signer")
    counted = []
    # Counted and not kept: on PostgreSQL a statement of ten thousand rows takes longer to write out than to run.
    with connection.execute_wrapper(lambda run, *asked: counted.append(1) or run(*asked)):
        actions.sign_round(made, by=signer)
    assert len(counted) < MOST
    assert Request.objects.filter(state="granted").count() == 10_000
    assert Step.objects.filter(round=made, kind="granted").count() == 10_000
    assert balances("personal-budget")["granted"] == 10_000 * COST
    known_tables()
    assert verify.run() == []


def test_preparing_takes_the_same_queries_for_one_and_for_three(demo_day):
    make_credit()
    counted = []
    for more in (1, 2):
        make_many(more)
        officer = make_actor("officer")
        with CaptureQueriesContext(
            connection,
        ) as queries:
            made = make_round(1_000, officer=officer)
        counted.append(len(queries))
        actions.cancel_round(made, by=officer)
    assert counted[0] == counted[1]
