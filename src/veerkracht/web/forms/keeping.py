"""What is filled in on the pages of the log and of keeping."""

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.web.forms.days import DayField
from veerkracht.web.labels import LOG_VERBS


class LogForm(forms.Form):
    """What the auditor looks for in the log."""

    person = forms.CharField(
        label=_("Number of the person"), max_length=12, required=False, help_text=_("Such as P-0000001.")
    )
    user = forms.CharField(
        label=_("Who did it"),
        max_length=100,
        required=False,
        help_text=_("A name or user name of staff, or the number of a person."),
    )
    day = DayField(label=_("On this day"), required=False)
    verb = forms.ChoiceField(
        label=_("What"), required=False, choices=[("", _("everything")), *LOG_VERBS.items()]
    )


class FileForm(forms.Form):
    """What the records officer does with the file of one person, known by number."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("bundle", "hold", "erase")], widget=forms.HiddenInput
    )
    number = forms.CharField(
        label=_("Number of the person"), max_length=12, help_text=_("Such as P-0000001.")
    )
    reason = forms.CharField(label=_("Why"), max_length=300, help_text=_("The person can read this."))
    until = DayField(
        label=_("Held until"),
        required=False,
        help_text=_("Only for a hold; leave empty for as long as it is not lifted."),
    )


class DueForm(forms.Form):
    """Of which day one wants to know what is due."""

    on = DayField(label=_("On this day"))


class AnswerForm(forms.Form):
    """The answer to an objection; with the version that was seen."""

    upheld = forms.ChoiceField(
        label=_("Was the person right?"),
        choices=[("yes", _("Yes: this look should not have been")), ("no", _("No: this look was in order"))],
    )
    answer = forms.CharField(
        label=_("Answer, which the person reads"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
