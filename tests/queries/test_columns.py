"""The list as the rulebook's table: now, inside a transaction, and as of a day."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from tests.factories import make_credit, make_person, make_queue, make_request, make_round
from veerkracht.register.care import actions, steps
from veerkracht.register.care.models import Request, Step
from veerkracht.register.care.queries import as_of
from veerkracht.register.care.queries.columns import waiting_table
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.tables import STANDARD

COMMAND = Actor.for_command("tests")


def test_a_row_holds_every_fact_of_a_request(demo_day):
    person = make_person(born=date(1988, 2, 29), area="11002")
    request = make_request(person, asked=date(2019, 5, 6), category="X", group=2)
    assert waiting_table("personal-budget").to_dicts() == [
        {
            "id": request.pk,
            "person": person.pk,
            "bundle": request.pk,
            "kind": "first",
            "state": "waiting",
            "request_date": date(2019, 5, 6),
            "birth_date": date(1988, 2, 29),
            "area": "11002",
            "recognised": True,
            "plan_approved_on": date(2021, 2, 1),
            "complete": True,
            "converted": False,
            "register_date": None,
            "priority_group": 2,
            "priority_date": date(2019, 5, 6),
            "route": "",
            "scheme": "twelve",
            "category": "X",
            "points": 70.960164,
            "points_held": 0.0,
            "partial": False,
        }
    ]


def test_its_columns_have_the_rulebooks_types_even_when_it_is_empty(demo_day):
    table = waiting_table("personal-budget")
    assert table.height == 0
    expected = {name: dtype for name, (dtype, _) in STANDARD.items() if name in table.columns}
    assert {name: table.schema[name] for name in expected} == expected


def test_only_waiting_requests_of_the_programme_are_in_it(demo_day):
    waiting = make_request()
    make_request(state="asked")
    withdrawn = make_request()
    actions.withdraw(withdrawn, by=COMMAND, on=date(2023, 1, 1))
    Request.objects.filter(pk=make_request().pk).update(programme="another")
    assert waiting_table("personal-budget")["id"].to_list() == [waiting.pk]


def test_states_can_be_chosen(demo_day):
    make_request()
    asked = make_request(state="asked", category=None, recognised=None, complete=None)
    table = waiting_table("personal-budget", states=("asked",))
    assert table.select("id", "recognised", "category", "points", "priority_date").rows() == [
        (asked.pk, None, "", 0.0, None)
    ]


def test_a_bundle_is_never_empty(demo_day):
    first = make_request()
    second = make_request(bundle=first.pk)
    assert waiting_table("personal-budget").select("id", "bundle").rows() == [
        (first.pk, first.pk),
        (second.pk, first.pk),
    ]


def test_it_sees_what_the_open_transaction_wrote(demo_day):
    request = make_request()
    Request.objects.filter(pk=request.pk).update(priority_group=3)
    assert waiting_table("personal-budget")["priority_group"].to_list() == [3]


def test_as_of_tells_what_held_apart_from_what_was_known(demo_day):
    request = make_request(asked=date(2021, 3, 1), group=2)
    Step.objects.create(
        request=request,
        kind="corrected",
        holds_from=date(2022, 5, 1),
        recorded_at="2023-06-01T10:00:00Z",
        by_name="Somebody",
        role="officer",
        priority_group=1,
    )
    # The factory's own steps were recorded on the demo's day; these are the days it talks about.
    on, known = date(2022, 5, 1), date(2024, 1, 15)
    assert waiting_table("personal-budget", on, known)["priority_group"].to_list() == [1]
    assert waiting_table("personal-budget", date(2022, 4, 30), known)["priority_group"].to_list() == [2]
    assert waiting_table("personal-budget", on, date(2024, 1, 14)).height == 0
    assert as_of.snapshot("personal-budget", on, date(2023, 6, 1))["priority_group"].to_list() == [1]
    assert as_of.snapshot("personal-budget", on, date(2023, 5, 31)).height == 0


def test_before_it_was_asked_a_request_is_on_no_list(demo_day):
    make_request(asked=date(2021, 3, 1))
    assert waiting_table("personal-budget", date(2021, 2, 28)).height == 0
    assert waiting_table("personal-budget", date(2021, 3, 1)).height == 1


def test_as_of_today_equals_the_list_as_it_stands(demo_day):
    make_credit()
    make_queue(3)
    make_request(make_person(area="24062"), group=3, category="24", bundle=None)
    make_request(state="asked", category=None, recognised=None, complete=None)
    make_round(120_000, state="signed")
    for states in (("waiting",), ("granted",), ("asked",)):
        now = waiting_table("personal-budget", states=states)
        assert now.equals(waiting_table("personal-budget", demo_day, states=states))


def test_steps_read_as_columns_fold_to_what_is_kept(demo_day):
    request = make_request()
    folded = steps.fold(as_of.all_steps("personal-budget")).to_dicts()[0]
    request.refresh_from_db()
    kept = {name: getattr(request, name) for name in steps.FOLDED}
    assert {
        name: Decimal(str(value)) if isinstance(value, float) else value for name, value in folded.items()
    } == {
        "request_id": request.pk,
        **{
            name: Decimal(str(float(value))) if isinstance(value, Decimal) else value
            for name, value in kept.items()
        },
    }


@pytest.mark.django_db(transaction=True, databases="__all__")
def test_a_snapshot_is_kept_until_the_next_step():
    make_request(asked=date(2021, 3, 1))
    first = as_of.snapshot("personal-budget", date(2023, 1, 1))
    assert as_of.snapshot("personal-budget", date(2023, 1, 1)).equals(first)
    make_request(asked=date(2021, 4, 1))
    assert as_of.snapshot("personal-budget", date(2023, 1, 1)).height == 2


def test_nothing_is_kept_of_a_list_that_may_be_taken_back(demo_day, settings, tmp_path):
    settings.HOME = tmp_path
    make_request()
    as_of.snapshot("personal-budget", demo_day)
    assert list(tmp_path.rglob("*.parquet")) == []


def test_two_requests_of_one_person_are_two_rows(demo_day):
    person = make_person()
    make_request(person)
    make_request(person, kind="increase")
    table = waiting_table("personal-budget")
    assert table.select(pl.len(), pl.col("person").n_unique()).rows() == [(2, 1)]
