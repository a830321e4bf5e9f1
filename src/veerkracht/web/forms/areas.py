"""One field for every kind of area: a municipality, a zone, a region or a province, by its name."""

from typing import Any

import polars as pl
from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.region.kept import once_for
from veerkracht.register.people import areas
from veerkracht.web import words


class AreaField(forms.CharField):
    """Typed with suggestions; also understands codes. Cleans to (kind, code), or None."""

    def __init__(self, **kwargs: Any):
        super().__init__(required=False, max_length=100, **kwargs)
        self.widget.attrs.update({"list": "areas", "autocomplete": "off"})

    def clean(self, value: Any) -> tuple[str, str] | None:
        text = super().clean(value).strip()
        if not text:
            return None
        found = _by_name(areas.table(), words.language()).get(text.casefold())
        if found is None:
            raise forms.ValidationError(_("There is no area with this name. Choose one of the suggestions."))
        return found


def suggestions() -> SafeString:
    """The options of the field's datalist."""
    return _options(areas.table(), words.language())


def name_of(kind: str, code: str) -> str:
    """As the field shows it."""
    return dict(_names(kind)).get(code, code)


def _names(kind: str) -> list[tuple[str, str]]:
    """Code and name; what isn't a municipality says what it is, since names return."""
    if kind == "municipality":
        return areas.choices(kind)
    forms_of = {
        "zone": gettext("%(name)s (primary-care zone)"),
        "region": gettext("%(name)s (region)"),
        "province": gettext("%(name)s (province)"),
    }
    return [(code, forms_of[kind] % {"name": name}) for code, name in areas.choices(kind)]


@once_for
def _by_name(_table: pl.DataFrame, _language: str) -> dict[str, tuple[str, str]]:
    found = {name.casefold(): (kind, code) for kind in areas.SETS for code, name in _names(kind)}
    codes = {code.casefold(): (kind, code) for kind in areas.SETS for code, _ in areas.choices(kind)}
    return found | codes


@once_for
def _options(_table: pl.DataFrame, _language: str) -> SafeString:
    names = [name for kind in areas.SETS for _, name in _names(kind)]
    return format_html_join("", "<option>{}</option>", ((name,) for name in names))
