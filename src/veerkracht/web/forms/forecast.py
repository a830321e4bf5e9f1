"""What a forecast is asked: a plan, what to set beside it, how far ahead, and how often to play."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht import region
from veerkracht.region import Plan
from veerkracht.register.care.queries.forecasts import Question
from veerkracht.register.care.turns import DEFAULT_RUNS, DEFAULT_SEED, DEFAULT_YEARS
from veerkracht.rulebook.types import Programme
from veerkracht.web import words

MOST_YEARS = 20
MOST_RUNS = 1000
_NOTHING = "-"
_NUMBER = {"inputmode": "numeric"}


class ForecastForm(forms.Form):
    """Every field may be left out: what is not asked has its usual value. `question()` and `beside()` for the query."""

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
    start = forms.DateField(
        label=_("From the list of"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
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

    def __init__(self, asked: Any, programme: Programme, today: date):
        self.programme = programme
        self._today = today
        plans = plans_of(programme)
        super().__init__({**usual(plans), **{name: asked[name] for name in asked if asked[name] != ""}})
        choices = [(plan.id, words.said(plan.name)) for plan in plans]
        self.fields["plan"].choices = choices
        self.fields["against"].choices = [(_NOTHING, _("nothing")), *choices]

    @property
    def main(self) -> list[forms.BoundField]:
        return [self["plan"], self["against"], self["years"]]

    @property
    def more(self) -> list[forms.BoundField]:
        return [self["runs"], self["start"], self["seed"]]

    @property
    def has_more(self) -> bool:
        """Whether one of the folded fields is not as usual, or is wrong."""
        usual = {"runs": str(DEFAULT_RUNS), "seed": str(DEFAULT_SEED), "start": ""}
        return any(field.errors or str(field.value() or "") != usual[field.name] for field in self.more)

    def clean_start(self) -> date | None:
        start: date | None = self.cleaned_data["start"]
        if start and start > self._today:
            raise forms.ValidationError(_("This day is still to come."))
        if start and start < self.programme.begins:
            said = {"begins": words.day(self.programme.begins)}
            raise forms.ValidationError(_("The programme began on %(begins)s.") % said)
        return start

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("plan") and cleaned.get("plan") == cleaned.get("against"):
            self.add_error(
                "against", _("This is the same plan: there would be no difference. Choose another.")
            )
        return cleaned

    def question(self) -> Question:
        """For a valid form."""
        asked = self.cleaned_data
        return Question(
            self.programme.id,
            asked["plan"],
            None if asked["start"] in (None, self._today) else asked["start"],
            asked["years"],
            asked["runs"],
            asked["seed"],
        )

    def beside(self) -> str:
        """The plan to compare with; "" for none."""
        chosen = self.cleaned_data["against"]
        return "" if chosen == _NOTHING else chosen


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


def what_ifs(programme: Programme) -> list[tuple[Plan, Plan]]:
    """The questions that the region's own plans ask: each plan with the one it builds on."""
    plans = {plan.id: plan for plan in plans_of(programme)}
    return [(plan, plans[plan.builds_on]) for plan in plans.values() if plan.builds_on in plans]


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
