"""What can be answered on the page of what is shared with an organisation, in a consultation and in an emergency."""

from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.cases import actions
from veerkracht.register.cases.queries import choices
from veerkracht.register.cases.queries.consultations import ConsultationView, get_member
from veerkracht.register.cases.queries.on_case import get_referral
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.web.forms.sharing import LookedInto, text_field
from veerkracht.web.sharing_words import NOTE_KINDS


class SharedForm(forms.Form):
    """One verb on one thing, by its `id`."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    is_final: ClassVar[bool] = False

    def __init__(self, data: Any, actor: Actor, id: str):
        super().__init__(data, prefix=f"{self.verb}-{id}")
        self.actor, self.id = actor, id

    def do(self) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError


class Accept(SharedForm):
    verb, title = "accept", _("Accept")
    done = _("Accepted. You read this file until the referral ends.")

    def do(self) -> None:
        actions.answer_referral(get_referral(self.actor, whole(self.id) or 0), by=self.actor, accept=True)


class Decline(SharedForm):
    verb, title, is_final = "decline", _("Decline"), True
    done = _("Declined. You no longer read this file.")

    reason = text_field(_("Why (the sender reads this)"))

    def do(self) -> None:
        referral = get_referral(self.actor, whole(self.id) or 0)
        actions.answer_referral(referral, by=self.actor, accept=False, reason=self.cleaned_data["reason"])


class End(SharedForm):
    verb, title, is_final = "end", _("End the referral"), True
    done = _("The referral has ended.")

    reason = text_field(_("Why"), required=False)

    def do(self) -> None:
        referral = get_referral(self.actor, whole(self.id) or 0)
        actions.end_referral(referral, by=self.actor, reason=self.cleaned_data["reason"])


class LookInto(LookedInto, SharedForm):
    """Answered on the page of what is shared with an organisation."""


SHARED: tuple[type[SharedForm], ...] = (Accept, Decline, End, LookInto)


class ConsultationForm(forms.Form):
    """One verb in a consultation that the actor takes part in."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    done: ClassVar[str | Promise]
    leads: ClassVar[bool] = False
    is_final: ClassVar[bool] = False

    def __init__(self, data: Any, actor: Actor, view: ConsultationView, id: str = ""):
        super().__init__(data, prefix=f"{self.verb}-{id}" if id else self.verb)
        self.actor, self.view, self.id = actor, view, id

    def do(self) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError


class WriteNote(ConsultationForm):
    verb, title, done = "note", _("Write down"), _("The note was written down.")

    kind = forms.ChoiceField(label=_("What it is"), choices=list(NOTE_KINDS.items()))
    text = forms.CharField(label=_("In words"), max_length=4_000, widget=forms.Textarea(attrs={"rows": 4}))

    def do(self) -> None:
        given = self.cleaned_data
        actions.note(self.view.row, by=self.actor, text=given["text"], kind=given["kind"])


class Invite(ConsultationForm):
    verb, title, leads = "invite", _("Ask somebody more"), True
    done = _("They take part from now on, and were told.")

    members = forms.CharField(label=_("First and last name, or how they sign in"), max_length=200)

    def do(self) -> None:
        for one in choices.members_named(self.cleaned_data["members"], self.view.programme):
            actions.add_member(self.view.row, one, by=self.actor)


class Leave(ConsultationForm):
    verb, title, is_final = "leave", _("No longer takes part"), True
    done = _("They take part no longer, and read nothing of it from now on.")

    def do(self) -> None:
        actions.remove_member(get_member(self.view, whole(self.id) or 0), by=self.actor)


class Close(ConsultationForm):
    verb, title, leads, is_final = "close", _("End the consultation"), True, True
    done = _("The consultation has ended: nobody reads the file or the notes on it any more.")

    def do(self) -> None:
        actions.end_consultation(self.view.row, by=self.actor)


CONSULTATION: tuple[type[ConsultationForm], ...] = (WriteNote, Invite, Leave, Close)


class EmergencyForm(forms.Form):
    """Breaking the glass. The number is not looked up before the reason is long enough."""

    number = forms.CharField(
        label=_("Number of the person or the request"),
        max_length=20,
        help_text=_("Such as P-0000001 or V-0000001."),
    )
    reason = forms.CharField(
        label=_("What is going on"),
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The person and everybody who works on the case can read this."),
    )
