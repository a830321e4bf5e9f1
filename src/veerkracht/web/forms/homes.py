"""What a family fills in about the homes that it asks: each form is one verb on one entry, or on the request."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.region.homes import ANYONE, Fact
from veerkracht.register.care.models import Request
from veerkracht.register.lists import actions, rules
from veerkracht.register.lists.actions import Asked
from veerkracht.register.lists.models import Entry
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service
from veerkracht.web import words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.offers import VerbForm

_READY = [("now", _("Now")), ("later", _("For later, just in case"))]
_ANSWERS = [("", _("Not told")), ("yes", _("Yes")), ("no", _("No"))]
_FACT = "fact_"


class EntryForm(VerbForm):
    """A verb on one entry of a page that shows several."""

    thing: Entry

    def __init__(self, data: Any, actor: Actor, thing: Entry):
        super().__init__(data, actor, thing)
        self.prefix = f"{self.verb}-{thing.pk}"


class ChangeForm(EntryForm):
    verb, title, done = "change", _("Change what we asked here"), _("Your change is written down.")

    preference = forms.IntegerField(label=_("Which choice is this home?"), min_value=1, max_value=99)
    when_ready = forms.ChoiceField(label=_("When do you want to come?"), choices=_READY)
    wished_from = DayField(
        label=_("From which day?"),
        required=False,
    )

    def __init__(self, data: Any, actor: Actor, thing: Entry):
        super().__init__(data, actor, thing)
        self.initial |= {name: getattr(thing, name) for name in ("preference", "when_ready", "wished_from")}
        wards = rules.wards_of(thing.service, thing.registered_on)
        if wards:
            options = [("", _("No ward in particular")), *((one.id, words.said(one.name)) for one in wards)]
            self.fields["ward"] = forms.ChoiceField(label=_("Ward"), choices=options, required=False)
            self.initial["ward"] = thing.ward
        ask_facts(self, (fact for fact in rules.lists().facts if fact.by == ANYONE), thing.facts)

    def do(self) -> None:
        told = {name: value for name, value in self.cleaned_data.items() if not name.startswith(_FACT)}
        version = told.pop("version")
        actions.change_entry(self.thing, by=self.actor, version=version, facts=told_facts(self), **told)


class StillForm(EntryForm):
    verb, title, done = (
        "still",
        _("Do you still want to come to this home?"),
        _("Thank you: that is written down."),
    )

    answer = forms.ChoiceField(
        label=_("Your answer"),
        choices=[("now", _("Yes, and now")), ("yes", _("Yes")), ("no", _("No, take us off this list"))],
        widget=forms.RadioSelect,
    )

    def do(self) -> None:
        answer = self.cleaned_data["answer"]
        actions.answer_still_wanted(
            self.thing,
            by=self.actor,
            wanted=answer != "no",
            ready=answer == "now",
            version=self.cleaned_data["version"],
        )


class PauseForm(EntryForm):
    verb, title, done = (
        "pause",
        _("Stand aside for a while"),
        _("You get no offers here for now; your date stays."),
    )

    until = DayField(
        label=_("Until which day?"),
        help_text=_("Leave it empty to stand aside until you say otherwise."),
        required=False,
    )

    def do(self) -> None:
        reason = rules.lists().reasons["asked"]
        actions.park(self.thing, by=self.actor, reason=reason, **self.cleaned_data)


class ResumeForm(EntryForm):
    verb, title, done = "resume", _("Take part again"), _("You take part again, with the date that you had.")

    def do(self) -> None:
        actions.restore(self.thing, by=self.actor, version=self.cleaned_data["version"])


class LeaveForm(EntryForm):
    verb, title, done = "leave", _("Leave this list"), _("You are off this list.")
    is_final = True

    reason = forms.ChoiceField(label=_("Why"))

    def __init__(self, data: Any, actor: Actor, thing: Entry):
        super().__init__(data, actor, thing)
        self.fields["reason"].choices = [
            (one.id, words.said(one.name)) for one in rules.lists().leave_choices
        ]

    def do(self) -> None:
        actions.leave(self.thing, by=self.actor, **self.cleaned_data)


class WishesForm(forms.Form):
    """What is said once for all homes: from when, and where they stay until then."""

    wished_from = DayField(
        label=_("From which day?"),
        help_text=_("Leave it empty for at once."),
        required=False,
    )
    from_place = forms.ChoiceField(label=_("Where do you stay now?"), required=False)

    def __init__(self, data: Any, **how: Any):
        super().__init__(data, **how)
        places = [(one.id, words.said(one.name)) for one in rules.lists().from_places]
        self.fields["from_place"].choices = [("", _("Not told")), *places]


class RegisterForm(WishesForm):
    """Homes to ask, all at once."""

    verb = "register"
    field_order = ("services", "when_ready")

    services = forms.MultipleChoiceField(label=_("Care homes"), widget=forms.CheckboxSelectMultiple)
    when_ready = forms.ChoiceField(label=_("When do you want to come?"), choices=_READY)

    def __init__(self, data: Any, actor: Actor, thing: Request, homes: Iterable[Service]):
        super().__init__(data, prefix=f"{self.verb}-{thing.pk}")
        self.actor, self.thing = actor, thing
        self.homes = {str(home.pk): home for home in homes}
        self.fields["services"].choices = [(id, home.name) for id, home in self.homes.items()]

    def do(self) -> None:
        told = dict(self.cleaned_data)
        chosen = [self.homes[id] for id in told.pop("services")]
        actions.register(self.thing, chosen, by=self.actor, asked=Asked(**told))


OF_ENTRY: tuple[type[EntryForm], ...] = (ChangeForm, StillForm, PauseForm, ResumeForm, LeaveForm)


def ask_facts(form: forms.Form, facts: Iterable[Fact], told: dict[str, Any]) -> None:
    """Put what homes ask in a form, with the answers that are there."""
    for fact in facts:
        name, label = _FACT + fact.name, words.said(fact.question)
        if fact.type == "boolean":
            form.fields[name] = forms.ChoiceField(label=label, choices=_ANSWERS, required=False)
            form.initial[name] = {True: "yes", False: "no"}.get(told.get(fact.name), "")
        elif fact.type == "integer":
            form.fields[name] = forms.IntegerField(label=label, required=False, min_value=0)
            form.initial[name] = told.get(fact.name)
        else:
            form.fields[name] = DayField(label=label, required=False)
            form.initial[name] = told.get(fact.name)


def told_facts(form: forms.Form) -> dict[str, Any]:
    """The answers of a valid form; None for who doesn't tell."""
    answers = {
        name.removeprefix(_FACT): value for name, value in form.cleaned_data.items() if name.startswith(_FACT)
    }
    return {name: {"yes": True, "no": False, "": None}.get(value, value) for name, value in answers.items()}
