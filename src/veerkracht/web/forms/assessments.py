"""What is said of an assessment: when, by whom, and an answer to each item of its instrument."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.assessments import FLAG, SCORE, Instrument, Item
from veerkracht.register.assessments.actions.recording import LONGEST_REASON
from veerkracht.register.assessments.models import Assessment
from veerkracht.register.assessments.writing import LONGEST_NAME, LONGEST_VERSION, Measured
from veerkracht.web.forms.days import DayField
from veerkracht.web.words import said

# A browser shows a day that is there in this form only, whatever the language.
_YES, _NO = "yes", "no"


class AssessmentForm(forms.Form):
    """A result of one instrument. An item that is left empty is no answer: the register says which must be there."""

    on = DayField(label=_("Measured on"))
    author = forms.CharField(label=_("Who measured"), max_length=LONGEST_NAME, required=False)
    author_kind = forms.ChoiceField(label=_("Profession"))
    version = forms.CharField(
        label=_("Version"),
        max_length=LONGEST_VERSION,
        required=False,
        help_text=_("As it stands on the result."),
    )
    valid_until = DayField(label=_("Counts until"), required=False, help_text=_("If the result says so."))

    def __init__(self, instrument: Instrument, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.instrument = instrument
        self.fields["author_kind"].choices = [(one.id, said(one.name)) for one in instrument.authors]
        if instrument.versions:
            del self.fields["version"]
        for item in instrument.items:
            self.fields[item.id] = _field(instrument, item)

    def measured(self) -> Measured:
        """What was said, as the register takes it."""
        found = self.cleaned_data
        return Measured(
            instrument=self.instrument.id,
            on=found["on"],
            items={item.id: _answer(item, found.get(item.id)) for item in self.instrument.items},
            author=found["author"],
            author_kind=found["author_kind"],
            version=found.get("version", ""),
            valid_until=found["valid_until"],
        )


class CorrectionForm(AssessmentForm):
    """What should have been recorded, and why it was not."""

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["why"] = forms.CharField(label=_("Why is it corrected?"), max_length=LONGEST_REASON)


class WithdrawalForm(forms.Form):
    why = forms.CharField(label=_("Why is it withdrawn?"), max_length=LONGEST_REASON)


def as_filled(assessment: Assessment) -> dict[str, Any]:
    """What a form shows of a result that is there."""
    answers = {
        id: {True: _YES, False: _NO}[answer] if isinstance(answer, bool) else answer
        for id, answer in assessment.items.items()
    }
    facts = ("on", "author", "author_kind", "version", "valid_until")
    return {**{name: getattr(assessment, name) for name in facts}, **answers}


def _field(instrument: Instrument, item: Item) -> forms.Field:
    name = said(item.name)
    if item.kind == FLAG:
        return forms.ChoiceField(
            label=name, required=False, choices=[("", "–"), (_YES, _("yes")), (_NO, _("no"))]
        )
    if instrument.answers and item.kind == SCORE:
        known = [(one.value, f"{one.value} · {said(one.text)}") for one in instrument.answers]
        fitting = [one for one in known if (item.low or 0) <= one[0] <= (item.high or one[0])]
        return forms.TypedChoiceField(
            label=name, required=False, coerce=int, empty_value=None, choices=[("", "–"), *fitting]
        )
    kind = forms.IntegerField if item.kind == SCORE else forms.FloatField
    return kind(label=name, required=False)


def _answer(item: Item, found: Any) -> Any:
    if item.kind == FLAG:
        return {_YES: True, _NO: False}.get(found)
    return found
