"""A form that was sent in, and what it asks for done."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.errors import Fault


def done(form: forms.Form, act: Callable[[], Any], names: Mapping[str, str] | None = None) -> bool:
    """Whether a form was sent in and `act` did what it asks; what was wrong stands at its field.

    `names`: how the form calls a field, by how the action does, where the two differ.
    """
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act()
    except Invalid as invalid:
        tell(form, invalid, names)
        return False
    return True


def tell(form: forms.Form, fault: Fault, names: Mapping[str, str] | None = None) -> None:
    """Put what the register finds wrong at the field that it is about, or above all of them; `names` as in `done`."""
    field = getattr(fault, "field", "")
    if field not in form.fields:
        field = (names or {}).get(field, "")
    form.add_error(field if field in form.fields else None, str(fault))
