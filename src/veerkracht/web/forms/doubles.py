"""What is decided on two files that may be of one person."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.lists import actions
from veerkracht.register.lists.actions.doubles import LONGEST_WHY
from veerkracht.register.lists.models import Double
from veerkracht.register.people.actors import Actor


class DecideForm(forms.Form):
    """One person, of whom one file goes on; or two."""

    decision = forms.ChoiceField(label=_("What do you decide?"), widget=forms.RadioSelect)
    why = forms.CharField(
        label=_("What does this rest on?"),
        help_text=_("For instance: both were called, or the identity card was shown."),
        max_length=LONGEST_WHY,
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, actor: Actor, double: Double):
        super().__init__(data, prefix=str(double.pk), initial={"version": double.version})
        self.actor, self.double = actor, double
        self.fields["decision"].choices = [
            ("different", _("Two people")),
            *(
                (one.number, _("One person: the request of %(number)s goes on") % {"number": one.number})
                for one in double.people
            ),
        ]

    def do(self) -> None:
        """Decide; only for a valid form."""
        told, by = self.cleaned_data, self.actor
        how = {"by": by, "why": told["why"], "version": told["version"]}
        kept = {one.number: one for one in self.double.people}.get(told["decision"])
        if kept is None:
            actions.tell_apart(self.double, **how)
        else:
            actions.bring_together(self.double, keep=kept, **how)
