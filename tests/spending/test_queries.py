"""What is told of Testland's money: each level beside the other, and what is not known as not known."""

from datetime import date

import pytest

from tests import factories
from tests.money import making
from tests.spending.conftest import pay
from veerkracht.register.errors import Refused
from veerkracht.register.money.queries import Totals
from veerkracht.register.people.models import Organisation
from veerkracht.register.spending.areas import by_area
from veerkracht.register.spending.books import Weight, weights
from veerkracht.register.spending.decided import decided, decided_on
from veerkracht.register.spending.delivered import delivered
from veerkracht.register.spending.envelopes import envelope, envelopes
from veerkracht.register.spending.grants import grants_by_area
from veerkracht.register.spending.left import left
from veerkracht.register.spending.measures import Filters, measure, measures
from veerkracht.register.spending.sentences import sentences
from veerkracht.register.spending.through_time import through_time
from veerkracht.register.supply.models import Service

BOOKED = Totals(
    voted_commitment=500_000, voted_payment=300_000, committed=100_000, requested=5_000, paid=40_000,
    recurrent_yearly=120_000,
)  # fmt: skip


def test_a_measure_is_told_from_sentence_to_payment(land):
    pay(land.grant, 50, settle=False)
    full = measure(land.officer, "pay-rise")
    assert [one.id for one in full.row.sentences] == ["better-pay", "more-for-care"]
    assert [one.id for one in full.envelopes] == ["promise-pay", "promise"]
    assert (full.decision.id, full.row.cents, full.row.booked) == ("agreement", 250_000_00, BOOKED)
    assert {year: one.committed for year, one in full.years.items()} == {2024: 100_000}
    assert full.weights[:2] == (Weight(2025, 120_000), Weight(2026, 120_000))
    assert [(one.milestone.id, one.state) for one in full.results] == [
        ("hired", "on-time"),
        ("satisfied", "undefined"),
    ]
    assert ([one.item.id for one in full.questions], [one.item.id for one in full.wider]) == (
        [],
        ["promise-and-agreement"],
    )


def test_unknown_is_none_and_what_no_line_pays_has_nothing_booked(land):
    rows = {row.measure.id: row for row in measures(land.officer).rows}
    assert list(rows) == ["pay-rise", "more-budgets", "houses", "day-money-as-planned"]
    assert {id: row.cents for id, row in rows.items()} == {
        "pay-rise": 250_000_00,
        "more-budgets": 5_000_50,
        "houses": None,
        "day-money-as-planned": 800_000_00,
    }
    assert {id: row.booked is None for id, row in rows.items()} == {
        "pay-rise": False,
        "more-budgets": True,
        "houses": True,
        "day-money-as-planned": True,
    }


def test_measures_are_narrowed(land):
    wanted = {
        Filters(kind="pay"): ["pay-rise"],
        Filters(envelope="promise"): ["pay-rise", "more-budgets"],
        Filters(sentence="help-nearby"): ["houses"],
        Filters(money="planned"): ["day-money-as-planned"],
        Filters(returns="once"): ["houses"],
        Filters(amount="unknown"): ["houses"],
        Filters(state="unsaid"): ["pay-rise"],
        Filters(state="behind"): [],
    }
    found = {one: [row.measure.id for row in measures(land.officer, one).rows] for one in wanted}
    assert found == wanted


def test_envelopes_say_what_fills_them_and_what_is_left(land):
    rows = {row.envelope.id: row for row in envelopes(land.officer)}
    assert [(id, row.depth) for id, row in rows.items()] == [
        ("planned", 0),
        ("promise", 0),
        ("promise-pay", 1),
        ("once", 0),
    ]
    # 480,000.50 agreed, the last that is known; 300,000 in a part and 5,000.50 in a measure.
    assert (rows["promise"].filled, rows["promise"].left) == (305_000_50, 175_000_00)
    assert (rows["once"].cents, rows["once"].left) == (None, None)
    assert [one.id for one in rows["once"].unknown] == ["houses"]
    assert [one.item.id for one in envelope(land.officer, "promise").questions] == ["promise-and-agreement"]


def test_what_is_left_has_two_ceilings(land):
    pay(land.grant, 50, settle=False)
    found = left(land.officer)
    (row,) = found.rows
    assert (found.until, found.closed, row.new_money) == (date(2024, 12, 31), False, True)
    assert (row.to_commit, row.to_pay, row.open_commitments, row.weighs) == (
        400_000,
        300_000 - 5_000 - 40_000,
        60_000,
        120_000,
    )
    assert [one.id for one in found.without] == ["more-budgets", "houses", "day-money-as-planned"]


