"""What is filled in by two people who want to come to homes together: each form is one verb."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import get_request
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Invalid, OnlyLooks, Refused
from veerkracht.register.lists import access, actions
from veerkracht.register.lists.actions import Named
from veerkracht.register.lists.models import Together
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.rulebook.types import Text
from veerkracht.web.forms.days import DayField

CODE = _("Code of who asked you")


class TogetherForm(forms.Form):
    """One verb for a person and their request (None: they do not ask yet)."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    is_final: ClassVar[bool] = False

    def __init__(self, data: Any, actor: Actor, person: Person, request: Request | None):
        super().__init__(data, prefix=self.verb)
        self.actor, self.person, self.request = actor, person, request

    def do(self) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError


class AskForm(TogetherForm):
    """`code`: for the other, once it was asked; it is shown once."""

    verb, title, done = "ask", _("Ask to come together"), _("That is asked.")
    code = ""

    given_name = forms.CharField(label=_("First name of the other"), max_length=100)
    family_name = forms.CharField(label=_("Family name of the other"), max_length=100)
    birth_date = DayField(
        label=_("Date of birth of the other"),
    )

    def do(self) -> None:
        if self.request is None:
            raise Refused()
        self.code = actions.ask_together(self.request, Named(**self.cleaned_data), by=self.actor)[1]


class CodeForm(TogetherForm):
    """The other opens what they were asked, with the code. `asked`: what that is."""

    verb, title, done = "code", _("Open with the code"), ""
    asked: Together

    code = forms.CharField(
        label=CODE,
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def do(self) -> None:
        try:
            self.asked = access.together_by_code(self.actor, self.person, self.cleaned_data["code"])
        except OnlyLooks:
            raise
        except Refused as refused:
            raise Invalid(refused.text, "code") from refused


class AnswerForm(TogetherForm):
    """Yes or no to what was asked, found again by its code or as the question put to this person."""

    verb, title = "answer", _("Answer")
    done = _("Your answer is written down.")

    asked = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    code = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    agree = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])

    def do(self) -> None:
        told = self.cleaned_data
        found = self._found(told["asked"], told["code"])
        actions.answer_together(
            found,
            by=self.actor,
            person=self.person,
            agree=told["agree"] == "yes",
            version=told["version"],
        )

    def _found(self, id: int, code: str) -> Together:
        if code:
            return access.together_by_code(self.actor, self.person, code)
        asked = access.together_asked_of(self.actor, self.person)
        found = next((one for one in asked if one.pk == id), None)
        if found is None:
            raise Refused()
        return found


class StopForm(TogetherForm):
    verb, title, is_final = "stop", _("No longer come together"), True
    done = _("That is written down: each of you stands alone again.")

    asked = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def do(self) -> None:
        if self.request is None:
            raise Refused()
        found = access.together_now(self.actor, self.request, self.cleaned_data["asked"])
        actions.stop_together(found, self.request, by=self.actor, version=self.cleaned_data["version"])


class ConfirmForm(TogetherForm):
    """An officer checked it with both, at a counter or by telephone."""

    verb, title = "confirm", _("They come together")
    done = _("Written down: they come together, or not at all.")

    number = forms.CharField(label=_("Number of the request of the other"), max_length=20)
    checked = forms.BooleanField(label=_("I checked with both that they want this"))

    def do(self) -> None:
        if self.request is None:
            raise Refused()
        try:
            other = get_request(self.actor, self.cleaned_data["number"].strip().upper())
            actions.confirm_together(self.request, other, by=self.actor)
        except Refused as refused:
            raise Invalid(
                Text(nl="Er is geen vraag met dit nummer.", en="There is no request with this number."),
                "number",
            ) from refused


KINDS: tuple[type[TogetherForm], ...] = (AskForm, CodeForm, AnswerForm, StopForm, ConfirmForm)
