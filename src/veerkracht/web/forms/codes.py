"""What somebody fills in to choose who speaks for them or looks, or to be here for who chose them: each form is one
verb.
"""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.cases.protection import chosen
from veerkracht.register.cases.protection.representation import WITHHOLDABLE
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.people.actors import Actor
from veerkracht.web.forms.days import DayField
from veerkracht.web.labels import FIELD_GROUPS

_LARGEST_ID = 2**63 - 1


class CodesForm(forms.Form):
    """One verb of the person themself. `code`: what is shown once after it, "" for nothing."""

    verb: ClassVar[str]
    done: str | Promise
    code = ""

    def __init__(self, data: Any, actor: Actor):
        super().__init__(data, prefix=self.verb)
        self.actor = actor

    def do(self) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError


class GiveForm(CodesForm):
    verb, done = "give", ""

    given_to = forms.CharField(
        label=_("To whom do you give it?"),
        help_text=_("For yourself, such as “my daughter An”."),
        max_length=100,
    )
    may = forms.ChoiceField(
        label=_("What may they do?"),
        choices=[
            ("speak", _("Speak for me: read my file, and do here what I can do")),
            ("look", _("Only look: read my file, and do nothing")),
        ],
        widget=forms.RadioSelect,
    )
    withheld = forms.MultipleChoiceField(
        label=_("What should they not see?"),
        help_text=_("Who you are and what you ask for, they always see."),
        choices=[(name, FIELD_GROUPS[name]) for name in WITHHOLDABLE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    until_date = DayField(
        label=_("Their last day"),
        help_text=_("Leave it empty for until you take it back."),
        required=False,
    )

    def do(self) -> None:
        told = dict(self.cleaned_data)
        only_looks = told.pop("may") == "look"
        self.code = chosen.give_representation_code(
            chosen.Terms(only_looks=only_looks, **told), by=self.actor
        )

    @property
    def is_look(self) -> bool:
        """Whether what was asked for is a code to only look."""
        return self.is_bound and self.cleaned_data.get("may") == "look"


class UseForm(CodesForm):
    verb, done = "use", _("You speak for them from now on. They were told.")
    _looks = _("You can look at their file from now on, and do nothing in their name. They were told.")

    code_given = forms.CharField(
        label=_("The code that you were given"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def do(self) -> None:
        try:
            opened = chosen.use_representation_code(self.cleaned_data["code_given"], by=self.actor)
        except Refused as refused:
            raise Invalid(refused.text, "code_given") from refused
        if opened.kind == opened.Kind.VIEWER:
            self.done = self._looks


class WithdrawForm(CodesForm):
    verb, done = "withdraw", _("The code is taken back: it opens nothing any more.")

    id = forms.IntegerField(min_value=1, max_value=_LARGEST_ID)

    def do(self) -> None:
        chosen.withdraw_representation_code(self.cleaned_data["id"], by=self.actor)


class EndForm(CodesForm):
    verb, done = "end", _("From now on they no longer speak for you, and no longer see your file.")

    id = forms.IntegerField(min_value=1, max_value=_LARGEST_ID)

    def do(self) -> None:
        chosen.end_chosen(self.cleaned_data["id"], by=self.actor)


class RenewForm(CodesForm):
    verb, done = "renew", ""

    def do(self) -> None:
        self.code = chosen.renew_own_code(by=self.actor)


KINDS: tuple[type[CodesForm], ...] = (GiveForm, UseForm, WithdrawForm, EndForm, RenewForm)
