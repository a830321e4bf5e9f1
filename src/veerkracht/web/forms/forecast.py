"""What a forecast is asked: a plan and one beside it, levers on top, how far ahead, and how often to play."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.region import Plan
from veerkracht.region.levers import Lever
from veerkracht.register.care.queries.questions import Question
from veerkracht.register.care.turns import DEFAULT_RUNS, DEFAULT_SEED, DEFAULT_YEARS
from veerkracht.register.people.actors import Actor
from veerkracht.register.plans.models import OwnPlan
from veerkracht.register.plans.reading import own_id
from veerkracht.rulebook.types import Programme
from veerkracht.web import words
from veerkracht.web.forms.days import DayField

MOST_YEARS = 20
MOST_RUNS = 1000
LEVER = "lever-"
_NOTHING = "-"
_NUMBER = {"inputmode": "numeric"}


class ForecastForm(forms.Form):
    """Every field may be left out: what is not asked has its usual value. `question()` for the query."""

    plan = forms.ChoiceField(label=_("What would happen with"), required=False)
    against = forms.ChoiceField(label=_("Compared with"), required=False)
    years = forms.IntegerField(
        label=_("Years ahead"),
        required=False,
        min_value=1,
        max_value=MOST_YEARS,
        widget=forms.NumberInput(attrs=_NUMBER),
    )
    runs = forms.IntegerField(
        label=_("Times played"),
        required=False,
        min_value=10,
        max_value=MOST_RUNS,
        widget=forms.NumberInput(attrs=_NUMBER),
        help_text=_("More is finer and slower. 200 is usual."),
    )
    start = DayField(
        label=_("From the list of"),
        required=False,
        help_text=_("Empty: the list as it stands."),
    )
    seed = forms.IntegerField(
        label=_("Seed of chance"),
        required=False,
        min_value=0,
        max_value=2**31 - 1,
        widget=forms.NumberInput(attrs=_NUMBER),
        help_text=_("The same seed gives the same numbers."),
    )
    lever_from = DayField(label=_("From when"), required=False)

    def __init__(self, asked: Any, actor: Actor, own: Sequence[OwnPlan], today: date):
        here = region.current()
        self.today = today
        self._programmes = [one for one in here.programmes.values() if actor.programme in ("", one.id)]
        plans = list(here.plans.values())
        self.levers_known = [one for one in here.levers if _is_for(one, self._programmes)]
        first = {
            **usual(plans),
            **{f"{LEVER}{lever.id}": "0" for lever in self.levers_known},
            "lever_from": date(today.year + 1, 1, 1).isoformat(),
        }
        super().__init__({**first, **{name: asked[name] for name in asked if asked[name] != ""}})
        choices = _choices(plans, own, actor)
        self.fields["plan"].choices = choices
        self.fields["against"].choices = [(_NOTHING, _("nothing")), *choices]
        for lever in self.levers_known:
            self.fields[f"{LEVER}{lever.id}"] = _lever_field(lever)

    @property
    def main(self) -> list[forms.BoundField]:
        return [self["plan"], self["against"], self["years"]]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self["runs"], self["start"], self["seed"]]

    @property
    def levers(self) -> list[tuple[forms.BoundField, Lever]]:
        return [(self[f"{LEVER}{lever.id}"], lever) for lever in self.levers_known]

    @property
    def has_more(self) -> bool:
        """Whether one of the folded fields is not as usual, or is wrong."""
        usual = {"runs": str(DEFAULT_RUNS), "seed": str(DEFAULT_SEED), "start": ""}
        return any(field.errors or str(field.value() or "") != usual[field.name] for field in self.more)

    @property
    def is_turned(self) -> bool:
        """Whether a lever stands somewhere else than at nothing, or can't stand where it was put."""
        return any(field.errors or str(field.value() or "0") != "0" for field, _ in self.levers)

    def clean_start(self) -> date | None:
        start: date | None = self.cleaned_data["start"]
        if start and start > self.today:
            raise forms.ValidationError(_("This day is still to come."))
        begins = max(one.begins for one in self._programmes if one.handout == "round")
        if start and start < begins:
            raise forms.ValidationError(
                _("The programme began on %(begins)s.") % {"begins": words.day(begins)}
            )
        return start

    def clean_lever_from(self) -> date | None:
        from_: date | None = self.cleaned_data["lever_from"]
        if from_ and not self.today <= from_ <= self.today.replace(year=self.today.year + MOST_YEARS, day=1):
            raise forms.ValidationError(_("Choose a day within the coming twenty years."))
        return from_

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field, lever in self.levers:
            value = cleaned.get(field.name)
            if value is not None and not lever.allows(value):
                said = {"step": words.number(lever.step, 2).rstrip("0").rstrip(",.")}
                self.add_error(field.name, _("Choose a number in steps of %(step)s.") % said)
        same = cleaned.get("plan") and cleaned.get("plan") == cleaned.get("against")
        if same and not self._turned():
            self.add_error(
                "against", _("This is the same plan: there would be no difference. Choose another.")
            )
        return cleaned

    def question(self) -> Question:
        """For a valid form."""
        asked = self.cleaned_data
        turned = self._turned()
        return Question(
            plan=asked["plan"],
            against="" if asked["against"] == _NOTHING else asked["against"],
            start=None if asked["start"] in (None, self.today) else asked["start"],
            years=asked["years"],
            runs=asked["runs"],
            seed=asked["seed"],
            turned=turned,
            turned_from=asked["lever_from"] if turned else None,
        )

    def _turned(self) -> tuple[tuple[str, float], ...]:
        values = ((lever.id, self.cleaned_data.get(f"{LEVER}{lever.id}")) for lever in self.levers_known)
        return tuple((id, value) for id, value in values if value)


