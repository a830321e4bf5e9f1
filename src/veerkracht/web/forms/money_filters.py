"""What the pages about money are narrowed to: which money, which year, which measures. All in the address."""

from collections.abc import Collection, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.money import Money
from veerkracht.register.spending.measures import Filters
from veerkracht.web import money_words, words

_ALL = ("", _("All"))


class Choices(forms.Form):
    """A form of choices that are all optional; what isn't asked has the first of its choices."""

    def asked(self) -> dict[str, Any]:
        """What was chosen; nothing of what can't be used."""
        self.is_valid()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class YearForm(Choices):
    """`year` is this year when nothing else, or nothing that can be used, is asked."""

    year = forms.TypedChoiceField(label=_("Budget year"), required=False, coerce=int, empty_value=None)

    def __init__(self, asked: Any, years: Collection[int], today: int):
        super().__init__({**_plain(asked), "year": asked.get("year") or str(today)})
        self.today = today
        self.fields["year"].choices = [(year, str(year)) for year in sorted({*years, today}, reverse=True)]

    @property
    def year_asked(self) -> int:
        return self.asked()["year"] or self.today


class FlowForm(YearForm):
    """Which money the map shows; new money that comes every year unless something else is asked."""

    money = forms.ChoiceField(
        label=_("Which money"),
        required=False,
        choices=[("new", _("New money")), ("planned", _("Already planned"))],
    )
    returns = forms.ChoiceField(
        label=_("How often"), required=False, choices=[("yearly", _("Every year")), ("once", _("Once"))]
    )

    field_order = ("money", "returns", "year")

    @property
    def kind(self) -> tuple[bool, bool]:
        """Whether the money is new, and whether it comes every year."""
        found = self.asked()
        return found["money"] != "planned", found["returns"] != "once"


class MeasuresForm(YearForm):
    """Which measures a list shows."""

    kind = forms.ChoiceField(label=_("Kind"), required=False)
    envelope = forms.ChoiceField(label=_("Envelope"), required=False)
    sentence = forms.ChoiceField(label=_("Sentence of the text"), required=False)
    money = forms.ChoiceField(
        label=_("Which money"),
        required=False,
        choices=[_ALL, ("new", _("New money")), ("planned", _("Already planned"))],
    )
    returns = forms.ChoiceField(
        label=_("How often"),
        required=False,
        choices=[_ALL, ("yearly", _("Every year")), ("once", _("Once"))],
    )
    amount = forms.ChoiceField(
        label=_("Amount"),
        required=False,
        choices=[_ALL, ("known", _("known")), ("unknown", _("unknown"))],
    )
    state = forms.ChoiceField(
        label=_("Milestones"),
        required=False,
        choices=[_ALL, ("behind", _("late or missed")), ("unsaid", _("undefined or unmeasured"))],
    )

    field_order = ("kind", "sentence", "envelope", "money", "returns", "amount", "state", "year")

    def __init__(self, asked: Any, years: Collection[int], today: int, money: Money):
        super().__init__(asked, years, today)
        self.fields["kind"].choices = [_ALL, *money_words.KINDS.items()]
        self.fields["envelope"].choices = [_ALL, *_named(money.envelopes, "name")]
        self.fields["sentence"].choices = [_ALL, *_named(money.sentences, "text")]

    def filters(self) -> Filters:
        found = self.asked()
        return Filters(**{name: found[name] for name in found if name != "year"})


def _named(things: Mapping[str, Any], name: str) -> list[tuple[str, str]]:
    return [(id, words.said(getattr(one, name))) for id, one in things.items()]


def _plain(asked: Any) -> dict[str, str]:
    """The last value of each field asked for."""
    return {name: asked.get(name, "") for name in asked}
