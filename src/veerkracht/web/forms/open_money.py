"""What is asked of who publishes the money."""

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    year = forms.IntegerField(
        label=_("Up to budget year"), required=False, help_text=_("Leave empty for this year.")
    )
