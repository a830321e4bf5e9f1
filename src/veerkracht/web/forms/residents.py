"""What is asked when something happens in a stay: from when, and why or where to."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register import clock
from veerkracht.register.residence.queries.one import OneStay
from veerkracht.register.residence.rules import rules
from veerkracht.web.words import said


class HappenedForm(forms.Form):
    """From which day something holds, with the version of the stay that was seen."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    on = forms.DateField(label=_("From"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, stay: OneStay):
        super().__init__(data, initial={"version": stay.residence.version, "on": clock.today()})
        self.choose(stay)

    def choose(self, stay: OneStay) -> None:
        """Fill in what there is to choose from."""


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


FORMS: dict[str, type[HappenedForm]] = {
    "leave": LeaveForm,
    "return": ReturnForm,
    "move": MoveForm,
    "end": EndForm,
}
