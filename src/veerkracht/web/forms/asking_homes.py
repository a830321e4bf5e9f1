"""What is filled in when a family asks for a place for the first time: the homes in order, when, and from where."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import may
from veerkracht.register.care.models import Request
from veerkracht.register.cases.actions.national_numbers import ANOTHER_BIRTH_DATE
from veerkracht.register.errors import Invalid
from veerkracht.register.lists import actions
from veerkracht.register.lists.access import may_come_together
from veerkracht.register.lists.actions import Asked, Caller
from veerkracht.register.lists.checks import municipalities_of
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Programme
from veerkracht.web import words
from veerkracht.web.forms.days import DayField
from veerkracht.web.forms.homes import WishesForm
from veerkracht.web.forms.numbers import RecordNumberForm

# A family that has more wishes than this adds homes afterwards.
_MOST_CHOICES = 10
_HOME = "home_"


class HomesForm(WishesForm):
    """A field for each home: which choice it is, or none; and what is said once for all of them. `made`: the request,
    when it was asked.
    """

    made: Request
    field_order = ("when_ready",)

    when_ready = forms.ChoiceField(
        label=_("When do you want to come?"),
        choices=[
            ("now", _("As soon as there is a place")),
            ("later", _("For later, just in case: we ask you again from time to time")),
        ],
        widget=forms.RadioSelect,
    )
    together = forms.BooleanField(
        label=_("I come together with somebody"),
        help_text=_(
            "With your partner, for example. Tick it, and then you say with whom; they agree themselves."
        ),
        required=False,
    )

    def __init__(self, data: Any, actor: Actor, programme: Programme, homes: Sequence[Service]):
        super().__init__(data, initial={"when_ready": "now"})
        self.actor, self.programme = actor, programme
        if not may_come_together(actor):
            del self.fields["together"]
        self.homes = {_HOME + str(home.pk): home for home in homes}
        if len(programme.kinds) > 1:
            kinds = [(id, words.said(programme.kind_names.get(id, id))) for id in programme.kinds]
            self.fields["kind"] = forms.ChoiceField(label=_("What do you ask for?"), choices=kinds)
        choices = [(str(n), gettext("Choice %(n)s") % {"n": n}) for n in range(1, self._most + 1)]
        for name, home in self.homes.items():
            self.fields[name] = forms.ChoiceField(
                label=home.name, choices=[("", _("Not asked")), *choices], required=False
            )

    @property
    def is_together(self) -> bool:
        """Whether they said that somebody comes along. Only of a valid form."""
        return bool(self.cleaned_data.get("together"))

    @property
    def once(self) -> list[forms.BoundField]:
        """What is said once, for all homes."""
        return [self[name] for name in self.fields if name not in self.homes]

    @property
    def each(self) -> list[forms.BoundField]:
        """The choice of each home, in the sequence in which they were given."""
        return [self[name] for name in self.homes]

    @property
    def _most(self) -> int:
        return min(len(self.homes), _MOST_CHOICES)

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        chosen: dict[str, str] = {}
        for name in self.homes:
            choice = told.get(name)
            if choice and choice in chosen:
                other = self.homes[chosen[choice]].name
                self.add_error(name, gettext("This choice is given to %(home)s already.") % {"home": other})
            elif choice:
                chosen[choice] = name
        if not chosen and not self.errors:
            self.add_error(None, gettext("Say of at least one home which choice it is."))
        return told

    def do(self) -> None:
        """Ask. Only for a valid form."""
        told = self.cleaned_data
        wanted = sorted((int(told[name]), name) for name in self.homes if told.get(name))
        self.made = self._ask(
            [self.homes[name] for _choice, name in wanted],
            by=self.actor,
            kind=told.get("kind") or self.programme.kinds[0],
            asked=Asked(
                when_ready=told["when_ready"],
                wished_from=told["wished_from"],
                from_place=told["from_place"],
            ),
        )

    def _ask(self, services: Sequence[Service], **said: Any) -> Request:
        """Ask these homes for whom this form is."""
        raise NotImplementedError


class AskForm(HomesForm):
    """For a person who is in the register."""

    def __init__(
        self, data: Any, actor: Actor, person: Person, programme: Programme, homes: Sequence[Service]
    ):
        super().__init__(data, actor, programme, homes)
        self.person = person

    def _ask(self, services: Sequence[Service], **said: Any) -> Request:
        return actions.ask_homes(self.person, services, **said)


class CallerForm(HomesForm):
    """For somebody at a counter or a telephone who is not in the register yet: with who they are.

    `asks_birth_date`: their national number tells another birth date, and only then is it asked to confirm that.
    """

    asks_birth_date = False

    given_name = forms.CharField(label=_("First name"), max_length=100)
    family_name = forms.CharField(label=_("Family name"), max_length=100)
    birth_date = DayField(label=_("Date of birth"))
    area = forms.ChoiceField(label=_("Municipality where they live"))
    number = RecordNumberForm.base_fields["number"]
    despite_birth_date = RecordNumberForm.base_fields["despite_birth_date"]

    _WHO = ("given_name", "family_name", "birth_date", "area", "number", "despite_birth_date")

    def __init__(self, data: Any, actor: Actor, programme: Programme, homes: Sequence[Service]):
        super().__init__(data, actor, programme, homes)
        open_to = municipalities_of(actor)
        municipalities = [(code, name) for code, name in areas.choices("municipality") if code in open_to]
        # Nobody lives where nobody said.
        self.fields["area"].choices = [("", _("Choose")), *municipalities]
        self.fields["number"].required = False
        self.fields["number"].help_text = _("Not needed. It is kept sealed and not shown again.")
        if not may("number.record", actor, programme.id):
            del self.fields["number"], self.fields["despite_birth_date"]

    @property
    def who(self) -> list[forms.BoundField]:
        """Who it is."""
        hidden = () if self.asks_birth_date else ("despite_birth_date",)
        return [self[name] for name in self._WHO if name in self.fields and name not in hidden]

    @property
    def once(self) -> list[forms.BoundField]:
        return [field for field in super().once if field.name not in self._WHO]

    def _ask(self, services: Sequence[Service], **said: Any) -> Request:
        told = self.cleaned_data
        caller = Caller(
            told["given_name"],
            told["family_name"],
            told["birth_date"],
            told["area"],
            national_number=told.get("number", ""),
            despite_birth_date=told.get("despite_birth_date", False),
        )
        try:
            return actions.ask_homes_for_new(caller, services, **said)
        except Invalid as fault:
            self.asks_birth_date = fault.text == ANOTHER_BIRTH_DATE
            raise
