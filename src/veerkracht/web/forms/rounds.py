"""What a round is asked with: a day, an amount, and if wanted amounts per group and another split beside it."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.rulebook.types import Group, Programme
from veerkracht.web import words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.money import EuroField


class RoundForm(forms.Form):
    """`asked()` gives the words that a dry run and preparing take."""

    on = DayField(label=_("Day of the round"))
    money = EuroField(label=_("Money, euro a year"))
    basis = forms.ChoiceField(
        label=_("This money is"),
        choices=[
            ("programme", _("for this programme")),
            ("expansion", _("expansion money, of which the programme gets its share")),
        ],
        initial="programme",
        required=False,
    )

    def __init__(self, data: Any, programme: Programme, today: date):
        super().__init__(data, initial={"on": today})
        self.programme = programme
        self.fields["money"].widget.attrs["placeholder"] = "20 000 000"
        for group in programme.groups:
            named = {"group": words.said(group.name)}
            self.fields[_envelope(group)] = EuroField(
                label=gettext("Euro for %(group)s") % named, required=False
            )
        for group in programme.groups:
            self.fields[_share(group)] = forms.DecimalField(
                label=words.said(group.name), required=False, min_value=0, max_value=100
            )
            self.fields[_share(group)].widget.attrs.update({"step": "any", "inputmode": "decimal"})

    @property
    def envelopes(self) -> list[forms.BoundField]:
        return [self[_envelope(group)] for group in self.programme.groups]

    @property
    def shares(self) -> list[forms.BoundField]:
        return [self[_share(group)] for group in self.programme.groups]

    @property
    def has_envelopes(self) -> bool:
        return any(field.value() for field in self.envelopes)

    @property
    def has_shares(self) -> bool:
        return any(field.value() not in (None, "") for field in self.shares)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        shares = [cleaned.get(_share(group)) for group in self.programme.groups]
        given = [share for share in shares if share is not None]
        if given and sum(given) != 100:
            said = {"sum": words.number(sum(given), 2)}
            fault = gettext("The shares together are %(sum)s%%; they must be 100%%.") % said
            self.add_error(_share(self.programme.groups[0]), fault)
        return cleaned

    def asked(self) -> dict[str, Any]:
        """For a valid form: on, money_cents, basis and envelopes."""
        found = {group.id: self.cleaned_data[_envelope(group)] for group in self.programme.groups}
        given = {id: cents for id, cents in found.items() if cents is not None}
        return {
            "on": self.cleaned_data["on"],
            "money_cents": self.cleaned_data["money"],
            "basis": self.cleaned_data["basis"] or "programme",
            "envelopes": given or None,
        }

    def other_key(self) -> dict[str, float] | None:
        """The shares to compare with; None when none are given."""
        if not self.has_shares:
            return None
        # Divided as decimals: 33.3 per cent is 0.333, not a little less.
        found = {group.id: self.cleaned_data[_share(group)] or 0 for group in self.programme.groups}
        return {id: float(share / 100) for id, share in found.items()}


def _envelope(group: Group) -> str:
    return f"money-{group.id}"


def _share(group: Group) -> str:
    return f"share-{group.id}"
