"""What is asked of who reports a result, judges one, or says something of figures that do not agree."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.money.model import Milestone
from veerkracht.register.results.actions import Reported
from veerkracht.register.results.states import STATES, counted_in_units
from veerkracht.web import words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.money import EuroField

STATE_NAMES = {
    "late": _("Late"),
    "missed": _("Missed"),
    "undefined": _("Undefined"),
    "unmeasured": _("Unmeasured"),
    "unconfirmed": _("Unconfirmed"),
    "on-time": _("On time"),
    "met": _("Met"),
}
KIND_NAMES = {"milestone": _("Milestone"), "output": _("Output"), "outcome": _("Outcome")}


def _words(label: Any, rows: int = 2, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **given)


class NumberField(EuroField):
    """A number as people write it in Dutch or in English, with at most two decimals; its value is a `Decimal`."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "amount": _("This is no number: %(found)s. Write it as 1234 or 1.234,5."),
        "too_much": _("This number is too large: %(found)s."),
    }

    def to_python(self, value: Any) -> Any:
        cents = super().to_python(value)
        return None if cents is None else Decimal(cents) / 100


class ReportForm(forms.Form):
    """A report on one milestone: a number in its unit, or whether it is done."""

    on = DayField(label=_("On which day was this so?"))
    value = NumberField(label=_("Number"))
    done = forms.ChoiceField(
        label=_("Is it done?"), choices=[("", _("Choose")), ("yes", _("Yes")), ("no", _("No, not yet"))]
    )
    evidence = _words(_("What shows it?"), max_length=1000)
    document = forms.CharField(label=_("Title of the document"), max_length=300, required=False)
    url = forms.CharField(
        label=_("Web address"),
        max_length=500,
        required=False,
        help_text=_("Give a document, an address, or both: where others can read it."),
    )

    def __init__(self, milestone: Milestone, *args: Any, **given: Any):
        super().__init__(*args, **given)
        numbered = counted_in_units(milestone)
        del self.fields["done" if numbered else "value"]
        if numbered:
            self.fields["value"].label = _("Number of %(unit)s") % {"unit": words.said(milestone.unit)}

    def reported(self) -> Reported:
        """What is said, for the action."""
        given = self.cleaned_data
        done = {"yes": True, "no": False}.get(given.get("done", ""))
        kept = {name: given[name] for name in ("on", "evidence", "document", "url")}
        return Reported(value=given.get("value"), done=done, **kept)


class JudgeForm(forms.Form):
    """What a second person says of a report."""

    text = _words(_("Remark; when it is not right, what is not"), max_length=1000, required=False)


class NoteForm(forms.Form):
    """Something said of figures that do not agree."""

    kind = forms.ChoiceField(
        label=_("What is this?"),
        choices=[
            ("remark", _("A remark")),
            ("explained", _("An explanation, for somebody else to agree with")),
            ("reopened", _("A reason to reopen it")),
        ],
    )
    text = _words(_("What do you want to say?"), rows=3, max_length=2000)


class SettleForm(forms.Form):
    text = _words(_("Why do you agree?"), max_length=2000)


class ResultFilters(forms.Form):
    """Which milestones are shown; what can't be read filters nothing."""

    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    measure = forms.ChoiceField(label=_("Measure"), required=False)

    def __init__(self, data: Any, measures: list[tuple[str, str]]):
        super().__init__(data)
        every = [("", _("all"))]
        self.fields["state"].choices = [*every, *((one, STATE_NAMES[one]) for one in STATES)]
        self.fields["kind"].choices = [*every, *KIND_NAMES.items()]
        self.fields["measure"].choices = [*every, *measures]

    def chosen(self) -> dict[str, str]:
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
