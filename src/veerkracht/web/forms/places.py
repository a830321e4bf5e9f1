"""What is asked of a place: for how long, and for whom."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.supply.holding_checks import LONGEST_MINUTES, LONGEST_REFERENCE

USUAL_MINUTES = 60


class HoldForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=USUAL_MINUTES
    )
    request = forms.CharField(
        label=_("Number of the request"),
        max_length=12,
        required=False,
        help_text=_("Leave empty when there is no request yet."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=LONGEST_REFERENCE,
        required=False,
        help_text=_("Your own note to find it back; no name of a person."),
    )

    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("minutes", "reference")}