def _is_for(lever: Lever, programmes: Iterable[Programme]) -> bool:
    return not lever.programme or lever.programme in {programme.id for programme in programmes}


def _lever_field(lever: Lever) -> forms.FloatField:
    attrs = {"min": f"{lever.least:g}", "max": f"{lever.most:g}", "step": f"{lever.step:g}"}
    return forms.FloatField(
        label=words.said(lever.name),
        required=False,
        min_value=lever.least,
        max_value=lever.most,
        initial=0,
        help_text=words.said(lever.unit),
        widget=forms.NumberInput(attrs={**attrs, "inputmode": "decimal"}),
    )


def _choices(plans: Sequence[Plan], own: Sequence[OwnPlan], actor: Actor) -> list[Any]:
    """The region's plans (what changes nothing first), one's own, and those that others share."""
    ordered = sorted(plans, key=lambda plan: (bool(plan.builds_on), words.said(plan.name)))
    mine = [(own_id(one), one.name) for one in own if one.owner_id == actor.user_id]
    theirs = [
        (own_id(one), f"{one.name} ({one.owner.full_name})") for one in own if one.owner_id != actor.user_id
    ]
    groups = [(gettext("Your own plans"), mine), (gettext("Shared by others"), theirs)]
    return [
        *((plan.id, words.said(plan.name)) for plan in ordered),
        *((name, choices) for name, choices in groups if choices),
    ]


def plans_of(programme: Programme) -> list[Plan]:
    """The plans that do something for this programme, or leave all as it is."""
    plans = region.current().plans
    here = [
        plan
        for plan in plans.values()
        if not plan.measures or any(one.programme == programme.id for one in plan.measures)
    ]
    # What changes nothing comes first: it is what others are compared with.
    return sorted(here, key=lambda plan: (bool(plan.builds_on), words.said(plan.name)))


def usual(plans: list[Plan]) -> dict[str, Any]:
    """Unless asked otherwise: the first plan of the region that adds to another, beside that other."""
    ids = [plan.id for plan in plans]
    built = next((plan for plan in region.current().plans.values() if plan.builds_on in ids), None)
    if built is None or built.id not in ids:
        plan, against = next(iter(ids), ""), _NOTHING
    else:
        plan, against = built.id, built.builds_on
    return {
        "plan": plan,
        "against": against,
        "years": DEFAULT_YEARS,
        "runs": DEFAULT_RUNS,
        "seed": DEFAULT_SEED,
        "start": "",
    }
