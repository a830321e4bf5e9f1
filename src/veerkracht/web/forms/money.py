"""A field for an amount in euros, as people write it in Dutch or in English; its value is in cents."""

import re
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

_SPACES = re.compile(r"[\s\u00a0\u202f€]")
# 20.000.000 or 20,000,000: signs between groups of three are thousands, whichever sign it is; 0,125 is none.
_THOUSANDS = re.compile(r"-?[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?")
_PLAIN = re.compile(r"-?\d+(?:[.,]\d{1,2})?")
_MOST = Decimal(10) ** 12


class EuroField(forms.CharField):
    """ "20.000.000", "20,000,000", "20 000 000" and "20000000,50" -> cents. Empty gives None."""

    default_error_messages = {
        "amount": _("This is no amount in euro: %(found)s. Write it as 20000000 or 20.000.000."),
        "too_much": _("This is more than a thousand billion euro: %(found)s."),
    }

    def __init__(self, **given: Any):
        widget = forms.TextInput(attrs={"inputmode": "decimal", "maxlength": 30})
        super().__init__(widget=widget, **given)

    def to_python(self, value: Any) -> Any:
        written = _SPACES.sub("", super().to_python(value))
        return None if written == "" else self._cents(written)

    def _cents(self, written: str) -> int:
        grouped = _THOUSANDS.fullmatch(written)
        if grouped:
            sign = grouped.group(1)
            decimals = "," if sign == "." else "."
            plain = written.replace(sign, "").replace(decimals, ".")
        elif _PLAIN.fullmatch(written):
            plain = written.replace(",", ".")
        else:
            raise forms.ValidationError(self.error_messages["amount"], "amount", {"found": written})
        try:
            cents = Decimal(plain) * 100
        except InvalidOperation as fault:
            raise forms.ValidationError(
                self.error_messages["amount"], "amount", {"found": written}
            ) from fault
        if abs(cents) > _MOST * 100:
            raise forms.ValidationError(self.error_messages["too_much"], "too_much", {"found": written})
        return int(cents)
