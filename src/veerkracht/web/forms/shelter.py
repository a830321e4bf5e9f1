"""What is said of a stay in crisis, counselling, a message to the helpline and a campaign."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.shelter import ContactForm as Choices
from veerkracht.register.people import areas
from veerkracht.register.people.models import User
from veerkracht.register.quality.actions.improvements import measures
from veerkracht.register.shelter.actions.campaigns import Meant
from veerkracht.register.shelter.actions.contacts import LONGEST, LONGEST_WAY_BACK, Sent
from veerkracht.register.shelter.queries.counselling import teams
from veerkracht.register.shelter.queries.one_stay import StayView
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.sharing import MeetingFields
from veerkracht.web.words import said

_TEXT = {"rows": "6"}
# What a column of a database holds.
_LARGEST_ID = 2**63 - 1


class ConsentForm(forms.Form):
    """One voice on one guest."""

    guest = forms.IntegerField(min_value=1, max_value=_LARGEST_ID)
    voice = forms.CharField(max_length=10)
    agreed = forms.TypedChoiceField(choices=(("yes", ""), ("no", "")), coerce=lambda value: value == "yes")
    how = forms.ChoiceField(choices=(("spoken", _("by word of mouth")), ("written", _("in writing"))))


class GroundForm(forms.Form):
    ground = forms.ChoiceField(label=_("Which decision"))

    def __init__(self, *args: Any, view: StayView, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["ground"].choices = [(one.id, said(one.name)) for one in view.grounds]


class ExtendForm(forms.Form):
    days = forms.IntegerField(label=_("Days"), min_value=1)
    why = forms.CharField(
        label=_("Why?"), max_length=300, help_text=_("Others can read this: write no names.")
    )


class EndForm(forms.Form):
    reason = forms.ChoiceField(label=_("Where do they go?"))

    def __init__(self, *args: Any, view: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [(one.id, said(one.name)) for one in view.end_reasons]


class HandOverForm(forms.Form):
    """To what, and for whom: nobody chosen is everybody who is known."""

    programme = forms.CharField(max_length=60)
    guests = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, view: StayView, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["guests"].choices = [(one.id, one.name) for one in view.guests]


class ConsultForm(MeetingFields):
    """A case consultation on one of who stays. `offered`: there is somebody known by name to hold it on."""

    guest = forms.TypedChoiceField(label=_("On whom"), coerce=int)
    programme = forms.ChoiceField(label=_("With those who work in"))
    field_order = ("guest", "programme", "ground", "purpose", "members", "fields_")

    def __init__(self, *args: Any, view: StayView, **kwargs: Any):
        # Other forms of the page have fields of the same names.
        super().__init__(*args, prefix="consult", **kwargs)
        self.offer_grounds()
        known = [(one.id, one.name) for one in view.guests if one.name]
        self.fields["guest"].choices = known
        self.fields["programme"].choices = [(id, said(name)) for id, name in view.longer_help.items()]
        self.offered = bool(known and self.fields["programme"].choices)


class AskCounsellingForm(forms.Form):
    module = forms.ChoiceField(label=_("Form of counselling"))
    team = forms.TypedChoiceField(label=_("Team"), coerce=int)

    def __init__(self, *args: Any, modules: dict[str, str], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.teams = teams()
        self.fields["module"].choices = list(modules.items())
        self.fields["team"].choices = [(id, one.name) for id, one in self.teams.items()]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        found["service"] = self.teams.get(found.get("team", 0))
        return found


class StartForm(forms.Form):
    """Who takes it up; their case-load stands beside their name."""

    worker = forms.TypedChoiceField(label=_("Who follows them"), coerce=int)
    why = forms.CharField(
        label=_("Why one more?"),
        max_length=300,
        required=False,
        help_text=_("Only when this worker has a full case-load."),
    )

    def __init__(self, *args: Any, workers: tuple[tuple[User, int], ...], **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.workers = {user.pk: user for user, _load in workers}
        self.fields["worker"].choices = [
            (user.pk, _("%(name)s (follows %(load)d)") % {"name": user.full_name, "load": load})
            for user, load in workers
        ]


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Your answer"), max_length=LONGEST, widget=forms.Textarea(attrs=_TEXT))


class ContactForm(forms.Form):
    """What somebody tells the helpline. Nothing is asked that leads to them."""

    sender = forms.ChoiceField(label=_("Who are you in this?"), widget=forms.RadioSelect)
    kind = forms.ChoiceField(label=_("What is it about?"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is going on?"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={**_TEXT, "autocomplete": "off"}),
        help_text=_("You need not name anybody."),
    )
    area = forms.ChoiceField(
        label=_("In which municipality?"), required=False, help_text=_("Only if you want to say it.")
    )
    way_back = forms.CharField(
        label=_("How and when can we reach you safely?"),
        max_length=LONGEST_WAY_BACK,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Only if you want to be called or mailed. Without it you read our answer with a code."),
    )
    # People leave this empty, as they are told; programs that fill in forms do not.
    leave_empty = forms.CharField(
        label=_("Leave this empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(one.id, said(one.name)) for one in choices.kinds]
        self.fields["sender"].choices = [(one.id, said(one.name)) for one in choices.senders]
        self.fields["area"].choices = [("", "–"), *areas.choices("municipality")]

    def sent(self, language: str) -> Sent:
        found = self.cleaned_data
        return Sent(
            kind=found["kind"],
            sender=found["sender"],
            text=found["text"],
            area=found["area"],
            way_back=found["way_back"],
            language=language,
        )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"), max_length=30, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class CampaignForm(forms.Form):
    """What is done to make help known."""

    name = forms.CharField(label=_("Name"), max_length=200)
    channel = forms.CharField(
        label=_("Where it is seen or heard"), max_length=200, help_text=_("Buses, radio, schools …")
    )
    from_date = DayField(label=_("First day"))
    until_date = DayField(label=_("Last day"))
    province = forms.ChoiceField(label=_("Where"), required=False)
    measure = forms.ChoiceField(label=_("Measure that pays for it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["province"].choices = [("", _("the whole region")), *areas.choices("province")]
        self.fields["measure"].choices = [("", _("no measure")), *named_measures().items()]

    def meant(self) -> Meant:
        found = self.cleaned_data
        return Meant(
            name=found["name"],
            channel=found["channel"],
            from_date=found["from_date"],
            until_date=found["until_date"],
            measure=found["measure"],
            area_kind="province" if found["province"] else "",
            area_code=found["province"],
        )


class ReachForm(forms.Form):
    reached = forms.IntegerField(label=_("How many people"), min_value=0)
    counted = forms.CharField(
        label=_("What was counted, and how"),
        max_length=200,
        help_text=_("Heard of it, by a survey; visitors …"),
    )
    source = forms.CharField(label=_("Source"), max_length=300)


def named_measures() -> dict[str, str]:
    """The measures that the region's money pays for, by id, in the reader's language."""
    return {id: said(name) for id, name in measures().items()}
