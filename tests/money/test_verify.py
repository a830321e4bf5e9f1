"""Each invariant of the ledger is found broken, by its name, when a hand in the database breaks it."""

from collections.abc import Callable
from datetime import date

import pytest

from tests.money.making import command, make_commitment, make_credit, make_line, make_year
from veerkracht.register import append_only, clock, verify
from veerkracht.register.money import actions
from veerkracht.register.money.actions import Amounts, Decided, PaymentOf
from veerkracht.register.money.models import Account, Commitment, DayBalance, Entry, LineCredit, Posting


@pytest.fixture(autouse=True)
def lived_in(today) -> None:
    """A closed year and an open one, with a commitment that goes on and one that is partly paid."""
    line = make_line(1_000, 900, code="A")
    make_commitment(line, 600, on=date(2024, 3, 1), yearly_cents=120_00)
    make_credit(line, 500, 500, year=2025, on=today)
    clock.stand_still_on(date(2025, 1, 10))
    make_year(2025)
    actions.carry_over(
        line,
        by=command(),
        from_year=2024,
        amounts=Amounts(10_00, 0),
        decided=Decided(clock.today(), "A decree"),
    )
    actions.close_year(2024, by=command())
    paid = make_commitment(line, 100)
    part = [PaymentOf(paid.pk, 40_00)]
    actions.request_payments(part, by=command(), on=clock.today())
    actions.settle_payments(part, by=command(), on=clock.today())


def account(name: str, year: int = 2025) -> Account:
    return Account.objects.get(year=year, name=name)


def move_by_hand(source: str, target: str, *, year: int = 2025, day: bool = True, **facts: object) -> None:
    """A posting of one euro with its balances, as no action would write it."""
    one, other = account(source, year), account(target, year)
    entry = Entry.objects.filter(year=year).latest("id")
    Posting.objects.create(entry=entry, source=one, target=other, amount_cents=100, **facts)
    for changed, cents in ((one, -100), (other, 100)):
        Account.objects.filter(pk=changed.pk).update(balance_cents=changed.balance_cents + cents)
        kept, _ = DayBalance.objects.get_or_create(
            account=changed, day=entry.holds_from, defaults={"cents": 0}
        )
        DayBalance.objects.filter(pk=kept.pk).update(cents=kept.cents + cents * day)


def change_a_balance() -> None:
    Account.objects.filter(year=2025, name="committed").update(balance_cents=1)


def lose_a_day() -> None:
    DayBalance.objects.filter(account=account("paid")).delete()


def cross_the_sides() -> None:
    move_by_hand("commitment-free", "payment-free")


def go_below_zero_for_a_day() -> None:
    DayBalance.objects.create(account=account("commitment-free"), day=date(2025, 1, 1), cents=-511_00)


def vote_without_a_credit() -> None:
    move_by_hand("commitment-voted", "commitment-free")


def change_a_commitment() -> None:
    Commitment.objects.filter(paid_cents__gt=0).update(paid_cents=39_00)


def commit_to_nothing() -> None:
    move_by_hand("commitment-free", "committed")


def forget_what_goes_on() -> None:
    Commitment.objects.filter(series__isnull=False).update(series=None)


def let_something_be_free_again() -> None:
    move_by_hand("commitment-lapsed", "commitment-free", year=2024)


def commit_on_a_closed_year() -> None:
    entry = Entry.objects.filter(year=2024, kind="committed").latest("id")
    entry.pk, entry.recorded_at = None, clock.now()
    entry.save()


def pay_before_it_is_promised() -> None:
    Commitment.objects.filter(paid_cents__gt=0).update(from_date=date(2025, 1, 11))


def take_without_giving() -> None:
    credit = LineCredit.objects.get(year=2025, kind="initial")
    credit.pk, credit.version, credit.kind = None, 3, "transfer"
    credit.save()


BREAKERS: dict[str, Callable[[], None]] = {
    "balance_is_the_sum_of_postings": change_a_balance,
    "day_balance_is_the_postings_of_the_day": lose_a_day,
    "no_money_is_lost": cross_the_sides,
    "line_within_vak_and_vek_on_every_day": go_below_zero_for_a_day,
    "voted_money_is_what_the_credits_say": vote_without_a_credit,
    "commitment_is_what_was_posted": change_a_commitment,
    "committed_money_is_that_of_commitments": commit_to_nothing,
    "recurrent_commitment_weighs_on_the_next_year": forget_what_goes_on,
    "what_one_line_gives_another_gets": take_without_giving,
    "closed_year_has_nothing_left": let_something_be_free_again,
    "closed_year_is_not_used": commit_on_a_closed_year,
    "nothing_is_paid_before_its_commitment": pay_before_it_is_promised,
}


def broken() -> list[str]:
    return [one.name for one in verify.run()]


def test_nothing_is_broken_by_what_people_do():
    assert broken() == []


@pytest.mark.parametrize("name", BREAKERS)
def test_what_a_hand_in_the_database_breaks_is_found_by_its_name(name):
    BREAKERS[name]()
    assert name in broken()


def test_credits_and_postings_stay_protected_after_the_tables_were_rebuilt():
    assert append_only.unprotected() == []
    with pytest.raises(Exception, match="money_linecredit_is_append_only"):
        LineCredit.objects.update(commitment_cents=1)
