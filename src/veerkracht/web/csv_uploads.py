"""A CSV file that a person brings to a page: what became of it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.csv_files import LIMITS, Limits, Report
from veerkracht.register.people.actors import Actor


class CsvFileForm(forms.Form):
    file = forms.FileField(label=_("File (CSV)"))


def report_on(
    form: CsvFileForm, action: Callable[..., Any], actor: Actor, limits: Limits = LIMITS
) -> Report | None:
    """What became of the file of a form, which the action took in; None when there is no file yet."""
    if not (form.is_bound and form.is_valid()):
        return None
    given = form.cleaned_data["file"]
    report: Report = action(given.read(limits.bytes_to_read), given.name, by=actor)
    return report
