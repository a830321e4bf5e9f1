"""What is asked about places: holding one, closing one, a file of them, and the growth calendar."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.register.people import areas
from veerkracht.register.people.models import Organisation
from veerkracht.register.supply.holding_checks import LONGEST_MINUTES, LONGEST_REFERENCE
from veerkracht.web.forms.days import DayField
from veerkracht.web.words import said

USUAL_MINUTES = 60


class HoldForm(forms.Form):
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=USUAL_MINUTES
    )
    request = forms.CharField(
        label=_("Number of the request"),
        max_length=12,
        required=False,
        help_text=_("Leave empty when there is no request yet."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        max_length=LONGEST_REFERENCE,
        required=False,
        help_text=_("Your own note to find it back; no name of a person."),
    )

    def asked(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("minutes", "reference")}


class CloseForm(forms.Form):
    """Why a place is closed, and for how long."""

    reason = forms.ChoiceField(label=_("Reason"))
    from_date = DayField(label=_("Closed from"))
    reopens_on = DayField(
        label=_("Open again on"), required=False, help_text=_("Leave empty when it is not known yet.")
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        places = region.current().places
        reasons = places.closures.items() if places else ()
        self.fields["reason"].choices = [(id, said(name)) for id, name in reasons]


class EndForm(forms.Form):
    """The last day of a place that goes away for good."""

    on = DayField(
        label=_("Last day"),
        required=False,
        help_text=_(
            "The last day on which somebody can be there. Leave empty when the place stays after all."
        ),
    )


class AwardForm(forms.Form):
    """An award of growth, as it was decided."""

    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=None, empty_label=_("Choose"))
    programme = forms.ChoiceField(label=_("Kind of help"))
    kind = forms.ChoiceField(label=_("Kind of growth"))
    units = forms.IntegerField(label=_("Places"), min_value=1)
    area = forms.ChoiceField(label=_("Municipality"))
    period_from = DayField(label=_("First day of the period"))
    on = DayField(label=_("Decided on"))
    source = forms.CharField(
        label=_("Source"), max_length=300, help_text=_("The decision, as it can be found.")
    )

    def __init__(self, *args: Any, programmes: list[str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        known, places = region.current().programmes, region.current().places
        self.fields["organisation"].queryset = Organisation.objects.order_by("name", "pk")
        self.fields["programme"].choices = [(id, said(known[id].name)) for id in programmes]
        kinds = places.growth_kinds.values() if places else ()
        self.fields["kind"].choices = [(kind.id, said(kind.name)) for kind in kinds]
        self.fields["area"].choices = [("", _("Choose")), *areas.choices("municipality")]


class AwardStepForm(forms.Form):
    """What became of an award: some or all of its places came into use, will not come, or come later."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("On"))


class RealiseForm(AwardStepForm):
    units = forms.IntegerField(label=_("Places"), min_value=1)


class LapseForm(RealiseForm):
    reason = forms.CharField(label=_("Reason"), max_length=300)


class PostponeForm(AwardStepForm):
    period_from = DayField(label=_("First day of the new period"))
    reason = forms.CharField(label=_("Reason"), max_length=300)
