"""What is asked when something happens in a stay: from when, and why or where to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register import clock
from veerkracht.register.residence.actions.prices import LONGEST_WORDS
from veerkracht.register.residence.queries.one import OneStay
from veerkracht.register.residence.rules import rules
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.money import EuroField
from veerkracht.web.words import money, said


class HappenedForm(forms.Form):
    """From which day something holds, with the version of the stay that was seen."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    on = DayField(label=_("From"))

    def __init__(self, data: Any, stay: OneStay):
        super().__init__(data, initial={"version": stay.residence.version, "on": clock.today()})
        self.choose(stay)

    def choose(self, stay: OneStay) -> None:
        """Fill in what there is to choose from."""

    def asked(self) -> dict[str, Any]:
        """What the action asks by name, beside the stay and who does it."""
        return dict(self.cleaned_data)


class LeaveForm(HappenedForm):
    absence = forms.ChoiceField(label=_("Why"))

    def choose(self, stay: OneStay) -> None:
        self.fields["absence"].choices = [(id, said(one.name)) for id, one in rules().absences.items()]


class ReturnForm(HappenedForm):
    pass


class MoveForm(HappenedForm):
    unit = forms.TypedChoiceField(label=_("To"), coerce=int)

    def choose(self, stay: OneStay) -> None:
        self.fields["unit"].choices = [(one.pk, f"{one.ward} · {one.name}".strip(" ·")) for one in stay.free]


class EndForm(HappenedForm):
    reason = forms.ChoiceField(label=_("Why"))

    def choose(self, stay: OneStay) -> None:
        self.fields["reason"].choices = [(id, said(one.name)) for id, one in rules().reasons.items()]


class PaidForm(HappenedForm):
    """Something is paid beside the day price, each day from a day on."""

    version = None

    kind = forms.ChoiceField(label=_("What"))
    cents_a_day = EuroField(label=_("A day, in euro"))
    payer = forms.CharField(
        label=_("Who pays it, if not the resident"), max_length=LONGEST_WORDS, required=False
    )

    def choose(self, stay: OneStay) -> None:
        self.fields["kind"].choices = [(id, said(one.name)) for id, one in rules().contributions.items()]


class PaidLastForm(HappenedForm):
    """What is paid is paid for the last time on a day. Each is chosen with the version of it that was seen."""

    version = None

    contribution = forms.ChoiceField(label=_("What"))

    def choose(self, stay: OneStay) -> None:
        self.fields["on"].label = _("Paid for the last time on")
        self.going_on = {f"{one.pk}-{one.version}": one for one in stay.going_on}
        self.fields["contribution"].choices = [
            (key, f"{said(rules().contributions[one.kind].name)}, {money(one.cents_a_day, 2)}")
            for key, one in self.going_on.items()
        ]

    def asked(self) -> dict[str, Any]:
        found = self.going_on[self.cleaned_data["contribution"]]
        return {"contribution": found, "version": found.version, "on": self.cleaned_data["on"]}


FORMS: dict[str, type[HappenedForm]] = {
    "leave": LeaveForm,
    "return": ReturnForm,
    "move": MoveForm,
    "end": EndForm,
    "pay": PaidForm,
    "paid": PaidLastForm,
}
