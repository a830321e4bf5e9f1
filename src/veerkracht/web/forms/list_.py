"""What the list can be asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.lists import SORTS
from veerkracht.rulebook.types import Programme
from veerkracht.web import labels, words
from veerkracht.web.forms.areas import AreaField, name_of
from veerkracht.web.forms.days import DayField

_ANY = ("", _("All"))
_FOLDED = ("kind", "category", "route", "on", "known")


class ListForm(forms.Form):
    """Every field may be empty; `filters()` gives what the query takes."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    group = forms.ChoiceField(label=_("Group"), required=False)
    area = AreaField(label=_("Area"))
    state = forms.ChoiceField(label=_("State"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    category = forms.ChoiceField(label=_("Category"), required=False)
    route = forms.ChoiceField(label=_("Route"), required=False)
    on = DayField(label=_("The list on"), required=False)
    known = DayField(label=_("As known on"), required=False)
    overdue = forms.BooleanField(label=_("Past the last day to start"), required=False)
    sort = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any, programme: Programme):
        super().__init__(data)
        self.programme = programme
        self.fields["q"].widget.attrs.update(
            {"type": "search", "placeholder": _("Number or family name"), "autocomplete": "off"}
        )
        groups = [(str(group.number), words.said(group.name)) for group in programme.groups]
        self._offer("group", [("queue", _("All groups together")), *groups, ("0", _("No group"))])
        self._offer(
            "kind", [(kind, words.said(programme.kind_names.get(kind, kind))) for kind in programme.kinds]
        )
        self._offer("category", _categories(programme))
        routes = {route.id: words.said(route.name) for route in programme.routes}
        self._offer("route", list(routes.items()))
        states = [(state, str(name).capitalize()) for state, name in labels.STATES.items()]
        self.fields["state"].choices = [("", states[1][1]), ("live", _("Still open")), ("all", _("All"))] + [
            state for state in states if state[0] != "waiting"
        ]

    def _offer(self, name: str, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [_ANY, *choices]

    def filters(self, size: int = 50) -> ListFilters:
        """What was asked; only for a form that is valid."""
        asked = self.cleaned_data
        area = {asked["area"][0]: asked["area"][1]} if asked["area"] else {}
        sort = asked["sort"] or "order"
        return ListFilters(
            programme=self.programme.id,
            states=(asked["state"] or "waiting",),
            groups=self._groups(asked["group"]),
            kind=asked["kind"],
            category=asked["category"],
            route=asked["route"],
            overdue=asked["overdue"],
            search=asked["q"],
            sort=sort.removeprefix("-") if sort.removeprefix("-") in SORTS else "order",
            descending=sort.startswith("-"),
            on=asked["on"],
            known=asked["known"],
            size=size,
            **area,
        )

    def _groups(self, asked: str) -> tuple[int, ...]:
        if asked == "queue":
            return tuple(group.number for group in self.programme.groups)
        return (int(asked),) if asked else ()

    def chosen(self) -> list[tuple[str, str, str]]:
        """What was filled in: name of the field, its label, and what was asked of it in words."""
        found = []
        for name, value in self.cleaned_data.items():
            if value and name != "sort":
                found.append((name, str(self.fields[name].label), self._shown(name, value)))
        return found

    def _shown(self, name: str, value: Any) -> str:
        if name in ("on", "known"):
            return words.day(value)
        if name == "area":
            return name_of(*value)
        if name == "overdue":
            return ""
        choices = dict(getattr(self.fields[name], "choices", ()))
        return str(choices.get(value, value))

    @property
    def has_folded_values(self) -> bool:
        return any(self.data.get(name) for name in (*_FOLDED, "overdue"))

    @property
    def folded(self) -> list[forms.BoundField]:
        """The fields beside search, group, area and state."""
        return [self[name] for name in _FOLDED]


def _categories(programme: Programme) -> list[tuple[str, str]]:
    """Every category of every scheme, once: schemes write theirs differently."""
    names = dict.fromkeys(category for scheme in programme.schemes for category in scheme.points)
    return [(name, name) for name in names]
