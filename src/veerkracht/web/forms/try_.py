"""A draft of a programme's rules: its split, order and conditions as they are, to be changed."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.queries.drafts import Draft
from veerkracht.rulebook import validation
from veerkracht.rulebook.dated import all_on
from veerkracht.rulebook.errors import DateFault
from veerkracht.rulebook.order import order_on
from veerkracht.rulebook.rounds import split_on
from veerkracht.rulebook.rule_check import ProgrammeFault, rule_faults
from veerkracht.rulebook.types import Condition, Group, Programme
from veerkracht.web import words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.forecast import plans_of, usual
from veerkracht.web.forms.money import EuroField

_LONGEST = 400
_YES, _NO = "yes", "no"
_CHOICES = {
    "routes_first": ((_YES, _("the routes outside the queue first")), (_NO, _("the groups first"))),
    "overflow": (("down", _("goes to the next group")), ("carry", _("is kept for the next round"))),
    "strict": ((_YES, _("nobody is passed over")), (_NO, _("who fits in what is left is served"))),
}


class TryForm(forms.Form):
    """Every field holds what is in force; `draft()` gives what was changed of it."""

    on = DayField(label=_("Round on"))
    money = EuroField(label=_("Money, euro a year"))
    plan = forms.ChoiceField(
        label=_("Expected turns with the money of"),
        required=False,
    )
    routes_first = forms.ChoiceField(label=_("Who is served first"), required=False)
    overflow = forms.ChoiceField(label=_("What a group leaves over"), required=False)
    strict = forms.ChoiceField(label=_("When money runs out"), required=False)
    order = forms.CharField(
        label=_("Order within a group"),
        required=False,
        max_length=_LONGEST,
        help_text=_("Columns, the most important first; “-” before a name turns it round; the last is id."),
    )

    def __init__(self, asked: Any, programme: Programme, today: date, money_cents: int):
        self.programme = programme
        self._split = split_on(programme, today)
        self._order = order_on(programme, today)
        self.conditions_known = all_on(programme.conditions, today)
        in_force = self._in_force(today, money_cents)
        # What an address leaves out is as it is: a link may name only what it changes.
        super().__init__({**in_force, **{name: asked[name] for name in asked}} if asked else None)
        self.initial = in_force
        for name, choices in _CHOICES.items():
            self.fields[name].choices = choices
        self.fields["plan"].choices = [(plan.id, words.said(plan.name)) for plan in plans_of(programme)]
        self.fields["order"].widget.attrs.update({"spellcheck": "false", "class": "rule"})
        for group in programme.groups:
            self.fields[_share(group)] = _share_field(group)
        for condition in self.conditions_known:
            self.fields[_condition(condition)] = _condition_field(condition)

    def _in_force(self, today: date, money_cents: int) -> dict[str, Any]:
        """The programme's own values, as the fields write them."""
        shares = {
            _share(group): _percent(self._split.key.get(group.id, 0.0)) for group in self.programme.groups
        }
        rules = {_condition(condition): condition.rule for condition in self.conditions_known}
        return {
            "on": today.isoformat(),
            "money": str(money_cents // 100) if money_cents > 0 else "",
            "plan": usual(plans_of(self.programme))["plan"],
            "routes_first": _YES if self._split.routes_first else _NO,
            "overflow": self._split.overflow,
            "strict": _YES if self._split.strict else _NO,
            "order": ", ".join(self._order.by),
            **shares,
            **rules,
        }

    @property
    def main(self) -> list[forms.BoundField]:
        return [self["on"], self["money"], self["plan"]]

    @property
    def shares(self) -> list[forms.BoundField]:
        return [self[_share(group)] for group in self.programme.groups]

    @property
    def split(self) -> list[forms.BoundField]:
        return [self[name] for name in _CHOICES]

    @property
    def conditions(self) -> list[forms.BoundField]:
        return [self[_condition(condition)] for condition in self.conditions_known]

    @property
    def changed(self) -> set[str]:
        """The fields of the draft that say something else than what is in force."""
        if not self.is_bound:
            return set()
        ours = set(self.fields) - {"on", "money", "plan"}
        return {name for name in ours if _plain(self[name].value()) != _plain(self.initial[name])}

    @property
    def has_changed_split(self) -> bool:
        return any(field.name in self.changed or field.errors for field in (*self.shares, *self.split))

    @property
    def has_changed_order(self) -> bool:
        return "order" in self.changed or bool(self["order"].errors)

    @property
    def has_changed_conditions(self) -> bool:
        return any(field.name in self.changed or field.errors for field in self.conditions)

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        try:
            split_on(self.programme, on)
        except DateFault as fault:
            said = {"begins": words.day(self.programme.begins)}
            raise forms.ValidationError(_("The programme began on %(begins)s.") % said) from fault
        return on

    def clean_money(self) -> int:
        cents: int = self.cleaned_data["money"]
        if cents <= 0:
            raise forms.ValidationError(_("A round needs money to hand out: more than 0."))
        return cents

    def clean_order(self) -> str:
        written: str = self.cleaned_data["order"]
        draft = replace(self._order, by=_keys(written), from_=self.programme.begins, until=None)
        found = validation.faults(replace(self.programme, orders=(draft,)))
        _raise([fault for fault in found if fault.path[0] == "order"])
        return written

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._check_shares(cleaned)
        for condition in self.conditions_known:
            name = _condition(condition)
            try:
                _raise(self._rule_faults(cleaned.get(name, "")))
            except forms.ValidationError as fault:
                self.add_error(name, fault)
        return cleaned

    def _check_shares(self, cleaned: dict[str, Any]) -> None:
        shares = [cleaned.get(_share(group)) for group in self.programme.groups]
        total = sum(share or 0 for share in shares)
        if any(field.errors for field in self.shares) or total == 100:
            return
        fault = gettext("The shares together are %(sum)s%%; they must be 100%%.")
        self.add_error(_share(self.programme.groups[0]), fault % {"sum": words.number(total, 2)})

    def _rule_faults(self, rule: str) -> list[ProgrammeFault]:
        # An empty rule drops the condition.
        columns = validation.declared(self.programme)
        return rule_faults(("condition",), rule, columns, "boolean") if rule.strip() else []

    def draft(self) -> Draft:
        """For a valid form: only what was changed."""
        asked, changed = self.cleaned_data, self.changed
        has_key = any(_share(group) in changed for group in self.programme.groups)
        key = {group.id: float((asked[_share(group)] or 0) / 100) for group in self.programme.groups}
        rules = {
            one.id: asked[_condition(one)] for one in self.conditions_known if _condition(one) in changed
        }
        return Draft(
            key=key if has_key else None,
            strict=asked["strict"] == _YES if "strict" in changed else None,
            overflow=asked["overflow"] if "overflow" in changed else None,
            routes_first=asked["routes_first"] == _YES if "routes_first" in changed else None,
            order=_keys(asked["order"]) if "order" in changed else None,
            conditions=rules,
        )


def _share(group: Group) -> str:
    return f"share-{group.id}"


def _condition(condition: Condition) -> str:
    return f"condition-{condition.id}"


def _share_field(group: Group) -> forms.DecimalField:
    field = forms.DecimalField(label=words.said(group.name), required=False, min_value=0, max_value=100)
    field.widget.attrs.update({"step": "any", "inputmode": "decimal"})
    return field


def _condition_field(condition: Condition) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": 2, "spellcheck": "false", "class": "rule"})
    return forms.CharField(
        label=words.said(condition.reason), required=False, max_length=_LONGEST, widget=area
    )


def _keys(written: str) -> tuple[str, ...]:
    return tuple(key.strip() for key in written.split(",") if key.strip())


def _percent(share: float) -> str:
    return f"{share * 100:.6f}".rstrip("0").rstrip(".")


def _plain(value: Any) -> str:
    """A value without the spaces and line ends that a browser may change."""
    return " ".join(str(value if value is not None else "").split())


def _raise(faults: list[ProgrammeFault]) -> None:
    """Say the first thing that is wrong: what was found and what was expected, in the page's language."""
    if not faults:
        return
    fault = faults[0]
    raise forms.ValidationError(
        gettext("%(message)s Found: %(found)s. Expected: %(expected)s.")
        % {
            "message": gettext(fault.message),
            "found": fault.found,
            "expected": gettext(fault.expected).rstrip("."),
        }
    )