def test_a_yearly_commitment_weighs_by_the_days_for_which_it_lasts(land):
    making.make_commitment(land.line, 10, yearly_cents=365_00, until=date(2025, 12, 30))
    assert weights(count=3) == (
        Weight(2025, 120_000 + 364_00),
        Weight(2026, 120_000),
        Weight(2027, 120_000),
    )


def test_money_is_of_an_area_by_its_line_or_its_only_open_help(land):
    local = making.make_line(900, code="SOUTH-1", measure="houses", area="south")
    making.make_commitment(local, 200)
    both = Organisation.objects.create(name="Everywhere", kind="provider")
    for area in ("north", "west"):
        Service.objects.create(organisation=both, programme="home-place", name=f"In {area}", area=area)
    making.make_commitment(land.line, 70, organisation=both)
    hidden = Organisation.objects.create(name="A refuge", kind="provider")
    Service.objects.create(
        organisation=hidden, programme="home-place", name="Hidden", area="west", secret=True
    )
    making.make_commitment(land.line, 30, organisation=hidden)
    found = by_area(land.officer, 2024)
    assert {one.code: (one.committed, one.paid, one.per_inhabitant) for one in found.areas} == {
        "north": (100_000, 40_000, 100_000 / 30_000),
        "south": (20_000, 0, 1.0),
        "west": (0, 0, 0.0),
    }
    assert (found.tied, found.elsewhere.committed, found.elsewhere.inhabitants) == (120_000, 10_000, 60_000)


def test_grants_of_sources_are_by_area_and_in_no_sum_of_the_books(land, django_assert_num_queries):
    with django_assert_num_queries(0):
        found = grants_by_area(land.officer)
    assert {one.code: (one.grants.cents, one.per_inhabitant) for one in found} == {
        "north": (None, None),
        "south": (4_000_050, 4_000_050 / 20_000),
        "west": (None, None),
    }
    (granted,) = measure(land.officer, "houses").grants.all
    assert (granted.area, granted.grant.recipient.en) == ("Southby", "Municipality of Southby")
    assert (by_area(land.officer, 2024).tied, by_area(land.officer, 2023).tied) == (100_000, 0)


def test_kinds_of_money_run_through_time_apart(land):
    planned = making.make_line(700, code="DAY-1", measure="day-money-as-planned")
    making.make_commitment(planned, 300)
    found = {
        (one.new_money, one.recurrent): (
            {year.year: year.booked.committed for year in one.years},
            [path.id for path in one.paths],
        )
        for one in through_time(land.officer)
    }
    assert found == {(True, True): ({2024: 100_000}, ["promise"]), (False, True): ({2024: 30_000}, [])}


def test_who_decided_what_when(land):
    events = [(one.on, one.what, one.id, one.cents) for one in decided(land.officer)]
    assert events[:3] == [
        (date(2022, 12, 20), "voted", "planned", 900_000_00),
        (date(2022, 12, 20), "voted", "day-money-as-planned", 800_000_00),
        (date(2023, 1, 10), "announced", "once", None),
    ]
    assert events[-1] == (date(2024, 1, 1), "initial", "PAY-1", 500_000)
    own = decided_on(land.officer, measure(land.officer, "pay-rise").row.measure)
    assert [one.id for one in own] == ["promise", "agreement", "promise", "promise-pay", "pay-rise", "PAY-1"]
    assert [one.on.year for one in decided(land.officer, 2024)] == [2024]


def test_each_sentence_has_its_measures(land):
    found = {
        one.sentence.id: ([row.measure.id for row in one.rows], one.known) for one in sentences(land.officer)
    }
    assert found == {
        "more-for-care": (["pay-rise", "more-budgets"], 2),
        "better-pay": (["pay-rise"], 1),
        "help-nearby": (["houses"], 0),
    }


def test_who_is_helped_is_a_rounded_count(land):
    planned = measure(land.officer, "day-money-as-planned").row.measure
    found = delivered(planned)
    assert (found.programme, found.helped % found.rounded_to, found.places) == ("day-money", 0, None)
    assert delivered(measure(land.officer, "pay-rise").row.measure) is None


ASKED = (
    measures,
    envelopes,
    left,
    decided,
    sentences,
    through_time,
    lambda actor: measure(actor, "pay-rise"),
    lambda actor: envelope(actor, "promise"),
    lambda actor: by_area(actor, 2024),
    grants_by_area,
)


def test_who_may_not_follow_the_money_is_told_nothing(today):
    for role in ("officer", "case-worker", "admission"):
        actor = factories.make_actor(role)
        for ask in ASKED:
            with pytest.raises(Refused):
                ask(actor)


def test_what_is_not_there_is_refused_as_what_may_not_be_read(land):
    for ask in (measure, envelope):
        with pytest.raises(Refused):
            ask(land.officer, "nothing")
