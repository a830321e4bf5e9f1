"""What can be done about who works on a case and who may read it: a form each, that calls one action."""

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from veerkracht.register.care.access import Case
from veerkracht.register.cases import actions
from veerkracht.register.cases.queries import choices
from veerkracht.register.cases.queries.consents import get_consent
from veerkracht.register.cases.queries.on_case import (
    OnCase,
    get_emergency,
    get_referral,
    get_worker,
)
from veerkracht.register.cases.rules import CONSENT
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.web import words
from veerkracht.web.forms.days import DayField

_HOW = [("written", _("on paper")), ("spoken", _("by word of mouth"))]


def text_field(label: Any, *, rows: int = 2, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=300, widget=forms.Textarea(attrs={"rows": rows}), **given)


ALONG = _("Whose file it is and what is asked always come along.")


def _groups(label: Any, **given: Any) -> forms.MultipleChoiceField:
    """Groups of fields to tick."""
    return forms.MultipleChoiceField(label=label, widget=forms.CheckboxSelectMultiple, **given)


def field_choices() -> list[tuple[str, str]]:
    """The groups of fields that can be shared, with their names."""
    return [(id, words.said(name)) for id, name in choices.shareable().items()]


def reference(id: str) -> UUID:
    """The reference of a consent that stands in an address or a form; one that nothing has, for what isn't one."""
    try:
        return UUID(id)
    except ValueError:
        return UUID(int=0)


class CaseForm(forms.Form):
    """One verb on a case. `rule`: who may; `id`: of what it is done to, "" for the case itself."""

    verb: ClassVar[str]
    title: ClassVar[str | Promise]
    rule: ClassVar[str]
    done: ClassVar[str | Promise]
    is_final: ClassVar[bool] = False
    help: ClassVar[str | Promise] = ""

    def __init__(self, data: Any, actor: Actor, case: Case, found: OnCase, id: str = ""):
        super().__init__(data, prefix=f"{self.verb}-{id}" if id else self.verb)
        self.actor, self.case, self.found, self.id = actor, case, found, id
        self.offer()

    def offer(self) -> None:
        """Fill the choices that hang on the case."""

    def do(self) -> None:
        """Call the action; only for a valid form."""
        raise NotImplementedError


class Assign(CaseForm):
    verb, title, rule = "assign", _("Give this case to somebody"), "case.assign"
    done = _("They work on this case from today on.")

    user = forms.TypedChoiceField(label=_("Who"), coerce=int, empty_value=None)

    def offer(self) -> None:
        working = {worker.user_id for worker in self.found.workers}
        free = [one for one in choices.colleagues(self.actor) if one[0] not in working]
        self.fields["user"].choices = [("", _("Choose")), *free]

    def do(self) -> None:
        user = choices.colleague(self.actor, self.cleaned_data["user"])
        actions.assign(self.case.person, by=self.actor, programme=self.case.programme, user=user)


class EndWork(CaseForm):
    verb, title, rule = "end-work", _("End"), "case.assign"
    done = _("They no longer work on this case.")

    def do(self) -> None:
        actions.end_case_work(get_worker(self.actor, whole(self.id) or 0), by=self.actor)


class Share(CaseForm):
    verb, title, rule = "share", _("Let another organisation read"), "consent.record"
    done = _("It was written down. A consent holds once all who are asked have agreed.")
    help = _("The person agrees, or a law says that it may. Who is asked can also answer on their own page.")

    organisation = forms.TypedChoiceField(label=_("Which organisation"), coerce=int, empty_value=None)
    ground = forms.ChoiceField(label=_("On which ground"))
    purpose = text_field(_("What for (the person can read this)"))
    fields_ = _groups(_("What they read"), help_text=ALONG)
    until_date = DayField(
        label=_("Until and including"),
        required=False,
        help_text=_("Empty: as long as is usual for this ground."),
    )
    agreed = _groups(_("Who has agreed already"), required=False)
    how = forms.ChoiceField(label=_("How they agreed"), required=False)

    def offer(self) -> None:
        self.fields["organisation"].choices = [("", _("Choose")), *choices.other_organisations(self.actor)]
        grounds = [(one.id, words.said(one.name)) for one in choices.grounds(consultation=False)]
        self.fields["ground"].choices = [(CONSENT, _("Consent")), *grounds]
        self.fields["fields_"].choices = field_choices()
        self.fields["agreed"].choices = choices.who_is_asked(self.case.person)
        self.fields["how"].choices = [("", _("Not yet")), *_HOW]

    def do(self) -> None:
        given = self.cleaned_data
        terms = actions.Terms(
            programme=self.case.programme,
            organisation=choices.organisation(given["organisation"]),
            purpose=given["purpose"],
            fields=given["fields_"],
            ground=given["ground"],
            until_date=given["until_date"],
        )
        agreed = choices.speakers(self.case.person, [int(one) for one in given["agreed"]])
        actions.record_consent(self.case.person, terms, by=self.actor, how=given["how"], agreed=agreed)


