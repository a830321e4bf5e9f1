"""A million postings: the balance of a line on a date, ten thousand grants in one round, every invariant of the books.

.venv/bin/python -m benchmarks.ledger                                    on SQLite
.venv/bin/python -m benchmarks.ledger --database postgresql              on a PostgreSQL of its own
.venv/bin/python -m benchmarks.ledger --postings 100000 --grants 1000    smaller
"""

import argparse
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import numpy as np
import polars as pl

from benchmarks.scratch import scratch

LINES, YEAR, ASKED, NAIVE = 20, 2024, 500, 10
CENTS = 100


def main(postings: int, grants: int) -> None:
    from benchmarks.registers import machine
    from veerkracht.register import clock
    from veerkracht.register.money.models import Posting
    from veerkracht.register.verify import money

    clock.stand_still_on(date(YEAR, 12, 31))
    print(machine())
    began = time.perf_counter()
    codes = _fill(postings)
    print(
        f"{Posting.objects.count():,} postings on {LINES} lines, written in {time.perf_counter() - began:.0f} s"
    )
    _balances(codes)
    _round(grants)
    for name, (_, check) in money.checks().items():
        began = time.perf_counter()
        wrong = len(list(check()))
        print(f"  {name:<48}{time.perf_counter() - began:>7.2f} s{wrong:>4} broken")


def _fill(postings: int) -> list[str]:
    """Lines of one year on which so much is paid in small amounts that there are so many postings."""
    from django.db import transaction

    from tests.money.making import command, make_commitment, make_line
    from veerkracht.register.money import actions
    from veerkracht.register.money.actions import PaymentOf

    euro = postings * CENTS // 100
    with transaction.atomic():
        lines = [make_line(euro, code=f"LINE-{place:02}", year=YEAR) for place in range(LINES)]
        for line in lines:
            one = make_commitment(line, euro, on=date(YEAR, 1, 1))
            actions.request_payments([PaymentOf(one.pk, CENTS)], by=command(), on=date(YEAR, 1, 1))
        _write(postings)
    return [line.code for line in lines]


def _write(count: int) -> None:
    """Postings as `request_payments` and `settle_payments` write them, many at once, with all that is kept of them."""
    from django.db.models import F

    from veerkracht.register.bulk import write
    from veerkracht.register.money.models import Account, Commitment, DayBalance, Entry, Posting

    accounts = {
        (line, name): pk
        for pk, line, name in Account.objects.filter(year=YEAR).values_list("id", "line_id", "name")
    }
    commitments = dict(Commitment.objects.values_list("line_id", "id"))
    per_line = count // (2 * LINES)
    at, last = Entry.objects.latest("id").recorded_at, Entry.objects.latest("id").pk
    for line, commitment in commitments.items():
        days = pl.Series("day", [date(YEAR, 1, 2) + timedelta(days=one % 360) for one in range(per_line)])
        for kind, source, target in (
            ("requested", "payment-free", "requested"),
            ("settled", "requested", "paid"),
        ):
            ids = pl.int_range(last + 1, last + 1 + per_line, eager=True).cast(pl.Int64)
            last += per_line
            entries = pl.DataFrame(
                {"id": ids, "holds_from": days, "kind": [kind] * per_line, "recorded_at": [at] * per_line}
            ).with_columns(line_id=pl.lit(line, pl.Int64), year=pl.lit(YEAR, pl.Int64))
            write(Entry, entries)
            moved = pl.DataFrame({"entry_id": ids}).with_columns(
                source_id=pl.lit(accounts[line, source], pl.Int64),
                target_id=pl.lit(accounts[line, target], pl.Int64),
                amount_cents=pl.lit(CENTS, pl.Int64),
                commitment_id=pl.lit(commitment, pl.Int64),
            )
            write(Posting, moved)
        total = per_line * CENTS
        Commitment.objects.filter(pk=commitment).update(paid_cents=F("paid_cents") + total)
        changed = {"payment-free": -1, "paid": 1}
        for name, sign in changed.items():
            Account.objects.filter(pk=accounts[line, name]).update(
                balance_cents=F("balance_cents") + sign * total
            )
        by_day = days.value_counts()
        DayBalance.objects.bulk_create(
            DayBalance(account_id=accounts[line, name], day=day, cents=sign * many * CENTS)
            for name, sign in (*changed.items(), ("requested", 0))
            for day, many in by_day.iter_rows()
        )


def _balances(codes: list[str]) -> None:
    from veerkracht.register.money.queries import line_balances, list_lines

    luck = np.random.default_rng(1)
    asked = [
        (codes[place], date(YEAR, 1, 1) + timedelta(days=int(day)))
        for place, day in zip(luck.integers(0, LINES, ASKED), luck.integers(0, 365, ASKED), strict=True)
    ]
    assert all(line_balances(code, YEAR, on).paid == _naive(code, on) for code, on in asked[:NAIVE])
    print(f"  {'milliseconds':<32}{'clock p50':>10}{'p95':>9}{'cpu p50':>10}{'p95':>9}")
    _tell("balance of a line on a date", lambda code, on: line_balances(code, YEAR, on), asked)
    _tell("one account, by its postings", _naive, asked[:NAIVE])
    _tell("a page of lines on a date", lambda _, on: list_lines(YEAR, on=on), asked[:50])


def _naive(code: str, on: date) -> int:
    """What stands paid, as who keeps no balances would ask it: the sum of all postings up to the day."""
    from django.db.models import Q, Sum

    from veerkracht.register.money.models import Posting

    ours = Posting.objects.filter(entry__line__code=code, entry__year=YEAR, entry__holds_from__lte=on)
    sums = ours.aggregate(
        came=Sum("amount_cents", filter=Q(target__name="paid")),
        went=Sum("amount_cents", filter=Q(source__name="paid")),
    )
    return (sums["came"] or 0) - (sums["went"] or 0)


def _tell(what: str, ask: Callable[[str, date], Any], asked: list[tuple[str, date]]) -> None:
    """By the clock, and of the processor, which other work does not blur."""
    took, worked = [], []
    for one in asked:
        began, cpu = time.perf_counter(), time.process_time()
        ask(*one)
        took.append((time.perf_counter() - began) * 1000)
        worked.append((time.process_time() - cpu) * 1000)
    print(f"  {what:<32}{_shown(took)}{_shown(worked)}")


def _shown(milliseconds: list[float]) -> str:
    middle, high = np.percentile(milliseconds, (50, 95))
    return f"{middle:>10.2f}{high:>9.2f}"


def _round(grants: int) -> None:
    """Sign a round: steps, requests, and each grant posted on the programme and committed on its line."""
    from tests import factories
    from tests.money.making import make_line
    from veerkracht.register.care import actions
    from veerkracht.register.care.models import Step

    make_line(grants * 100_000, code="BUDGETS", programme=factories.PROGRAMME, hands_out=True, year=YEAR)
    factories.make_credit(grants * 100_000)
    factories.make_many(grants)
    reviewed = factories.make_round(grants * 60_000, on=date(YEAR, 12, 31), state="reviewed")
    began = time.perf_counter()
    actions.sign_round(reviewed, by=factories.make_actor("signer"))
    took = time.perf_counter() - began
    print(f"  {Step.objects.filter(kind='granted').count():,} grants signed in one round: {took:.1f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--postings", type=int, default=1_000_000)
    parser.add_argument("--grants", type=int, default=10_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    with scratch(given.database):
        main(given.postings, given.grants)
