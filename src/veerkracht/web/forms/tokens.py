"""What a key for programs is made with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.tokens.actions import LONGEST_DAYS
from veerkracht.register.tokens.models import LONGEST_NAME


class TokenForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"),
        max_length=LONGEST_NAME,
        help_text=_("So that you know later which program uses it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    days = forms.IntegerField(
        label=_("How many days does it hold?"), min_value=1, max_value=LONGEST_DAYS, initial=90
    )
    may_write = forms.BooleanField(
        label=_("It may change things too"),
        required=False,
        help_text=_("Without this it only reads. A round is never signed with a key."),
    )
