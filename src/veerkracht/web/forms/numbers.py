"""National numbers as they are typed: sent by POST only, and never written back into a page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class _Unrepeated(forms.TextInput):
    """A text field that never shows what was typed before."""

    def format_value(self, value: Any) -> None:
        return None


class NumberForm(forms.Form):
    number = forms.CharField(
        label=_("National number"),
        max_length=30,
        widget=_Unrepeated({"autocomplete": "off", "inputmode": "numeric", "spellcheck": "false"}),
    )


class RecordNumberForm(NumberForm):
    """`has_one`: there is a number already, so the form says that the new one takes its place. `asks_birth_date`: the
    number tells another birth date, and only then is it asked to confirm that.
    """

    asks_birth_date = False

    despite_birth_date = forms.BooleanField(
        label=_("The number is right, although it tells another birth date"), required=False
    )

    def __init__(self, data: Any = None, *, has_one: bool = False):
        super().__init__(data)
        if has_one:
            self.fields["replaces"] = forms.BooleanField(
                label=_("It takes the place of the number that is there")
            )

    def said(self) -> dict[str, Any]:
        """The words of the action."""
        return {"replaces": False, **self.cleaned_data}
