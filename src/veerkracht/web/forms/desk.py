"""What a worker of a crisis desk fills in, in haste: little is needed, everything else may be left as it is."""

import re
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.region.crisis import Crisis
from veerkracht.register.crisis.actions import Told
from veerkracht.register.crisis.actions.call_backs import FURTHEST_MINUTES
from veerkracht.register.crisis.identities import ADULT, CHILD, LONGEST_NAME, Identity
from veerkracht.register.crisis.needs import MOST_NIGHTS, MOST_PEOPLE, MOST_PETS, Need
from veerkracht.register.people import areas
from veerkracht.register.people.names import plain
from veerkracht.web import words
from veerkracht.web.forms.days import DayField

_BETWEEN = re.compile(r"[,;\n]+")
_AGES = re.compile(r"[\s,;]+")
# By the same reference a call and its search are kept once, however often somebody presses.
_OF_SEARCH = uuid.UUID("5f0c2f5e-3d67-4b6d-9d0f-0d1f6f0f9a10")


class AreaField(forms.CharField):
    """A municipality by its name, as it is typed; its code."""

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        return _code_of(typed) if typed else ""

    def prepare_value(self, value: Any) -> Any:
        return areas.names().get(value, value)


class AreasField(forms.CharField):
    """Some municipalities by name, with commas between; their codes."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        typed = super().to_python(value) or ""
        return tuple(_code_of(name) for name in _split(typed))


class AreaOfEachField(forms.CharField):
    """A municipality of each of some people, with commas between; nothing between two of them for who does not mind."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        typed = (super().to_python(value) or "").rstrip(" ,;")
        parts = _BETWEEN.split(typed) if typed else []
        return tuple(_code_of(name) if name.strip() else "" for name in parts)


class NamesField(forms.CharField):
    """Names, one a line or with commas between."""

    def to_python(self, value: Any) -> tuple[str, ...]:
        return tuple(_split(super().to_python(value) or ""))


class AgesField(forms.CharField):
    """Ages of children, in whatever way somebody puts them down: "8, 3" or "8 3"."""

    def to_python(self, value: Any) -> tuple[int, ...]:
        typed = super().to_python(value) or ""
        parts = [part for part in _AGES.split(typed.strip()) if part]
        if not all(part.isdecimal() and len(part) < 4 for part in parts):
            raise forms.ValidationError(
                gettext("Ages are whole numbers with commas between; found: %(found)s.")
                % {"found": typed[:60]}
            )
        return tuple(int(part) for part in parts)


