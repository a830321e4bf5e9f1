"""What is asked of figures on staff: of whom, when, the numbers, and why when it corrects something."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.models import Organisation
from veerkracht.register.staff.checks import LONGEST_REASON, LONGEST_SOURCE, professions, sectors
from veerkracht.register.staff.exchange.columns import FLOWS, Kind, Number
from veerkracht.register.staff.facts import Figures, Of
from veerkracht.register.supply.models import Service
from veerkracht.web import words
from veerkracht.web.forms.days import DayField

LABELS = {
    "persons": _("Persons"),
    "fte": _("Full-time equivalents"),
    "vacancies": _("Open posts"),
    "sick_share": _("Share absent by sickness"),
    "under_30": _("Persons under 30"),
    "from_30_to_49": _("Persons from 30 to 49"),
    "over_50": _("Persons of 50 and over"),
    "starters": _("Started"),
    "quit": _("Left by themselves"),
    "retired": _("Retired"),
    "dismissed": _("Dismissed"),
    "moved": _("Moved within care"),
    "other": _("Left otherwise"),
}
_HELP = {
    "fte": _("At most two decimals, such as 8.5."),
    "sick_share": _("From 0 to 1: 0.105 is 10.5 of 100 working days in the last quarter."),
}


class NumberField(forms.CharField):
    """A number as people write it, in its smallest unit; empty is not known."""

    def __init__(self, number: Number, **kwargs: Any):
        super().__init__(required=False, max_length=12, **kwargs)
        self.number = number
        self.widget.attrs.update({"inputmode": "decimal" if number.decimals else "numeric", "size": "8"})

    def clean(self, value: Any) -> int | None:
        try:
            return self.number.read(super().clean(value))
        except ValueError:
            raise forms.ValidationError(words.said(self.number.expected)) from None


class FiguresForm(forms.Form):
    """The numbers of a kind, with their source."""

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.kind = kind
        for name, number in kind.numbers.items():
            self.fields[name] = NumberField(number, label=LABELS[name], help_text=_HELP.get(name, ""))
        self.fields["source"] = forms.CharField(
            label=_("Source"), max_length=LONGEST_SOURCE, help_text=_("For example: payroll, 31 December.")
        )

    def numbers(self) -> list[forms.BoundField]:
        return [self[name] for name in self.kind.numbers]

    def figures(self) -> Figures:
        read = {number.field: self.cleaned_data[name] for name, number in self.kind.numbers.items()}
        return self.kind.figures(**read)

    def refuse(self, fault: Invalid) -> None:
        """Say what the register refuses at its field, or above all fields."""
        self.add_error(fault.field if fault.field in self.fields else None, str(fault))


class RecordForm(FiguresForm):
    """Figures of an organisation or one of its services."""

    def __init__(self, kind: Kind, services: Sequence[Service], *args: Any, **kwargs: Any):
        super().__init__(kind, *args, **kwargs)
        self.services = {str(one.pk): one for one in services}
        whole = [("", _("Outside the services: the organisation itself"))]
        own = [(key, one.name) for key, one in self.services.items()]
        days = ("from", "until") if kind is FLOWS else ("on",)
        asked: dict[str, forms.Field] = {
            "service": forms.ChoiceField(label=_("Service"), choices=[*whole, *own], required=False),
            "profession": forms.ChoiceField(
                label=_("Profession"), choices=[(one.id, words.said(one.name)) for one in professions()]
            ),
            "sector": forms.ChoiceField(
                label=_("Sector"), choices=[(one.id, words.said(one.name)) for one in sectors()]
            ),
            "area": forms.ChoiceField(
                label=_("Municipality"),
                choices=[("", "–"), *areas.choices("municipality")],
                required=False,
                help_text=_("A service lies where it lies: choose only for the organisation itself."),
            ),
            **{day: _day(day) for day in days},
        }
        self.fields = {**asked, **self.fields}

    def about(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.kind.numbers]

    def of(self, organisation: Organisation) -> Of:
        service = self.services.get(self.cleaned_data["service"])
        area = self.cleaned_data["area"] or (service.area if service else "")
        return Of(organisation, service, self.cleaned_data["profession"], self.cleaned_data["sector"], area)

    def day(self, name: str) -> date:
        found: date = self.cleaned_data[name]
        return found


class CorrectForm(FiguresForm):
    """Better figures in the place of others, with the reason."""

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any):
        super().__init__(kind, *args, **kwargs)
        self.fields["reason"] = forms.CharField(label=_("Why is it corrected?"), max_length=LONGEST_REASON)


def _day(name: str) -> DayField:
    labels = {"on": _("On"), "from": _("From"), "until": _("Up to and including")}
    return DayField(label=labels[name])
