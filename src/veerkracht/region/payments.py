"""How a region pays: `[payments]` in region.toml. Bank accounts, the bank's files, and how long a step may take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from veerkracht.region.number_schemes import checked, read_schemes
from veerkracht.region.reader import Reader
from veerkracht.rulebook.types import Assumption, Source

# An ISO 20022 message: its business area, its number, its variant and its version.
_ORDER = re.compile(r"pain\.001\.\d{3}\.\d{2}")
_ANSWER = re.compile(r"(pain\.002|camt\.053|camt\.054)\.\d{3}\.\d{2}")


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """How a region's money is paid.

    `bank_accounts`: the number schemes by which accounts are checked. `order_file`: the ISO 20022 message that orders
    payments; `answer_files` those in which the bank answers. `step_days`: working days within which somebody takes the
    next step of an order; `answer_days`: within which the bank answers. `demo_accounts` and `demo_enterprise_numbers`:
    right by their check digits and nobody's, for a demo world.
    """

    bank_accounts: tuple[str, ...]
    order_file: str
    answer_files: tuple[str, ...]
    step_days: int
    answer_days: int
    source: Source | None = None
    assumption: Assumption | None = None
    demo_accounts: tuple[str, ...] = ()
    demo_enterprise_numbers: tuple[str, ...] = ()


def read_payments(main: Reader, enterprise_numbers: tuple[str, ...]) -> PaymentRules | None:
    """The region's way of paying; None where it has none, and, with its faults noted, when it can't be read.

    `enterprise_numbers`: the schemes of the region's organisations.
    """
    reader = main.table("payments")
    if reader is None:
        return None
    schemes = read_schemes(reader, "bank_accounts")
    if not schemes:
        reader.fault("bank_accounts", "Accounts can't be checked by no scheme.", "nothing", '["iban"]')
    order_file = reader.string("order_file")
    if order_file and not _ORDER.fullmatch(order_file):
        reader.fault("order_file", "This is no message that orders payments.", order_file, "pain.001.001.09")
    answers = reader.strings("answer_files")
    for place, name in enumerate(answers):
        if not _ANSWER.fullmatch(name):
            reader.fault(
                ("answer_files", place), "This is no answer of a bank.", name, "such as pain.002.001.10"
            )
    step_days, answer_days = reader.integer("step_days", low=1), reader.integer("answer_days", low=1)
    source, assumption = reader.origin()
    accounts = _examples(reader, "demo_accounts", schemes)
    enterprises = _examples(reader, "demo_enterprise_numbers", enterprise_numbers)
    reader.done()
    if step_days is None or answer_days is None or not order_file or not schemes:
        return None
    return PaymentRules(
        schemes, order_file, answers, step_days, answer_days, source, assumption, accounts, enterprises
    )


def _examples(reader: Reader, key: str, schemes: tuple[str, ...]) -> tuple[str, ...]:
    found = reader.strings(key, required=False)
    for place, number in enumerate(found):
        if checked(schemes, number) is None:
            reader.fault(
                (key, place), "This number is not right by its scheme.", number, "right check digits"
            )
    return found
