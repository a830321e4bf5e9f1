"""What is filled in on the pages beside a file: a document, an address, who speaks for the person."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import Case
from veerkracht.register.cases.protection import Newcomer, find_representative
from veerkracht.register.documents.file_types import allowed
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.web.forms.days import DayField
from veerkracht.web.labels import DOCUMENT_KINDS, REPRESENTATIVE_KINDS


class DocumentForm(forms.Form):
    kind = forms.ChoiceField(label=_("What it is"), choices=list(DOCUMENT_KINDS.items()))
    file = forms.FileField(label=_("Choose a file"), max_length=500)

    def __init__(self, *args: Any, **given: Any):
        super().__init__(*args, **given)
        taken = allowed()
        self.fields["file"].widget.attrs["accept"] = ",".join(f".{one}" for one in taken)
        self.fields["file"].help_text = _("One of: %(kinds)s.") % {"kinds": ", ".join(taken)}


class RemoveDocumentForm(forms.Form):
    reason = forms.CharField(label=_("Why it has to go"), max_length=300)


class AddressForm(forms.Form):
    """`hidden` is only offered to who sees addresses in hiding, whether there is one or not."""

    hidden = forms.TypedChoiceField(
        label=_("Which address"),
        choices=[("", _("The ordinary address")), ("yes", _("An address in hiding"))],
        coerce="yes".__eq__,
        required=False,
        empty_value=False,
        help_text=_(
            "Only who works on this case sees an address in hiding; nobody else can tell that there is one."
        ),
    )
    street = forms.CharField(label=_("Street and number"), max_length=200)
    postal_code = forms.CharField(label=_("Postal code"), max_length=10)
    municipality = forms.CharField(label=_("Municipality"), max_length=100)
    on = DayField(label=_("Lives there since"))

    def __init__(self, data: Any, today: date, sees_hidden: bool):
        super().__init__(data, initial={"on": today})
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        if not sees_hidden:
            del self.fields["hidden"]


class EndAddressForm(forms.Form):
    """Which of the addresses ends stands in the button."""

    on = DayField(label=_("No longer lives there since"))
    hidden = forms.TypedChoiceField(
        choices=[("", ""), ("yes", "yes")], coerce="yes".__eq__, required=False, empty_value=False
    )


class RepresentationForm(forms.Form):
    """Somebody in the register by number and birth date, or somebody new by name and birth date."""

    kind = forms.ChoiceField(label=_("Who they are"), choices=list(REPRESENTATIVE_KINDS.items()))
    source = forms.CharField(
        label=_("What it rests on"),
        max_length=200,
        help_text=_("Birth certificate, judgment with its date …"),
    )
    number = forms.CharField(
        label=_("Number in the register"),
        max_length=12,
        required=False,
        help_text=_("Such as P-0000001. Leave empty for somebody who is not in the register yet."),
    )
    given_name = forms.CharField(label=_("First name"), max_length=100, required=False)
    family_name = forms.CharField(label=_("Family name"), max_length=100, required=False)
    birth_date = DayField(label=_("Birth date of who speaks for them"))
    from_date = DayField(label=_("From"))
    until_date = DayField(label=_("Until and including"), required=False)

    def representative(self, actor: Actor, case: Case) -> Person | Newcomer:
        """Raises `Invalid` when there is nobody with that number and birth date, and `Refused`."""
        given = self.cleaned_data
        if given["number"]:
            return find_representative(case, given["number"], given["birth_date"], by=actor)
        return Newcomer(given["given_name"], given["family_name"], given["birth_date"])


class EndRepresentationForm(forms.Form):
    on = DayField(label=_("Last day"))
