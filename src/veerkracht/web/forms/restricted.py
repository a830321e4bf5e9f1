"""What is filled in to restrict a file, to name somebody in it, or to lift it."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RestrictForm(forms.Form):
    """`verb`: which of the four; `users`: user names, for lifting none."""

    verb = forms.ChoiceField(
        choices=[(verb, verb) for verb in ("restrict", "name", "remove", "lift")], widget=forms.HiddenInput
    )
    number = forms.CharField(
        label=_("Number of the person"), max_length=12, help_text=_("Such as P-0000001.")
    )
    users = forms.CharField(
        label=_("User names of who may know of it"),
        max_length=1000,
        required=False,
        help_text=_("One or more, with a space between them."),
    )
    reason = forms.CharField(label=_("Why"), max_length=300)
