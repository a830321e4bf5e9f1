"""What is noted of a home from outside: when, how many, and where it stands."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.signals import SignalKind
from veerkracht.register.quality.actions import Noted
from veerkracht.register.quality.measured import LONGEST_TEXT
from veerkracht.register.quality.models import Signal
from veerkracht.web.forms.days import DayField
from veerkracht.web.words import said

# A browser shows a day that is there in this form only, whatever the language.


class SignalForm(forms.Form):
    """A signal of one of the kinds that the region knows for a help."""

    kind = forms.ChoiceField(label=_("What"))
    begins = DayField(label=_("Since, or on"))
    until = DayField(
        label=_("Last day"), required=False, help_text=_("Only of what lasts, once it has ended.")
    )
    count = forms.IntegerField(label=_("How many"), initial=1)
    founded = forms.IntegerField(label=_("Of which founded"), required=False, help_text=_("If it is known."))
    source = forms.CharField(
        label=_("Source"),
        max_length=LONGEST_TEXT,
        help_text=_("Where it stands, with its date. Never who complained, nor about whom."),
    )

    def __init__(self, kinds: list[SignalKind], *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.id, said(one.name)) for one in kinds]

    def noted(self) -> Noted:
        found = self.cleaned_data
        return Noted(
            found["kind"],
            found["begins"],
            found["source"],
            found["until"],
            found["count"],
            found["founded"],
        )


class SignalCorrectionForm(SignalForm):
    why = forms.CharField(label=_("Why is it corrected?"), max_length=LONGEST_TEXT)


def as_filled(signal: Signal) -> dict[str, Any]:
    """What a form shows of a signal that is there."""
    return {
        "kind": signal.kind,
        "begins": signal.from_date,
        "until": signal.until_date,
        "count": signal.count,
        "founded": signal.founded,
        "source": signal.source,
    }