class ToldForm(forms.Form):
    """What is noted of every call: how it came, from whom and about what. Who derives from it asks for `from_area`."""

    reference = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    channel = forms.ChoiceField(label=_("How do they reach us?"), widget=forms.RadioSelect)
    caller = forms.ChoiceField(label=_("Who is calling?"), widget=forms.RadioSelect)
    topics = forms.MultipleChoiceField(
        label=_("What is it about?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, crisis: Crisis, data: Any = None) -> None:
        super().__init__(data)
        for name, listed in (("channel", "channel"), ("caller", "caller"), ("topics", "topic")):
            self.fields[name].choices = choices(crisis, listed)
        for name in ("channel", "caller"):
            self.initial[name] = self.fields[name].choices[0][0]

    def focus_on_fault(self) -> None:
        """Let the cursor stand at the first field with a fault; at none of them for a fault of the whole."""
        if not self.errors:
            return
        for field in self.fields.values():
            field.widget.attrs.pop("autofocus", None)
        wrong = next((name for name in self.fields if name in self.errors), None)
        if wrong is not None:
            self.fields[wrong].widget.attrs["autofocus"] = True

    def told(self) -> Told:
        found = self.cleaned_data
        return Told(
            channel=found["channel"],
            caller=found["caller"],
            area=found["from_area"],
            topics=tuple(found["topics"]),
            reference=found["reference"],
        )


class SearchForm(ToldForm):
    """A call and the search it asks for, in one."""

    kind = forms.ChoiceField(label=_("What is needed?"), widget=forms.RadioSelect)
    from_area = AreaField(
        label=_("Where are they now?"),
        widget=forms.TextInput({"list": "areas", "autocomplete": "off", "autofocus": True}),
    )
    adults = forms.IntegerField(label=_("Adults"), min_value=0, max_value=MOST_PEOPLE, initial=1)
    children = AgesField(
        label=_("Ages of the children"),
        required=False,
        help_text=_("With commas between: 8, 3. A baby is 0."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    nights = forms.IntegerField(
        label=_("For how many nights?"), min_value=1, max_value=MOST_NIGHTS, initial=1
    )
    avoid_areas = AreasField(
        label=_("Not near"),
        required=False,
        help_text=_("Municipalities, with commas between."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    avoid_names = NamesField(
        label=_("Nobody there by the name of"),
        required=False,
        help_text=_("With commas between. Kept sealed; it stands in no list."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    pets = forms.IntegerField(label=_("Pets"), min_value=0, max_value=MOST_PETS, initial=0)
    wheelchair = forms.BooleanField(label=_("Somebody uses a wheelchair"), required=False)
    languages = forms.MultipleChoiceField(
        label=_("Languages"), required=False, widget=forms.CheckboxSelectMultiple
    )
    furthest_km = forms.IntegerField(
        label=_("No farther than (km)"), min_value=1, max_value=1000, required=False
    )
    schools = AreaOfEachField(
        label=_("Children go to school in"),
        required=False,
        help_text=_(
            "In the sequence of their ages, with commas between; leave out who does not mind: Ghent, , Aalst."
        ),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    works = AreaOfEachField(
        label=_("Adults work in"),
        required=False,
        help_text=_("Of each adult, with commas between."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    told_apart = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, crisis: Crisis, data: Any = None) -> None:
        super().__init__(crisis, data)
        kinds = [(kind.id, words.said(kind.name)) for kind in crisis.kinds.values()]
        self.fields["kind"].choices, self.initial["kind"] = kinds, kinds[0][0]
        self.fields["languages"].choices = choices(crisis, "language")

    def need(self) -> Need:
        found = self.cleaned_data
        names = (
            "kind", "from_area", "adults", "children", "pets", "wheelchair", "nights", "furthest_km", "schools",
            "works", "avoid_areas", "avoid_names", "told_apart",
        )  # fmt: skip
        return Need(**{name: found[name] for name in names}, languages=tuple(found["languages"]))

    @property
    def search_reference(self) -> uuid.UUID:
        return uuid.uuid5(_OF_SEARCH, str(self.cleaned_data["reference"]))


class FirstFocused(forms.CheckboxSelectMultiple):
    """Boxes of which the first has the cursor when the page opens: it is what is filled in first."""

    def create_option(self, *args: Any, **named: Any) -> dict[str, Any]:
        option: dict[str, Any] = super().create_option(*args, **named)
        if option["index"] == "0":
            option["attrs"]["autofocus"] = True
        return option


class CallForm(ToldForm):
    """A call that only asks for advice."""

    from_area = AreaField(
        label=_("Where are they now?"),
        required=False,
        widget=forms.TextInput({"list": "areas", "autocomplete": "off"}),
    )
    advice = forms.MultipleChoiceField(label=_("What did you advise?"), widget=FirstFocused)
    note = forms.CharField(label=_("In plain words, without a name"), max_length=500, required=False)
    is_sure = forms.BooleanField(label=_("What looks like a name is none"), required=False)

    def __init__(self, crisis: Crisis, data: Any = None) -> None:
        super().__init__(crisis, data)
        self.fields["advice"].choices = choices(crisis, "advice")


class PersonForm(forms.Form):
    """One person whom a call is about, because they want to be known."""

    given_name = forms.CharField(label=_("Given name"), max_length=LONGEST_NAME)
    family_name = forms.CharField(label=_("Family name"), max_length=LONGEST_NAME)
    birth_date = DayField(label=_("Date of birth"))
    # What stands there already: a row that nobody filled in is then seen to be empty.
    role = forms.ChoiceField(
        label=_("Adult or child"),
        choices=[(ADULT.value, _("Adult")), (CHILD.value, _("Child"))],
        initial=ADULT.value,
    )

    def identity(self) -> Identity:
        return Identity(**self.cleaned_data)


# The family of a call in one page: more people than this are rare, and a second call takes them.
PeopleForms = forms.formset_factory(PersonForm, extra=4, min_num=1, validate_min=True)


class CallBackForm(forms.Form):
    in_minutes = forms.IntegerField(
        label=_("In how many minutes?"), min_value=1, max_value=FURTHEST_MINUTES, initial=30
    )
    how = forms.CharField(label=_("By which number?"), max_length=200)
    safe = forms.CharField(label=_("When is it safe to call?"), max_length=200, required=False)


class PeriodForm(forms.Form):
    """Of which days, and by what."""

    way = forms.ChoiceField(
        label=_("Count by"),
        choices=[
            ("hour", _("hour")),
            ("zone", _("zone")),
            ("kind", _("kind of help")),
            ("channel", _("channel")),
        ],
    )
    from_date = DayField(label=_("From"))
    until_date = DayField(label=_("Up to and including"))


def choices(crisis: Crisis, listed: str) -> list[tuple[str, str]]:
    """A list of the region's file to choose from, in the language of the page."""
    return [(one.id, words.said(one.name)) for one in crisis.choices[listed].values()]


def _split(typed: str) -> list[str]:
    return [name for part in _BETWEEN.split(typed) if (name := " ".join(part.split()))]


def _code_of(typed: str) -> str:
    wanted = plain(typed)
    for code, name in areas.names().items():
        if wanted in (plain(name), code):
            return code
    raise forms.ValidationError(gettext("There is no municipality “%(found)s”.") % {"found": typed[:60]})
