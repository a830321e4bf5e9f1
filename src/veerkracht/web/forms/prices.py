"""What a day costs from a day on, by its parts and on which ground; and what was written down wrongly."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.residence.actions import Said
from veerkracht.register.residence.actions.prices import LONGEST_WORDS
from veerkracht.register.residence.queries import PricePage, ToldPrice
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply.words import kind_name
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.money import EuroField
from veerkracht.web.words import said as worded


class PriceForm(forms.Form):
    """A new price of a home. Its parts are fields of their own: `part_<id>`."""

    verb = "set"

    from_date = DayField(label=_("First day"))
    unit_kind = forms.ChoiceField(label=_("For which places"), required=False)
    ground = forms.ChoiceField(label=_("Ground"))
    reference = forms.CharField(
        label=_("Decision that approved it"),
        help_text=_("Only for an approved change: its date and number."),
        max_length=LONGEST_WORDS,
        required=False,
    )

    def __init__(self, data: Any, page: PricePage):
        super().__init__(data, prefix=self.verb)
        known = rules()
        _choose(self, "ground", [(id, worded(one.name)) for id, one in known.grounds.items()])
        if "unit_kind" in self.fields:
            kinds = [(kind, worded(kind_name(kind))) for kind in page.kinds]
            _choose(self, "unit_kind", [("", _("Every place without a price of its own")), *kinds])
        for id, part in known.parts.items():
            label = _("%(part)s, in euro a day") % {"part": worded(part.name)}
            self.fields[f"part_{id}"] = EuroField(label=label, required=False)

    def said(self, unit_kind: str = "") -> Said:
        """What the action asks; only for a valid form."""
        given = self.cleaned_data
        parts = {id: given[f"part_{id}"] or 0 for id in rules().parts}
        return Said(parts, given["ground"], given["reference"], given.get("unit_kind", unit_kind))

    def blame(self, field: str, fault: str) -> None:
        """Show what the action found wrong, at the field that it means where there is one."""
        at = {"parts": None, "unit_kind": "unit_kind"}.get(field, field)
        at = f"part_{at}" if f"part_{at}" in self.fields else at
        self.add_error(at if at in self.fields else None, fault)


class CorrectionForm(PriceForm):
    """The last price of a kind of place, as it should have been written down."""

    verb = "correct"
    from_date = None
    unit_kind = None

    why = forms.CharField(label=_("What was wrong"), max_length=LONGEST_WORDS)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data: Any, page: PricePage, price: ToldPrice):
        super().__init__(data, page)
        self.price = price
        self.prefix = f"{self.verb}-{price.id}"
        self.initial = {"ground": price.ground, "reference": price.reference, "version": price.version}
        self.initial |= {f"part_{id}": f"{cents / 100:.2f}" for id, cents in price.parts.items()}


def _choose(form: forms.Form, field: str, choices: list[tuple[str, Any]]) -> None:
    form.fields[field].choices = choices  # type: ignore[attr-defined]