class Answer(CaseForm):
    verb, title, rule = "answer", _("Write down an answer"), "consent.record"
    done = _("The answer was written down.")

    voice = forms.TypedChoiceField(label=_("Who answered"), coerce=int)
    agree = forms.TypedChoiceField(
        label=_("What they said"), choices=[("yes", _("yes")), ("no", _("no"))], coerce="yes".__eq__
    )
    how = forms.ChoiceField(label=_("How"), choices=_HOW)

    def offer(self) -> None:
        consent = next((one for one in self.found.consents if str(one.reference) == self.id), None)
        open_ = [voice for voice in (consent.voices if consent else ()) if voice.agreed is None]
        self.fields["voice"].choices = [(voice.person_id, voice.name) for voice in open_]

    def do(self) -> None:
        given = self.cleaned_data
        speaker = choices.speakers(self.case.person, [given["voice"]])
        consent = get_consent(self.actor, reference(self.id))
        actions.answer_consent(
            consent, by=self.actor, agree=given["agree"], voice_of=speaker[0], how=given["how"]
        )


class Revoke(CaseForm):
    verb, title, rule, is_final = "revoke", _("Revoke"), "consent.revoke", True
    done = _("Revoked: from now on they read nothing on it.")

    reason = text_field(_("Why"), required=False)

    def do(self) -> None:
        consent = get_consent(self.actor, reference(self.id))
        actions.revoke_consent(consent, by=self.actor, reason=self.cleaned_data["reason"])


class Refer(CaseForm):
    verb, title, rule = "refer", _("Refer to this organisation"), "referral.send"
    done = _("The referral was sent.")
    help = _("They read what you tick while the referral is open: until they decline, or one of you ends it.")

    purpose = text_field(_("What you ask of them"))
    fields_ = _groups(_("What they need to read"), help_text=ALONG)

    def offer(self) -> None:
        consent = next((one for one in self.found.consents if str(one.reference) == self.id), None)
        allowed = consent.fields if consent else ()
        self.fields["fields_"].choices = [one for one in field_choices() if one[0] in allowed]

    def do(self) -> None:
        given, consent = self.cleaned_data, get_consent(self.actor, reference(self.id))
        actions.send_referral(
            consent,
            by=self.actor,
            purpose=given["purpose"],
            programme=self.case.programme,
            fields=given["fields_"],
        )


class EndReferral(CaseForm):
    verb, title, rule, is_final = "end-referral", _("End the referral"), "referral.send", True
    done = _("The referral has ended: they read nothing on it any more.")

    reason = text_field(_("Why"), required=False)

    def do(self) -> None:
        referral = get_referral(self.actor, whole(self.id) or 0)
        actions.end_referral(referral, by=self.actor, reason=self.cleaned_data["reason"])


class MeetingFields(forms.Form):
    """What is said of a case consultation that is opened, wherever that is done."""

    ground = forms.ChoiceField(label=_("On which ground"))
    purpose = text_field(_("What for"))
    members = text_field(
        _("Who takes part, one name a line"),
        rows=3,
        help_text=_("First and last name, or how they sign in. You take part yourself."),
    )
    fields_ = _groups(_("What the participants read"), help_text=ALONG)

    def offer_grounds(self) -> None:
        grounds = choices.grounds(consultation=True)
        most = {field for ground in grounds for field in ground.fields}
        self.fields["ground"].choices = [(ground.id, words.said(ground.name)) for ground in grounds]
        self.fields["fields_"].choices = [one for one in field_choices() if one[0] in most]


def meeting_of(given: Mapping[str, Any], programme: str) -> actions.Meeting:
    """The consultation that valid `MeetingFields` ask for."""
    return actions.Meeting(
        programme=programme, ground=given["ground"], purpose=given["purpose"], fields=given["fields_"]
    )


class Consult(MeetingFields, CaseForm):
    verb, title, rule = "consult", _("Open a case consultation"), "consultation.open"
    done = _("The consultation is open; its participants were told.")

    def offer(self) -> None:
        self.offer_grounds()

    def do(self) -> None:
        programme = self.case.programme
        members = choices.members_named(self.cleaned_data["members"], programme)
        actions.open_consultation(
            self.case.person, meeting_of(self.cleaned_data, programme), by=self.actor, members=members
        )


class LookedInto(forms.Form):
    """What was found of somebody who looked in an emergency, wherever that is answered."""

    actor: Actor
    id: str
    verb, title = "review", _("Look into it")
    done = _("What you found was written down, and the one who looked was told.")

    in_order = forms.TypedChoiceField(
        label=_("What you found"),
        choices=[("yes", _("in order")), ("no", _("not in order"))],
        coerce="yes".__eq__,
    )
    text = text_field(_("In a few words"), required=False)

    def do(self) -> None:
        access, given = get_emergency(self.actor, whole(self.id) or 0), self.cleaned_data
        actions.review_emergency(access, by=self.actor, in_order=given["in_order"], text=given["text"])


class Review(LookedInto, CaseForm):
    rule = "emergency.review"


# Done to the case itself; the others to one thing on it.
ON_CASE: tuple[type[CaseForm], ...] = (Assign, Share, Consult)
ON_PART: tuple[type[CaseForm], ...] = (EndWork, Answer, Revoke, Refer, EndReferral, Review)
