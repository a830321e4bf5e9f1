"""A CSV file that a person brings to a page: what became of it."""

from collections.abc import Callable
from typing import Any

from django import forms

from veerkracht.register.csv_files import LIMITS, Limits, Report
from veerkracht.register.people.actors import Actor


def report_on(
    form: forms.Form, action: Callable[..., Any], actor: Actor, limits: Limits = LIMITS
) -> Report | None:
    """What became of the file of a form, which the action took in; None when there is no file yet."""
    if not (form.is_bound and form.is_valid()):
        return None
    given = form.cleaned_data["file"]
    report: Report = action(given.read(limits.bytes_to_read), given.name, by=actor)
    return report
