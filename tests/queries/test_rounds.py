"""A round before it is prepared, as it was prepared, and the letters that come of it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import (
    make_actor,
    make_credit,
    make_own_actor,
    make_person,
    make_queue,
    make_request,
    make_round,
)
from veerkracht.register.care.models import Request, Round, Step
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.letters import letter
from veerkracht.register.care.queries.rounds import draft_split, dry_run, line_page, round_list, round_view
from veerkracht.register.errors import Refused
from veerkracht.register.people.models import Person
from veerkracht.rulebook.errors import MoneyFault, RuleFault

PROGRAMME = "personal-budget"
# Category 12 in 2024.
COST = 5_442_677


@pytest.fixture
def queue(officer) -> list[Request]:
    make_credit()
    return make_queue(3)


def test_a_dry_run_says_who_gets_what_and_who_is_the_first_who_does_not(officer, queue, demo_day):
    tried = dry_run(officer, PROGRAMME, demo_day, 12_000_000)
    pot = next(pot for pot in tried.outcome.pots if pot.granted)
    assert (pot.id, pot.granted, pot.waiting, pot.spent_cents) == ("group-1", 2, 1, 2 * COST)
    assert [line.number for line in pot.lines] == [queue[0].number, queue[1].number]
    assert (pot.first_not_served.number, pot.first_not_served_cost) == (queue[2].number, COST)
    assert pot.first_not_served.why.en.startswith("Next in line")
    assert (tried.outcome.spent_cents, tried.within_money) == (2 * COST, True)


def test_a_dry_run_keeps_and_hands_out_nothing(officer, queue, demo_day):
    steps = Step.objects.count()
    dry_run(officer, PROGRAMME, demo_day, 12_000_000)
    assert (Round.objects.count(), Step.objects.count()) == (0, steps)


def test_more_than_the_voted_money_is_shown_as_such(officer, queue, demo_day):
    tried = dry_run(officer, PROGRAMME, demo_day, 100_000_001)
    assert (tried.free_cents, tried.within_money) == (100_000_000, False)


def test_why_requests_take_no_part(officer, queue, demo_day):
    make_request(complete=False)
    make_request(recognised=None, complete=False)
    tried = dry_run(officer, PROGRAMME, demo_day, 12_000_000)
    assert tried.kept_out == 2
    assert [(one.id, one.count) for one in tried.not_eligible] == [("complete", 2), ("recognised", 1)]
    assert tried.not_eligible[0].text.nl.startswith("Uw dossier is niet volledig")


def test_another_split_beside_it(officer, queue, demo_day):
    third = make_request(group=3, category="2")
    other = draft_split(
        programme_of(PROGRAMME), demo_day, key={"group-1": 0.5, "group-2": 0.0, "group-3": 0.5}
    )
    tried = dry_run(officer, PROGRAMME, demo_day, 12_000_000, compare=other)
    beside = tried.comparison
    assert (beside.gains, beside.losses) == (1, 1)
    assert [line.number for line in beside.gaining] == [third.number]
    assert [line.number for line in beside.losing] == [queue[1].number]
    assert beside.other.split.id == "draft"


def test_an_analyst_sees_sums_and_no_people(officer, queue, demo_day):
    other = draft_split(
        programme_of(PROGRAMME), demo_day, key={"group-1": 0.5, "group-2": 0.0, "group-3": 0.5}
    )
    tried = dry_run(make_actor("analyst"), PROGRAMME, demo_day, 12_000_000, compare=other)
    assert (tried.outcome.granted % 5, tried.outcome.spent_cents % 50_000_000) == (0, 0)
    for pot in (*tried.outcome.pots, *tried.comparison.other.pots):
        assert (pot.lines, pot.first_not_served, pot.first_not_served_cost) == ((), None, None)
    assert (tried.comparison.gaining, tried.comparison.losing) == ((), ())
    with pytest.raises(Refused):
        dry_run(make_actor("reader"), PROGRAMME, demo_day, 12_000_000)


def test_a_draft_split_is_checked_as_a_file_is(officer, queue, demo_day):
    with pytest.raises(RuleFault) as fault:
        draft_split(programme_of(PROGRAMME), demo_day, key={"group-1": 0.5})
    assert "does not add up" in str(fault.value)


@pytest.mark.parametrize("cents", [0, -1])
def test_no_money_is_no_round(officer, queue, demo_day, cents):
    with pytest.raises(MoneyFault):
        dry_run(officer, PROGRAMME, demo_day, cents)


def test_a_round_is_shown_as_it_was_prepared(officer, queue):
    made = make_round(120_000, officer=officer)
    view = round_view(officer, made.pk)
    pot = next(pot for pot in view.pots if pot.granted)
    assert [line.number for line in pot.lines] == [queue[0].number, queue[1].number]
    assert pot.first_not_served.number == queue[2].number
    assert (view.prepared.by, view.reviewed, view.signed) == (officer.name, None, None)
    assert (view.granted, view.spent_cents, view.is_current) == (2, 2 * COST, True)


def test_an_open_round_says_when_the_list_has_changed(officer, queue):
    made = make_round(120_000)
    make_request(asked=date(2020, 5, 1))
    assert round_view(officer, made.pk).is_current is False


def test_rounds_latest_first_in_one_query_each(officer, queue):
    first = make_round(60_000, on=date(2023, 10, 1), state="signed")

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            round_list(officer, PROGRAMME)
        return len(captured)

    with_one = queries()
    second = make_round(60_000, on=date(2024, 1, 1))
    assert [row.id for row in round_list(officer, PROGRAMME)] == [second.pk, first.pk]
    assert queries() == with_one


def test_a_round_takes_as_many_queries_for_three_lines_as_for_one(officer, queue):
    def queries(made) -> int:
        with CaptureQueriesContext(connection) as captured:
            round_view(officer, made.pk)
        return len(captured)

    with_one = queries(make_round(60_000, state="signed"))
    make_queue(3, asked=date(2020, 4, 1))
    assert queries(make_round(170_000, state="signed")) == with_one


def test_the_lines_of_a_pot_go_on_after_a_place(officer, queue):
    made = make_round(180_000)
    assert [line.number for line in line_page(officer, made.pk, "group-1", 1)] == [
        queue[1].number,
        queue[2].number,
    ]


def test_a_page_of_lines_is_full_also_where_a_restricted_person_is_left_out(officer, queue):
    made = make_round(180_000)
    before = [line.number for line in line_page(officer, made.pk, "group-1", size=2)]
    Person.objects.filter(pk=queue[0].person_id).update(restricted=True)
    after = [line.number for line in line_page(officer, made.pk, "group-1", size=2)]
    assert (before, after) == (
        [queue[0].number, queue[1].number],
        [queue[1].number, queue[2].number],
    )


def test_who_may_not_see_rounds_is_told_nothing(officer, queue):
    made = make_round(120_000)
    said = set()
    for actor, id in ((make_actor("analyst"), made.pk), (make_actor("assessor"), made.pk), (officer, 10**6)):
        with pytest.raises(Refused) as refusal:
            round_view(actor, id)
        said.add(str(refusal.value))
    assert len(said) == 1


def test_a_letter_says_what_was_decided_and_why(officer, queue):
    signer = make_actor("signer")
    made = make_round(120_000, state="signed", signer=signer)
    one = letter(officer, made.pk, queue[1].number)
    assert (one.number, one.cost_cents, one.share, one.position, one.of) == (queue[1].number, COST, 1.0, 2, 3)
    assert (one.respond_by, one.signed_by) == (date(2024, 5, 15), signer.name)
    assert [reason.status for reason in one.explanation.conditions] == ["met"] * 5
    assert one.explanation.place.place == 2


def test_a_letter_is_for_the_person_themself_and_nobody_elses(officer, queue):
    made = make_round(60_000, state="signed")
    own = make_own_actor(queue[0].person)
    assert letter(own, made.pk, queue[0].number).number == queue[0].number
    neighbour = make_own_actor(make_person(given="Nosy", family="Neighbour"))
    for actor, number in ((neighbour, queue[0].number), (own, queue[1].number), (officer, queue[1].number)):
        with pytest.raises(Refused):
            letter(actor, made.pk, number)


def test_there_is_no_letter_before_the_round_is_signed(officer, queue):
    made = make_round(60_000, state="reviewed")
    with pytest.raises(Refused):
        letter(officer, made.pk, queue[0].number)
