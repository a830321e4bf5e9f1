"""What forms share."""

from datetime import date

import pytest
from django import forms
from django.utils import translation

from veerkracht.web.forms.days import DayField


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_day_that_is_there_is_written_as_browsers_read_it_and_read_as_they_write_it(language):
    class Asked(forms.Form):
        on = DayField()

    with translation.override(language):
        shown = str(Asked(initial={"on": date(2024, 1, 5)})["on"])
        filled = Asked({"on": "2024-01-05"})
        assert ('type="date"' in shown, 'value="2024-01-05"' in shown) == (True, True)
        assert (filled.is_valid(), filled.cleaned_data) == (True, {"on": date(2024, 1, 5)})
