"""The homes that a request asks: where it stands at each, and what can be done there. For the family and for staff."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import may
from veerkracht.register.care.models import Request
from veerkracht.register.errors import Refused
from veerkracht.register.lists import access
from veerkracht.register.lists.models import Entry
from veerkracht.register.lists.queries import AtHome, Homes, Standing, marks_of, where_we_stand
from veerkracht.register.lists.rules import keeps_lists
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.home_lists import Reason
from veerkracht.rulebook.types import Text
from veerkracht.web import list_words
from veerkracht.web.forms.asking_homes import HomesForm
from veerkracht.web.forms.homes import OF_ENTRY, EntryForm, RegisterForm
from veerkracht.web.views.sharing import done


@dataclass(frozen=True)
class Shown:
    """One home with what can be done there. `is_open`: the most wanted, or one that asks something of the family."""

    at: AtHome
    forms: tuple[EntryForm, ...]
    is_open: bool


def choosing(found: Homes, form: HomesForm, area: str, name: str) -> dict[str, Any]:
    """For `web/parts/homes_search.html` and `web/parts/homes_choice.html`."""
    return {
        "form": form,
        "homes": list(zip(found.homes, form.each, strict=True)),
        "has_more": found.has_more,
        "for_whom": found.homes[0].told.for_whom if found.homes else (),
        "areas": areas.choices("municipality"),
        "area": area,
        "name": name,
    }


def still_to_do(standing: Standing) -> list[Text]:
    """What is missing and can be done now; who asks for later has nothing to do until they are asked again."""
    taking_part = [at for at in standing.at if at.entry.when_ready == "now"]
    return list({reason.remedy: None for at in taking_part for reason in at.reasons if _is_missing(reason)})


def _is_missing(reason: Reason) -> bool:
    return reason.kind in ("condition", "ward") and not reason.met and bool(reason.remedy)


class HomesPage:
    """One request's homes, as a reader sees them. `filled`: the form that was sent and has something wrong."""

    def __init__(self, request: HttpRequest, actor: Actor, number: str):
        self.request, self.actor = request, actor
        self.standing: Standing = where_we_stand(actor, number)
        self.asked: Request = self.standing.request
        self.may_change = (
            self.asked.live and keeps_lists(self.asked.programme) and may("entry.register", actor, self.asked)
        )
        self.area = request.GET.get("area", "") or self.asked.area
        self.filled: Form | None = None

    def post(self) -> bool:
        """Do what was sent; whether it was done. Raises `Refused` for what this page doesn't offer."""
        form = self._sent()
        if form.is_valid() and done(form):
            messages.success(
                self.request, getattr(form, "done", _("You are on the list of these homes now."))
            )
            return True
        self.filled = form
        return False

    def context(self) -> dict[str, Any]:
        """For `web/parts/homes.html`."""
        return {
            "standing": self.standing,
            "shown": [self._shown(at, is_first=at is self.standing.at[0]) for at in self.standing.at],
            "register": self._register(None) if self.may_change else None,
            "may_change": self.may_change,
            "together": marks_of([self.asked]).get(self.asked.pk, ""),
            "entry_states": list_words.STATES,
            "areas": areas.choices("municipality"),
            "area": self.area,
        }

    @property
    def status(self) -> int:
        return 422 if self.filled else 200

    def _sent(self) -> Form:
        verb, id = self.request.POST.get("verb", ""), self.request.POST.get("id", "")
        access.require_register(self.actor, self.asked, ())
        if not self.may_change:
            raise Refused()
        if verb == RegisterForm.verb:
            return self._register(self.request.POST)
        entry = next((at.entry for at in self.standing.at if str(at.entry.pk) == id), None)
        kind = next((kind for kind in OF_ENTRY if kind.verb == verb), None)
        if entry is None or kind is None:
            raise Refused()
        return kind(self.request.POST, self.actor, entry)

    def _register(self, data: Any) -> RegisterForm:
        if data is None and isinstance(self.filled, RegisterForm):
            return self.filled
        homes = access.homes_near(self.actor, self.asked, self.area).select_related("organisation")
        return RegisterForm(data, self.actor, self.asked, homes)

    def _shown(self, at: AtHome, *, is_first: bool) -> Shown:
        entry, forms = at.entry, self._forms(at.entry)
        # Without a place, and neither aside nor for later: something is missing that stands there.
        is_missing = not (at.place or at.fault) and (entry.state, entry.when_ready) == ("waiting", "now")
        asks = is_missing or bool(entry.answer_by) or any(form.is_bound for form in forms)
        return Shown(at, forms, is_open=is_first or asks)

    def _forms(self, entry: Entry) -> tuple[EntryForm, ...]:
        if not self.may_change:
            return ()
        hidden = {"pause" if entry.state == "parked" else "resume", *(() if entry.answer_by else ("still",))}
        made = [kind(None, self.actor, entry) for kind in OF_ENTRY if kind.verb not in hidden]
        return tuple(self.filled if self._is_filled(one) else one for one in made)

    def _is_filled(self, form: EntryForm) -> bool:
        return isinstance(self.filled, type(form)) and self.filled.thing.pk == form.thing.pk
