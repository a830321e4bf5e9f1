"""Giving a role, a first role with a new account, and having somebody stand in."""

from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.register.people.actors import ROLES, Actor
from veerkracht.register.roles.queries import RoleFilters
from veerkracht.register.roles.reach import Reach
from veerkracht.web import words
from veerkracht.web.forms.areas import AreaField
from veerkracht.web.forms.days import DayField
from veerkracht.web.navigation import ROLE_NAMES


class RolesFilter(forms.Form):
    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False)
    ended = forms.BooleanField(label=_("Ended roles too"), required=False)

    def __init__(self, data: Any):
        super().__init__(data)
        self.fields["q"].widget.attrs.update({"type": "search", "autocomplete": "off"})
        self.fields["role"].choices = [("", _("All")), *((role, ROLE_NAMES[role]) for role in ROLES)]

    def filters(self) -> RoleFilters:
        """What the query takes; only of a valid form."""
        found = self.cleaned_data
        return RoleFilters(search=found["q"], role=found["role"], ended=found["ended"])


class GiveForm(forms.Form):
    """`asked()` is what the action takes. Its programmes are those that the giver may give."""

    username = forms.CharField(label=_("User name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"))
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    area = AreaField(label=_("Area"), help_text=_("Empty: the whole region."))
    from_date = DayField(label=_("From"))
    until_date = DayField(
        label=_("Up to and including"), required=False, help_text=_("Empty: until somebody ends it.")
    )

    def __init__(self, data: Any, actor: Actor, today: date):
        super().__init__(data, initial={"from_date": today})
        self.fields["username"].widget.attrs["autocomplete"] = "off"
        self.fields["role"].choices = [("", _("Choose")), *((role, ROLE_NAMES[role]) for role in ROLES)]
        known = [(one.id, words.said(one.name)) for one in region.current().programmes.values()]
        self.fields["programme"].choices = (
            [choice for choice in known if choice[0] == actor.programme]
            if actor.programme
            else [("", _("Every programme")), *known]
        )
        self.fields["from_date"].widget.attrs["min"] = today.isoformat()

    def asked(self) -> Reach:
        found = self.cleaned_data
        kind, code = found["area"] or ("", "")
        return Reach(
            role=found["role"],
            programme=found["programme"],
            area_kind=kind,
            area_code=code,
            from_date=found["from_date"],
            until_date=found["until_date"],
        )


class WelcomeForm(GiveForm):
    """As `GiveForm`, for somebody without an account."""

    name = forms.CharField(label=_("Given name and family name"), max_length=300)
    email = forms.EmailField(label=_("E-mail address"), required=False)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    field_order = ("name", "username", "email", "language", "role", "programme", "area")

    def told(self) -> dict[str, str]:
        """What an account is made of."""
        return {name: self.cleaned_data[name] for name in ("name", "email", "language")}


class StandInForm(forms.Form):
    user = forms.TypedChoiceField(label=_("Who stands in for you"), coerce=int)
    from_date = DayField(label=_("From"))
    until_date = DayField(label=_("Up to and including"))

    def __init__(self, data: Any, colleagues: list[tuple[int, str]], today: date):
        super().__init__(data, initial={"from_date": today})
        self.fields["user"].choices = [("", _("Choose")), *colleagues]
        for name in ("from_date", "until_date"):
            self.fields[name].widget.attrs["min"] = today.isoformat()
