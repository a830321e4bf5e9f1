"""With whom somebody wants to come to homes: the same page for the family and for who keeps the file."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.lists.queries import TogetherView, question, together_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.web import guessing
from veerkracht.web.forms import together as forms
from veerkracht.web.forms.together import TogetherForm
from veerkracht.web.views.sharing import done


class TogetherPage:
    """`asked`: the request that runs (None: none). `stays`: what was sent is shown here, and not by going on."""

    def __init__(self, request: HttpRequest, actor: Actor, person: Person, asked: Request | None):
        self.request, self.actor, self.person, self.asked = request, actor, person, asked
        self.filled: TogetherForm | None = None
        self.stays = False

    def post(self) -> None:
        """Do what was sent. Raises `Refused` for what this page doesn't offer."""
        form = self._form(self.request.POST.get("verb", ""), self.request.POST)
        self.filled = form
        self.stays = not self._did(form) or isinstance(form, forms.AskForm | forms.CodeForm)
        if not self.stays:
            messages.success(self.request, form.done)

    def _did(self, form: TogetherForm) -> bool:
        if isinstance(form, forms.CodeForm):
            return guessing.opened(self.request, self.actor, form, "code")
        return form.is_valid() and done(form)

    @property
    def status(self) -> int:
        return 422 if self.filled and self.filled.errors else 200

    def context(self) -> dict[str, Any]:
        """For `web/parts/together.html`."""
        found, opened = together_of(self.actor, self.person, self.asked), self._opened()
        # Until both agreed they can still say so, in whatever way.
        waits = not found.by_others and (found.now is None or not found.now.is_agreed)
        alone = self.asked is not None and waits and found.now is None
        at_counter = self.asked is not None and waits and self.actor.person is None
        return {
            "found": found,
            "code": self.filled.code if isinstance(self.filled, forms.AskForm) else "",
            "opened": opened,
            "opened_code": self.filled.cleaned_data["code"] if opened and self.filled else "",
            "questions": [one for one in found.asked_of if one != opened],
            "may_ask": self.asked is not None,
            "ask": self._shown(forms.AskForm) if alone else None,
            "confirm": self._shown(forms.ConfirmForm) if at_counter else None,
            "by_code": self._shown(forms.CodeForm) if waits else None,
            "fault": self._fault(),
        }

    def _opened(self) -> TogetherView | None:
        """What was opened with a code just now."""
        form = self.filled
        return question(form.asked) if isinstance(form, forms.CodeForm) and not form.errors else None

    def _fault(self) -> str:
        """What is wrong with an answer, of which the form is drawn by hand."""
        form = self.filled
        if not isinstance(form, forms.AnswerForm | forms.StopForm) or not form.errors:
            return ""
        return str(next(iter(form.errors.values()))[0])

    def _shown(self, kind: type[TogetherForm]) -> TogetherForm:
        filled = self.filled
        return filled if isinstance(filled, kind) else kind(None, self.actor, self.person, self.asked)

    def _form(self, verb: str, data: Any) -> TogetherForm:
        kind = next((one for one in forms.KINDS if one.verb == verb), None)
        if kind is None:
            raise Refused()
        return kind(data, self.actor, self.person, self.asked)
