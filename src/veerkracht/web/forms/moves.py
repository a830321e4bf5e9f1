"""What is said of a move to another municipality."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.actions import move_person
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case
from veerkracht.web.forms.days import DayField


class MoveForm(forms.Form):
    """`seen`: where they lived when the page was opened."""

    area = forms.ChoiceField(label=_("To which municipality?"))
    on = DayField(label=_("From which day?"))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=5)

    def __init__(self, data: Any, actor: Actor, case: Case):
        super().__init__(data, initial={"seen": case.person.area})
        self.actor, self.case = actor, case
        self.fields["area"].choices = [("", _("Choose")), *areas.choices("municipality")]

    def do(self) -> None:
        move_person(self.case, by=self.actor, **self.cleaned_data)
