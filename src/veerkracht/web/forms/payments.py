"""What is asked of who prepares payments, reads the bank, or records an account."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.payments.actions import NewPayment
from veerkracht.register.payments.queries import Payable
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.money import EuroField

_AMOUNT = "amount-{}"


class BudgetsForm(forms.Form):
    """Which month of personal budgets is paid."""

    month = DayField(label=_("Any day of the month that is paid"))

    def __init__(self, *args: Any, today: date, **given: Any):
        super().__init__(*args, **given)
        self.fields["month"].initial = today.isoformat()


class OrderForm(forms.Form):
    """An order to organisations: an amount for some of a line's open commitments."""

    text = forms.CharField(
        label=_("What it is for"), max_length=140, help_text=_("Stands on the statements of who is paid.")
    )
    due_on = DayField(label=_("To be paid on"))

    def __init__(self, payable: Sequence[Payable], *args: Any, today: date, **given: Any):
        super().__init__(*args, **given)
        self.payable = payable
        self.fields["due_on"].initial = today.isoformat()
        for one in payable:
            if one.account:
                name = _AMOUNT.format(one.commitment.pk)
                self.fields[name] = EuroField(label=one.organisation, required=False)

    def rows(self) -> Iterable[tuple[Payable, Any]]:
        """Each commitment with the field of its amount; None where nobody can be paid."""
        for one in self.payable:
            yield one, self[_AMOUNT.format(one.commitment.pk)] if one.account else None

    def payments(self) -> list[NewPayment]:
        """What was asked, for the action."""
        text, found = self.cleaned_data["text"], []
        for one in self.payable:
            cents = self.cleaned_data.get(_AMOUNT.format(one.commitment.pk))
            if cents is not None and one.account:
                found.append(NewPayment(one.commitment, cents, one.account, text))
        return found


class RefuseForm(forms.Form):
    """Why a step is refused."""

    reason = forms.CharField(
        label=_("Why not?"), max_length=200, help_text=_("Who prepared it reads this. Name no person.")
    )


class RecoverForm(forms.Form):
    """How much of a payment is asked back, and why."""

    cents = EuroField(label=_("Amount to ask back (euro)"))
    reason = forms.CharField(label=_("Why?"), max_length=200)


class BankForm(forms.Form):
    """A message of the bank."""

    file = forms.FileField(
        label=_("File of the bank"),
        help_text=_("A status report (pain.002) or a statement (camt.053, camt.054)."),
    )


class AccountForm(forms.Form):
    """An account of a person."""

    number = forms.CharField(label=_("Account number (IBAN)"), max_length=50)
    holder = forms.CharField(label=_("In the name of"), max_length=140)
    from_date = DayField(label=_("From"))

    def __init__(self, *args: Any, today: date, **given: Any):
        super().__init__(*args, **given)
        self.fields["from_date"].initial = today.isoformat()


class EnterpriseNumberForm(forms.Form):
    """The number of an organisation in the register of enterprises."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    enterprise_number = forms.CharField(label=_("Enterprise number"), max_length=30)

    def __init__(self, organisations: Sequence[tuple[int, str]], *args: Any, **given: Any):
        super().__init__(*args, auto_id="id_enterprise_%s", **given)
        self.fields["organisation"].choices = [("", _("Choose")), *organisations]


class OrganisationAccountForm(AccountForm):
    """An account of an organisation."""

    organisation = forms.TypedChoiceField(label=_("Organisation"), coerce=int)
    field_order = ("organisation",)

    def __init__(self, organisations: Sequence[tuple[int, str]], *args: Any, **given: Any):
        super().__init__(*args, **given)
        self.fields["organisation"].choices = [("", _("Choose")), *organisations]
