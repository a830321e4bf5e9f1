"""A day's payment file of 30,000 lines: prepared, released, made, checked against its schema, and answered.

.venv/bin/python -m benchmarks.payments                                  on SQLite
.venv/bin/python -m benchmarks.payments --database postgresql            on a PostgreSQL of its own
.venv/bin/python -m benchmarks.payments --payments 1000                  smaller
"""

import argparse
import resource
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from benchmarks.scratch import scratch

TODAY = date(2024, 5, 15)


def main(payments: int) -> None:
    from benchmarks.registers import machine
    from tests.money.making import make_commitment, make_line
    from tests.payments.making import Team, report
    from veerkracht.register import clock, verify
    from veerkracht.register.payments import actions
    from veerkracht.register.verify import payments as of_payments

    clock.stand_still_on(TODAY)
    print(machine())
    print(f"  {'':<58}{'clock':>10}{'processor':>10}")
    with _timed("accounts and budgets, once"):
        team = Team()
        line = make_line(payments * 40, programme="personal-budget")
        make_commitment(line, payments * 30, kind="round", on=date(2024, 1, 1))
        _people(payments)
    with _timed("prepare the month"):
        order = actions.prepare_budget_payments(line, TODAY, by=team.preparer).order
    assert order.count == payments
    order = actions.approve(actions.check(order, by=team.checker), by=team.approver)
    with _timed("send: open the accounts, make, check and seal the file"):
        order = actions.send(order, by=team.sender)
    with _timed("fetch the file"):
        content = actions.fetch_file(order, by=team.sender)
    _beside_each_other(content)
    with _timed("read what the bank says of each payment"):
        ids = order.payments.order_by("id").values_list("end_to_end_id", flat=True)
        answer = report(order, statuses=[(one, "ACSC") for one in ids])
        assert actions.read_bank_message(answer, by=team.reader).message.paid == payments
    with _timed("verify"):
        # Budgets without a round behind them break what is proved of programmes, which is not measured here.
        broken = [one for one in verify.run() if one.name in of_payments.checks()]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = len(content) / 1e6
    print(f"  {payments:,} payments, {size:.1f} MB; {len(broken)} invariants broken; peak {peak:.0f} MiB")


def _beside_each_other(content: bytes) -> None:
    """Two ways to check a file against its schema, in one run: by xmlschema and by libxml2."""
    import sepaxml
    import xmlschema

    schema = Path(sepaxml.__file__).parent / "schemas" / "pain.001.001.09.xsd"
    read = xmlschema.XMLSchema(str(schema))
    with _timed("  check: xmlschema"):
        read.validate(content.decode())
    with _timed("  check: lxml (in use)"):
        from veerkracht.register.payments.files.order_file import check

        check("pain.001.001.09", content)


def _people(payments: int) -> None:
    from tests.payments.making import make_number
    from veerkracht.register import clock
    from veerkracht.register.care.models import Budget
    from veerkracht.register.payments import numbers
    from veerkracht.register.payments.models import BankAccount
    from veerkracht.register.people.models import Person

    people = Person.objects.bulk_create(
        [
            Person(
                number=f"P-{place:07d}",
                given_name="Fien",
                family_name=f"Voorbeeld {place}",
                birth_date=date(1990, 1, 1),
                area="11001",
                fictitious=True,
            )
            for place in range(1, payments + 1)
        ],
        batch_size=5_000,
    )
    Budget.objects.bulk_create(
        [
            Budget(
                person=person,
                programme="personal-budget",
                kind="definitive",
                points=10,
                amount_cents=20_000 + person.pk % 1_000,
                from_date=date(2020, 1, 1),
            )
            for person in people
        ],
        batch_size=5_000,
    )
    accounts = []
    for person in people:
        account = BankAccount(
            person=person,
            holder=str(person),
            from_date=date(2024, 1, 1),
            state="confirmed",
            recorded_by_name="benchmark",
            recorded_at=clock.now(),
            fictitious=True,
        )
        numbers.write(account, make_number())
        accounts.append(account)
    BankAccount.objects.bulk_create(accounts, batch_size=5_000)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began, busy = time.perf_counter(), time.process_time()
    yield
    took, busy = time.perf_counter() - began, time.process_time() - busy
    print(f"  {what:<58}{took:>8.2f} s{busy:>8.2f} s", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--payments", type=int, default=30_000)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    given = parser.parse_args()
    with scratch(given.database):
        main(given.payments)
