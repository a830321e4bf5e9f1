"""On which account a person is paid, and what they were paid."""

from django.db.models import F

from veerkracht.register.keeping.bundle.section import AT, BY, CENTS, FROM, REASON, STATE, UNTIL, Section
from veerkracht.register.payments.models import BankAccount, Payment
from veerkracht.rulebook.types import Text

SECTIONS: tuple[Section, ...] = (
    Section(
        "bank-accounts",
        "national-number",
        Text("Uw rekeningen", "Your bank accounts"),
        lambda person: BankAccount.objects.filter(person=person),
        {
            "holder": Text("Op naam van", "In the name of"),
            "from_date": FROM,
            "until_date": UNTIL,
            "state": STATE,
            "recorded_by_name": BY,
            "recorded_at": AT,
            "reason": REASON,
        },
    ),
    Section(
        "payments",
        "money",
        Text("Wat aan u betaald werd", "What was paid to you"),
        lambda person: Payment.objects.filter(account__person=person).annotate(on=F("order__due_on")),
        {
            "month": Text("Voor de maand", "For the month"),
            "on": Text("Te betalen op", "To be paid on"),
            "amount_cents": CENTS,
            "state": STATE,
            "recovered_cents": Text("Teruggevorderd (cent)", "Recovered (cents)"),
        },
    ),
)
