"""What is asked when a place is offered, answered, moved or taken back: each form is one verb on one thing."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.region.offers import Decline, PassingOver
from veerkracht.register import clock
from veerkracht.register.offers import actions
from veerkracht.register.offers.actions import Choice, Passing
from veerkracht.register.offers.models import Offer, Vacancy
from veerkracht.register.offers.queries.proposal import Proposal
from veerkracht.register.offers.rules import LONGEST_TEXT
from veerkracht.register.people.actors import Actor
from veerkracht.web import words
from veerkracht.web.forms.days import DayField


def _text(label: Any, *, required: bool = True, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=required, **given)


class VerbForm(forms.Form):
    """One verb on a thing, with the version of it that the reader saw."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    is_final: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, data: Any, actor: Actor, thing: Any):
        super().__init__(data, prefix=self.verb, initial={"version": thing.version})
        self.actor, self.thing = actor, thing

    def do(self) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError

    def asked(self) -> dict[str, Any]:
        """What the action asks by name, beside the thing and who does it."""
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class Accept(VerbForm):
    verb, title = "accept", _("Accept the place")
    done = _("Noted: the place is accepted, and kept until they come.")

    arrives_on = DayField(label=_("Day of arrival"))
    thing: Offer

    def do(self) -> None:
        actions.accept_offer(self.thing, by=self.actor, **self.asked())


class DeclineForm(VerbForm):
    verb, title = "decline", _("Decline the place")
    done = _("Noted: the place is declined and waits for the next.")

    reason = forms.ChoiceField(label=_("Why"), widget=forms.RadioSelect)
    text = _text(_("In words, if you like"), required=False)
    thing: Offer

    def __init__(self, data: Any, actor: Actor, thing: Any, declines: tuple[Decline, ...] = ()):
        super().__init__(data, actor, thing)
        self.fields["reason"].choices = [  # type: ignore[attr-defined]
            (one.id, f"{words.said(one.name)}. {words.said(one.text)}") for one in declines
        ]

    def do(self) -> None:
        actions.decline_offer(self.thing, by=self.actor, **self.asked())


class Withdraw(VerbForm):
    verb, title, is_final = "withdraw", _("Withdraw the offer"), True
    done = _("The offer is withdrawn; their place on the list stays.")

    why = _text(_("Why (the person can read this)"))
    thing: Offer

    def do(self) -> None:
        actions.withdraw_offer(self.thing, by=self.actor, **self.asked())


class Admit(VerbForm):
    verb, title = "admit", _("They came")
    done = _("Their stay has begun.")

    on = DayField(label=_("They came on"), initial=clock.today)
    thing: Offer

    def do(self) -> None:
        actions.admit(self.thing, by=self.actor, **self.asked())


class Move(VerbForm):
    verb, title = "move", _("Ready on another day")
    done = _("Noted: the place is ready on that day.")

    ready_on = DayField(label=_("Ready on"))
    why = _text(_("Why"), required=False)
    thing: Vacancy

    def do(self) -> None:
        actions.move_vacancy(self.thing, by=self.actor, **self.asked())


class WithdrawVacancy(VerbForm):
    verb, title, is_final = "withdraw", _("No vacancy any more"), True
    done = _("The place is no longer among the vacancies.")

    why = _text(_("Why"), help_text=_("For example: the ward closes for works."))
    thing: Vacancy

    def do(self) -> None:
        actions.withdraw_vacancy(self.thing, by=self.actor, **self.asked())


class OfferForm(forms.Form):
    """To whom a place is offered, for how many days, and why each who stands higher is passed over."""

    entry = forms.IntegerField(
        min_value=1, error_messages={"required": _("Choose to whom you offer the place.")}
    )
    days = forms.IntegerField(label=_("Days to answer"), min_value=1, required=False)

    def __init__(self, data: Mapping[str, Any] | None, found: Proposal):
        super().__init__(data)
        self.found = found

    def choice(self) -> Choice:
        """What the action asks; only for a valid form."""
        passing = {
            one.entry: Passing(reason, self.data.get(f"why-{one.entry}", ""))
            for one in self.found.candidates
            if not one.shielded and (reason := self.data.get(f"reason-{one.entry}", ""))
        }
        return Choice(self.cleaned_data["entry"], passing, self.cleaned_data["days"])

    def rows(self) -> list[dict[str, Any]]:
        """Each candidate with what was filled in for them."""
        first = str(self.found.first or "")
        chosen = self.data.get("entry", first) if self.is_bound else first
        return [
            {
                "one": one,
                "is_chosen": str(one.entry) == str(chosen),
                "reason": self.data.get(f"reason-{one.entry}", ""),
                "why": self.data.get(f"why-{one.entry}", ""),
            }
            for one in self.found.candidates
        ]


def passing_choices(passings: tuple[PassingOver, ...]) -> list[tuple[str, str]]:
    return [(one.id, words.said(one.name)) for one in passings]
