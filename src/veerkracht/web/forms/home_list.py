"""What a home does with an entry on its list: each form is one verb."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.lists import actions, rules
from veerkracht.register.lists.models import Entry
from veerkracht.register.people.actors import Actor
from veerkracht.register.supply.models import Service
from veerkracht.web import words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.homes import EntryForm, LeaveForm, ResumeForm, StillForm, ask_facts, told_facts


class RulesForm(forms.Form):
    """By which rules a list is ordered."""

    was = forms.CharField(required=False, widget=forms.HiddenInput)
    rules = forms.ChoiceField(label=_("Rules"), widget=forms.RadioSelect)
    done = _("The list is ordered by these rules from now on.")

    def __init__(self, data: Any, actor: Actor, home: Service):
        super().__init__(data, initial={"rules": home.rules, "was": home.rules})
        self.actor, self.home = actor, home
        known = rules.rules_for(home.programme)
        self.fields["rules"].choices = [(one.id, words.said(one.name)) for one in known]  # type: ignore[attr-defined]

    def do(self) -> None:
        actions.choose_rules(self.home, by=self.actor, **self.cleaned_data)

    def look_again(self) -> None:
        """Who sees the form again sees the rules that hold now."""
        self.data = {**self.data.dict(), "was": self.home.rules}


class CheckForm(EntryForm):
    verb, title = "check", _("What they told is right")
    done = _("Noted: this home has checked it.")

    def do(self) -> None:
        actions.check(self.thing, by=self.actor, version=self.cleaned_data["version"])


class FactsForm(EntryForm):
    verb, title = "facts", _("Change what is known of them")
    done = _("Your change is written down.")

    def __init__(self, data: Any, actor: Any, thing: Entry):
        super().__init__(data, actor, thing)
        ask_facts(self, rules.lists().facts, thing.facts)

    def do(self) -> None:
        version = self.cleaned_data["version"]
        actions.change_entry(self.thing, by=self.actor, version=version, facts=told_facts(self))


class ParkForm(EntryForm):
    verb, title = "park", _("Let them stand aside")
    done = _("They stand aside; their date stays.")

    reason = forms.ChoiceField(label=_("Why"))
    until = DayField(
        label=_("Until which day?"),
        help_text=_("Leave it empty for until somebody says otherwise."),
        required=False,
    )

    def __init__(self, data: Any, actor: Any, thing: Entry):
        super().__init__(data, actor, thing)
        reasons = [(one.id, words.said(one.name)) for one in rules.lists().park_reasons]
        self.fields["reason"].choices = reasons  # type: ignore[attr-defined]

    def do(self) -> None:
        actions.park(self.thing, by=self.actor, **self.cleaned_data)


class RestoreForm(ResumeForm):
    title, done = _("Let them take part again"), _("They take part again, with the date that they had.")


class AnsweredForm(StillForm):
    title = _("They answered whether they still want to come")


class OffForm(LeaveForm):
    title, done = _("Take them off this list"), _("They are off this list.")


def forms_for(entry: Entry) -> tuple[type[EntryForm], ...]:
    """What can be done with an entry as it stands."""
    kinds: list[type[EntryForm]] = [CheckForm] if entry.to_check else []
    if entry.answer_by:
        kinds.append(AnsweredForm)
    kinds += [FactsForm, RestoreForm if entry.state == Entry.State.PARKED else ParkForm, OffForm]
    return tuple(kinds)
