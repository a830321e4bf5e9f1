"""A day in a form, asked as browsers ask for it."""

from typing import Any

from django import forms


class DayInput(forms.DateInput):
    """The browser's own calendar. What stands there is written as browsers read it, whatever the page's language."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__(attrs, format="%Y-%m-%d")


class DayField(forms.DateField):
    widget = DayInput
