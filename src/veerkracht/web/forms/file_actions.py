"""What can be done to a request from its file: a form each, that calls one action of the register."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care import access
from veerkracht.register.care.actions import (
    budgets,
    deaths,
    emergency,
    grants,
    prioritising,
    requests,
    restoring,
)
from veerkracht.register.care.models import ON_LIST, Request
from veerkracht.register.care.queries.files import FileView
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme
from veerkracht.web import words
from veerkracht.web.forms.days import DayField


class FileAction(forms.Form):
    """One verb. `states`: when it makes sense; `rule`: who may. `version` is what the reader saw."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    help: ClassVar[str | Promise] = ""
    rule: ClassVar[str]
    states: ClassVar[tuple[str, ...]]
    is_final: ClassVar[bool] = False
    of_budget: ClassVar[bool] = False

    version = forms.IntegerField(widget=forms.HiddenInput)
    on = DayField(label=_("On"))
    text = forms.CharField(
        label=_("In a few words (the person can read this)"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any, programme: Programme, version: int, today: date):
        first = {"version": version, "on": today}
        super().__init__(data, initial=first, prefix=self.verb)
        self.programme = programme
        self.fields["on"].widget.attrs["max"] = today.isoformat()
        self.offer(today)
        self.order_fields(["version", "on", *[name for name in self.fields if name != "text"], "text"])

    def offer(self, today: date) -> None:
        """Fill the choices that hang on the programme."""

    @classmethod
    def applies(cls, view: FileView) -> bool:
        """Whether it makes sense for this file; the action itself checks again."""
        return view.request.row.state in cls.states

    def do(self, request: Request, by: Actor) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError

    @property
    def said(self) -> dict[str, Any]:
        """The words every action takes."""
        names = ("on", "text", "version")
        return {name: self.cleaned_data[name] for name in names}


class Assess(FileAction):
    verb, title, rule = "assess", _("Write down an assessment"), "request.change"
    states = ON_LIST
    help = _("Leave open what this assessment says nothing about.")
    _YES_NO: ClassVar = [("", _("Says nothing about it")), ("True", _("Yes")), ("False", _("No"))]

    category = forms.ChoiceField(label=_("Budget category"), required=False)
    recognised = forms.TypedChoiceField(
        label=_("Disability recognised"),
        required=False,
        choices=_YES_NO,
        coerce="True".__eq__,
        empty_value=None,
    )
    plan_approved_on = DayField(label=_("Support plan approved on"), required=False)
    complete = forms.TypedChoiceField(
        label=_("File complete"), required=False, choices=_YES_NO, coerce="True".__eq__, empty_value=None
    )

    def offer(self, today: date) -> None:
        codes = dict.fromkeys(code for scheme in self.programme.schemes for code in scheme.points)
        self.fields["category"].choices = [
            ("", _("Says nothing about it")),
            *((code, code) for code in codes),
        ]

    def do(self, request: Request, by: Actor) -> None:
        found = {name: self.cleaned_data[name] for name in ("recognised", "plan_approved_on", "complete")}
        category = self.cleaned_data["category"] or None
        requests.assess(request, requests.Assessed(category=category, **found), by=by, **self.said)


class _Group(FileAction):
    group = forms.TypedChoiceField(label=_("Priority group"), coerce=int, empty_value=None)

    def offer(self, today: date) -> None:
        groups = [(group.number, words.said(group.name)) for group in self.programme.groups]
        self.fields["group"].choices = [("", _("Choose")), *groups]


class Prioritise(_Group):
    verb, title, rule = "prioritise", _("Set the priority group"), "request.change"
    states = ("asked",)

    def do(self, request: Request, by: Actor) -> None:
        prioritising.prioritise(request, by=by, group=self.cleaned_data["group"], **self.said)


class Revise(_Group):
    verb, title, rule = "revise", _("Decide on a revision"), "request.change"
    states = ("waiting",)
    help = _(
        "“On” is the day the revision was asked. Another group takes that date; the same group keeps the old one."
    )

    def do(self, request: Request, by: Actor) -> None:
        prioritising.revise(request, by=by, group=self.cleaned_data["group"], **self.said)


class PutOnRoute(FileAction):
    verb, title, rule = "route", _("Put on a route outside the queue"), "request.change"
    states = ON_LIST

    route = forms.ChoiceField(label=_("Route"))

    def offer(self, today: date) -> None:
        held = [route for route in self.programme.routes if route.holds(today)]
        self.fields["route"].choices = [("", _("Choose")), *((one.id, words.said(one.name)) for one in held)]

    def do(self, request: Request, by: Actor) -> None:
        prioritising.prioritise(request, by=by, route=self.cleaned_data["route"], **self.said)


class GrantEmergency(FileAction):
    verb, title, rule = "emergency", _("Grant now, for as long as the route gives"), "grant.outside-round"
    states = ("waiting",)
    help = _("Only on a temporary route, and signed by somebody else than who put the request on it.")

    @classmethod
    def applies(cls, view: FileView) -> bool:
        return super().applies(view) and bool(view.request.row.route)

    def do(self, request: Request, by: Actor) -> None:
        emergency.grant_emergency(request, by=by, **self.said)


class _OfGrant(FileAction):
    """To what is on offer: all of it, or a part to who goes on waiting."""

    states = ("granted", "waiting")

    @classmethod
    def applies(cls, view: FileView) -> bool:
        row = view.request.row
        return row.state == "granted" or (super().applies(view) and row.respond_by is not None)


class Start(_OfGrant):
    verb, title, rule = "start", _("Start the budget"), "budget.change"

    def do(self, request: Request, by: Actor) -> None:
        budgets.start_budget(request, by=by, **self.said)


class Decline(_OfGrant):
    verb, title, rule = "decline", _("Decline what is granted"), "grant.decline"
    help = _("The money returns, and the next in line follows.")

    def do(self, request: Request, by: Actor) -> None:
        grants.decline_grant(request, by=by, **self.said)


class GiveBackCategory(FileAction):
    verb, title, rule = "restore", _("Give back the category from before a conversion"), "request.change"
    states = ("waiting", "granted")
    help = _("For a conversion that was annulled: a new step with the old date.")

    @classmethod
    def applies(cls, view: FileView) -> bool:
        kinds = [step.kind for step in view.request.steps]
        return super().applies(view) and "converted" in kinds and "restored" not in kinds

    def do(self, request: Request, by: Actor) -> None:
        said = {name: value for name, value in self.said.items() if name != "on"}
        restoring.restore_category(request, by=by, **said)


class Withdraw(FileAction):
    verb, title, rule = "withdraw", _("Withdraw the request"), "request.withdraw"
    states = ON_LIST
    is_final = True

    def do(self, request: Request, by: Actor) -> None:
        requests.withdraw(request, by=by, **self.said)


class Refuse(FileAction):
    verb, title, rule = "refuse", _("Refuse the request"), "request.refuse"
    states = ON_LIST
    help = _("Say why: the person reads it.")
    is_final = True

    def do(self, request: Request, by: Actor) -> None:
        requests.refuse(request, by=by, reason="refused", **self.said)


class Death(FileAction):
    verb, title, rule = "death", _("Record a death"), "person.died"
    states = (*ON_LIST, "granted", "served")
    help = _("Closes every open request of this person, ends their budgets, and the money returns.")
    is_final = True

    def do(self, request: Request, by: Actor) -> None:
        deaths.record_death(request.person, by=by, on=self.cleaned_data["on"])


class _OfBudget(FileAction):
    """To the budget that the person has; `version` is the budget's."""

    states = ("waiting", "granted", "served", "withdrawn", "declined", "lapsed")
    of_budget = True

    @classmethod
    def applies(cls, view: FileView) -> bool:
        return super().applies(view) and any(budget.is_open for budget in view.budgets)


class FollowUp(_OfBudget):
    verb, title, rule = "follow-up", _("Decide what the temporary budget becomes"), "grant.outside-round"

    outcome = forms.ChoiceField(
        label=_("It becomes"),
        choices=[("definitive", _("definitive")), ("extended", _("extended")), ("ended", _("ended"))],
    )

    @classmethod
    def applies(cls, view: FileView) -> bool:
        return super().applies(view) and any(
            budget.is_open and budget.kind == "temporary" for budget in view.budgets
        )

    def do(self, request: Request, by: Actor) -> None:
        outcome = self.cleaned_data["outcome"]
        emergency.follow_up_emergency(access.get_budget(by, request), by=by, outcome=outcome, **self.said)


class EndBudget(_OfBudget):
    verb, title, rule = "end", _("End the budget"), "budget.change"
    is_final = True

    reason = forms.CharField(label=_("Reason"), max_length=40)

    def do(self, request: Request, by: Actor) -> None:
        reason = self.cleaned_data["reason"]
        budgets.end_budget(access.get_budget(by, request), by=by, reason=reason, **self.said)


ACTIONS: tuple[type[FileAction], ...] = (
    Assess,
    Prioritise,
    Revise,
    PutOnRoute,
    GrantEmergency,
    Start,
    Decline,
    FollowUp,
    GiveBackCategory,
    Withdraw,
    Refuse,
    EndBudget,
    Death,
)
