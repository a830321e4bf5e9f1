"""A budget year ends: what lapses, what is carried, and what weighs on the next."""

from datetime import date

import pytest

from tests.money.making import broken, command, make_commitment, make_credit, make_line, make_year
from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, LineLapsed, PaymentOf
from veerkracht.register.money.models import Commitment
from veerkracht.register.money.queries import (
    Totals,
    line_balances,
    totals_by_measure,
    totals_by_year,
    weights_of,
    year_end,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(today):
    """1,000 euro of VAK and 900 of VEK in 2024; 600 committed, 200 paid; 120 a year go on to the end of June 2026."""
    line = make_line(1_000, 900, code="A")
    goes_on = make_commitment(
        line, 600, on=date(2024, 3, 1), yearly_cents=120_00, until=date(2026, 6, 30), kind="contract"
    )
    part = [PaymentOf(goes_on.pk, 200_00)]
    actions.request_payments(part, by=command(), on=today)
    actions.settle_payments(part, by=command(), on=today)
    make_credit(line, 500, 500, year=2025, on=today)
    return line


def test_a_year_from_its_end_to_the_payment_of_what_stayed_open(line):
    clock.stand_still_on(date(2025, 1, 10))
    make_year(2025)
    over = year_end(2024, clock.today())
    assert (over.state, over.is_over, over.has_open_orders) == ("open", True, False)
    (left,) = over.lines
    assert (left.commitment_left, left.payment_left, left.open_cents, left.weighs_next, left.next_vak) == (
        400_00,
        700_00,
        400_00,
        120_00,
        500_00,
    )
    actions.carry_over(
        line,
        by=command(),
        from_year=2024,
        amounts=Amounts(100_00, 300_00),
        decided=Decided(date(2025, 1, 9), "A decree"),
    )
    closed = actions.close_year(2024, by=command())
    assert closed.lines == (LineLapsed("A", 300_00, 400_00, 400_00),)
    now, before = line_balances("A", 2024), line_balances("A", 2024, date(2024, 12, 31))
    assert (now.commitment_free, now.payment_free, now.commitment_lapsed, now.payment_lapsed) == (
        0,
        0,
        300_00,
        400_00,
    )
    assert (before.commitment_free, before.payment_free) == (400_00, 700_00)
    first = Commitment.objects.get(line=line, year=2024)
    actions.request_payments([PaymentOf(first.pk, 400_00)], by=command(), on=clock.today())
    later = line_balances("A", 2025)
    # 120 euro weighed again in 2025; half a year of it is left for 2026.
    assert (later.commitment_voted, later.committed, later.payment_free, later.requested) == (
        600_00,
        120_00,
        400_00,
        400_00,
    )
    assert (later.open_commitments, later.weighs_next_year) == (520_00, 120_00 * 181 // 365 + 1)
    assert weights_of(line, 2025, 3) == [(2026, 59_51), (2027, 0), (2028, 0)]
    assert year_end(2024, clock.today()).state == "closed"
    with pytest.raises(Invalid, match="Begrotingsjaar 2024 is gesloten"):
        make_commitment(line, 1, on=date(2024, 12, 31))
    with pytest.raises(Invalid, match="Begrotingsjaar 2024 is gesloten"):
        make_credit(line, 1, year=2024, kind="revised")
    assert broken() == []


def test_a_year_closes_whole_or_not_at_all(line):
    waiting = make_line(100, 100, code="B")
    asked = make_commitment(waiting, 10)
    part = [PaymentOf(asked.pk, 10_00)]
    actions.request_payments(part, by=command(), on=clock.today())
    clock.stand_still_on(date(2024, 12, 31))
    before = line_balances("A", 2024)
    with pytest.raises(Invalid, match="er staan betaalopdrachten open op B"):
        actions.close_year(2024, by=command())
    assert (line_balances("A", 2024), year_end(2024, clock.today()).state) == (before, "open")
    clock.stand_still_on(date(2025, 1, 3))
    # What the bank says in January of an order of December is posted on the year in which it was asked.
    actions.settle_payments(part, by=command(), on=clock.today(), year=2024)
    assert [one.code for one in actions.close_year(2024, by=command()).lines] == ["A", "B"]


def test_years_close_in_order_so_that_what_goes_on_of_the_first_weighs_on_the_next(line):
    clock.stand_still_on(date(2025, 12, 31))
    make_year(2025)
    with pytest.raises(Invalid, match="Begrotingsjaar 2025 sluit na 2024, dat nog open is"):
        actions.close_year(2025, by=command())
    make_commitment(line, 10, on=date(2024, 12, 31), yearly_cents=10_00)
    assert line_balances("A", 2025).committed == 130_00
    for year in (2024, 2025):
        actions.close_year(year, by=command())
    assert broken() == []


def test_what_weighs_on_years_to_come_is_reduced_and_not_corrected_away(line):
    make_year(2025)
    first = make_commitment(line, 10, yearly_cents=10_00)
    clock.stand_still_on(date(2025, 1, 2))
    # Nothing of it is left in 2025; it would weigh on 2026 again.
    actions.reduce_commitment(
        first.renewals.get(), by=command(), on=clock.today(), cents=10_00, text="Not this year"
    )
    entry = first.postings.get().entry
    with pytest.raises(Invalid, match="weegt al op een later jaar"):
        actions.correct(entry, by=command(), on=clock.today(), text="A mistake")
    assert broken() == []


def test_what_is_reduced_after_its_year_closed_lapses_and_what_was_paid_can_still_be_recovered(line):
    clock.stand_still_on(date(2025, 2, 1))
    make_year(2025)
    actions.close_year(2024, by=command())
    first = Commitment.objects.get(line=line, year=2024)
    first = actions.reduce_commitment(
        first, by=command(), on=clock.today(), cents=100_00, yearly_cents=20_00, text="Fewer people"
    )
    first = actions.recover(first, by=command(), on=clock.today(), cents=50_00, text="Paid twice")
    closed, goes_on = line_balances("A", 2024), line_balances("A", 2025)
    assert (closed.committed, closed.commitment_lapsed, closed.paid, closed.recovered) == (
        500_00,
        500_00,
        150_00,
        50_00,
    )
    # The commitment of 2025 weighs less too, and its credit is free again.
    assert (goes_on.committed, goes_on.commitment_free, first.open_cents) == (100_00, 400_00, 300_00)
    assert broken() == []


def test_who_commits_for_years_when_the_next_is_open_already_weighs_on_both(line):
    clock.stand_still_on(date(2024, 12, 20))
    make_year(2025)
    make_commitment(line, 10, yearly_cents=380_00)
    assert line_balances("A", 2025).commitment_free == 0
    with pytest.raises(Invalid, match="Lijn A heeft voor 2025 nog 0,00 euro vrij om vast te leggen"):
        make_commitment(line, 10, yearly_cents=1)
    make_commitment(line, 10)
    assert broken() == []


def test_levels_by_measure_and_year_are_not_added_across(line):
    assert totals_by_measure() == {
        "": Totals(1_500_00, 1_400_00, 600_00, 0, 200_00, 120_00),
    }
    assert totals_by_measure(date(2024, 3, 1), 2024) == {"": Totals(1_000_00, 900_00, 600_00, 0, 0, 120_00)}
    clock.stand_still_on(date(2025, 1, 1))
    make_year(2025)
    # What goes on is counted once, however many years it weighs on.
    assert totals_by_year() == {
        2024: Totals(1_000_00, 900_00, 600_00, 0, 200_00, 0),
        2025: Totals(500_00, 500_00, 120_00, 0, 0, 120_00),
    }


def test_a_commitment_is_not_paid_from_the_year_before_its_own(line):
    clock.stand_still_on(date(2025, 1, 10))
    make_year(2025)
    renewed = Commitment.objects.get(year=2025)
    with pytest.raises(Invalid) as found:
        actions.request_payments([PaymentOf(renewed.pk, 1)], by=command(), on=clock.today(), year=2024)
    assert (found.value.field, found.value.text.en) == (
        "year",
        f"Commitment {renewed.number} is of 2025: it is not paid from budget year 2024.",
    )
    assert broken() == []
