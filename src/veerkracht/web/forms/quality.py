"""What somebody says of quality: a value, a correction, a file, an improvement."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.quality import MEAN, STRATUM, Indicator
from veerkracht.register.people.models import Organisation
from veerkracht.register.quality.actions import Meant
from veerkracht.register.quality.actions.improvements import measures
from veerkracht.register.quality.measured import LONGEST_TEXT, Measured, definitions
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.supply.models import Service
from veerkracht.web.forms.days import DayField
from veerkracht.web.words import said


class CountsForm(forms.Form):
    """How many among how many. What an indicator does not ask for is left out when it is known."""

    numerator = forms.DecimalField(label=_("Numerator"), max_digits=14, decimal_places=2)
    denominator = forms.IntegerField(label=_("Denominator"))
    spread = forms.DecimalField(
        label=_("Standard deviation"),
        max_digits=10,
        decimal_places=3,
        required=False,
        help_text=_("Of the scores; only for a mean."),
    )
    stratum = forms.ChoiceField(
        label=_("Care intensity"),
        required=False,
        help_text=_("Which care the people needed then; only where similar ones are compared by it."),
    )
    source = forms.CharField(
        label=_("Source"), max_length=LONGEST_TEXT, help_text=_("Where these numbers come from.")
    )

    def __init__(self, *args: Any, indicator: Indicator | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        quality = definitions()
        strata = quality.strata if quality else ()
        self.fields["stratum"].choices = [("", "–"), *((one.id, said(one.name)) for one in strata)]
        if indicator is None:
            return
        self.fields["numerator"].help_text = said(indicator.numerator)
        self.fields["denominator"].help_text = said(indicator.denominator)
        if indicator.kind != MEAN:
            del self.fields["spread"]
        if indicator.adjustment != STRATUM:
            del self.fields["stratum"]

    def counts(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "numerator": Decimal(found["numerator"]),
            "denominator": found["denominator"],
            "spread": found.get("spread"),
            "stratum": found.get("stratum", ""),
            "source": found["source"],
        }


class OfUnitForm(forms.Form):
    """Of an organisation or one of its services, in one field: "3" or "3/17". `named`: the indicators by their ids."""

    of = forms.ChoiceField(label=_("Of whom"))

    def __init__(
        self,
        *args: Any,
        units: list[tuple[Organisation, Service | None]],
        indicators: dict[str, Indicator],
        **kwargs: Any,
    ):
        super().__init__(*args, **kwargs)
        self.units = {_key(*unit): unit for unit in units}
        self.indicators = indicators
        self.fields["of"].choices = [(key, _name(*unit)) for key, unit in self.units.items()]
        self.named = [(id, said(one.name)) for id, one in indicators.items()]

    @property
    def unit(self) -> tuple[Organisation, Service | None]:
        """Who was chosen. Only of a valid form."""
        return self.units[self.cleaned_data["of"]]


class ValueForm(OfUnitForm, CountsForm):
    """A value of an indicator in a period."""

    indicator = forms.ChoiceField(label=_("Indicator"))
    begins = DayField(
        label=_("First day of the period"),
        help_text=_("Such as the first of January for a year. The last day follows from it."),
    )
    field_order = ("of", "indicator", "begins")

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["indicator"].choices = self.named

    def measured(self) -> tuple[Organisation, Measured]:
        """Of whom it is, and what."""
        organisation, service = self.unit
        indicator, begins = self.indicators[self.cleaned_data["indicator"]], self.cleaned_data["begins"]
        until = indicator.period_of(begins)[1]
        return organisation, Measured(indicator.id, begins, until, service=service, **self.counts())


class CorrectionForm(CountsForm):
    """What should have been reported, and why it was not."""

    why = forms.CharField(label=_("Why is it corrected?"), max_length=LONGEST_TEXT)

    def measured(self, value: IndicatorValue) -> Measured:
        return Measured(
            value.indicator, value.from_date, value.until_date, service=value.service, **self.counts()
        )


class WithdrawalForm(forms.Form):
    why = forms.CharField(label=_("Why is it withdrawn?"), max_length=LONGEST_TEXT)


class ImprovementForm(OfUnitForm):
    """What is done, for which indicators, from when, and which money pays for it."""

    what = forms.CharField(label=_("What is done to better it"), max_length=LONGEST_TEXT)
    indicators = forms.MultipleChoiceField(
        label=_("For which indicators"), widget=forms.CheckboxSelectMultiple
    )
    on = DayField(label=_("Begins on"))
    measure = forms.ChoiceField(label=_("Measure that pays for it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["indicators"].choices = self.named
        named = [(id, said(name)) for id, name in measures().items()]
        self.fields["measure"].choices = [("", _("no measure")), *named]

    def meant(self) -> tuple[Organisation, Meant]:
        organisation, service = self.unit
        found = self.cleaned_data
        on: date = found["on"]
        return organisation, Meant(found["what"], tuple(found["indicators"]), on, found["measure"], service)


class EndForm(forms.Form):
    on = DayField(label=_("Last day"))
    version = forms.IntegerField(widget=forms.HiddenInput)


def _key(organisation: Organisation, service: Service | None) -> str:
    return f"{organisation.pk}/{service.pk}" if service else str(organisation.pk)


def _name(organisation: Organisation, service: Service | None) -> str:
    return f"{organisation.name} · {service.name}" if service else organisation.name
