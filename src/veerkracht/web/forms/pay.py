"""What somebody asks about pay: a rise, money for posts, or places in training, and from when."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.forecast.pay.asked import KINDS, PAY, POSTS, RUNS, TRAINING, YEARS, Asked
from veerkracht.region import Region
from veerkracht.region.pay import MOST_PERCENT, Group
from veerkracht.web import words
from veerkracht.web.forms.days import DayField

# With more of both somebody would wait for the page; the command takes more.
MOST_YEARS, MOST_RUNS = 15, 300
PUBLISHED, REGISTER = "published", "register"
_MILLION = 1_000_000
_FIRST_YEAR, _LAST_YEAR = 2019, 2045
_DECIMAL = {"inputmode": "decimal"}
_NUMERIC = forms.NumberInput(attrs={"inputmode": "numeric"})
# The number that each kind is asked in, with what it stands at when nobody says.
_USUAL = {PAY: 5.0, POSTS: 50.0, TRAINING: 500.0}
_UNITS = {PAY: 1.0, POSTS: float(_MILLION), TRAINING: 1.0}
_LABELS = {
    PAY: _("Rise in percent"),
    POSTS: _("Million euro a year for extra posts"),
    TRAINING: _("Extra places in training a year"),
}
_MOST = {PAY: MOST_PERCENT, POSTS: 2000.0, TRAINING: 20_000.0}


class BuysForm(forms.Form):
    """Every field may be left out: what is not asked has its usual value. `asked()` for the forecast."""

    kind = forms.CharField(widget=forms.HiddenInput)
    number = forms.FloatField(min_value=0.1, widget=forms.NumberInput(attrs={**_DECIMAL, "step": "any"}))
    groups = forms.MultipleChoiceField(label=_("For"), widget=forms.CheckboxSelectMultiple)
    profession = forms.ChoiceField(label=_("Profession"))
    from_ = DayField(label=_("From when"))
    years = forms.IntegerField(label=_("Years ahead"), min_value=1, max_value=MOST_YEARS, widget=_NUMERIC)
    counts = forms.ChoiceField(
        label=_("Staff at the start"),
        choices=[
            (PUBLISHED, _("From published figures")),
            (REGISTER, _("From the register, where it is complete")),
        ],
    )
    runs = forms.IntegerField(
        label=_("Times played"),
        min_value=20,
        max_value=MOST_RUNS,
        widget=_NUMERIC,
        help_text=_("More is finer and slower. 200 is usual."),
    )

    def __init__(self, asked: Any, here: Region, today: date):
        self.chosen = asked.get("kind") if asked.get("kind") in KINDS else PAY
        groups = groups_of(here)
        first: dict[str, Any] = {
            "kind": self.chosen,
            "number": f"{_USUAL[self.chosen]:g}",
            "groups": [groups[0].id] if groups else [],
            "profession": here.staff.professions[0].id if here.staff else "",
            "from_": date(today.year + 1, 1, 1).isoformat(),
            "years": YEARS,
            "runs": RUNS,
            "counts": PUBLISHED,
        }
        given = {name: asked[name] for name in first if asked.get(name)}
        if asked.getlist("groups"):
            given["groups"] = asked.getlist("groups")
        super().__init__({**first, **given, "kind": self.chosen})
        self.fields["number"].label = _LABELS[self.chosen]
        self.fields["groups"].choices = [(one.id, words.said(one.name)) for one in groups]
        if here.staff:
            known = here.staff.professions
            self.fields["profession"].choices = [(one.id, words.said(one.name)) for one in known]
        del self.fields["profession" if self.chosen != TRAINING else "groups"]

    @property
    def main(self) -> list[forms.BoundField]:
        return [self["number"], self["from_"], self["years"], self["runs"], self["counts"]]

    @property
    def is_from_register(self) -> bool:
        """For a valid form."""
        return bool(self.cleaned_data["counts"] == REGISTER)

    def clean_number(self) -> float:
        number: float = self.cleaned_data["number"]
        if number > _MOST[self.chosen]:
            raise forms.ValidationError(
                _("Give a number of at most %(most)s.") % {"most": words.number(_MOST[self.chosen])}
            )
        return number

    def clean_from_(self) -> date:
        from_: date = self.cleaned_data["from_"]
        if not _FIRST_YEAR <= from_.year <= _LAST_YEAR:
            years = {"first": _FIRST_YEAR, "last": _LAST_YEAR}
            raise forms.ValidationError(_("Give a day from %(first)s to %(last)s.") % years)
        return from_

    def asked(self) -> Asked:
        """For a valid form."""
        said = self.cleaned_data
        return Asked(
            kind=self.chosen,
            number=said["number"] * _UNITS[self.chosen],
            from_=said["from_"],
            groups=tuple(said.get("groups", ())),
            profession=said.get("profession", ""),
            years=said["years"],
            runs=said["runs"],
        )


def groups_of(here: Region) -> Sequence[Group]:
    """The groups whose staff can be played."""
    return [group for group in here.pay.groups.values() if group.sectors] if here.pay else []
