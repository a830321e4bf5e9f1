"""Consents, who may read my file and on which ground, and what a young person keeps from a parent."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.queries.my import programmes_of
from veerkracht.register.cases.actions.consents import answer_consent, revoke_consent
from veerkracht.register.cases.protection import withhold
from veerkracht.register.cases.protection.consents import HOLDING, consents_of, get_consent
from veerkracht.register.cases.protection.readers import who_may_read
from veerkracht.register.cases.protection.representation import WITHHOLDABLE
from veerkracht.register.cases.protection.representatives import representatives_of
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.lists.queries import homes_that_see
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case
from veerkracht.register.sharing.representation import decides_along
from veerkracht.web import labels, my_pages
from veerkracht.web.navigation import ROLE_NAMES
from veerkracht.web.numbers import posted
from veerkracht.web.who import signed_in
from veerkracht.web.words import said


@signed_in
def consents(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """What is asked, what holds and what is over; POST agrees, declines or revokes."""
    whose = my_pages.about(actor, person)
    if request.method == "POST":
        _answer(request, actor, whose)
        return HttpResponseRedirect(request.path)
    held = consents_of(actor, whose.person)
    context = {
        "asked": [one for one in held if one.state == "asked"],
        "holding": [one for one in held if one.state in HOLDING],
        "over": [one for one in held if one.state not in ("asked", *HOLDING)],
        **_words(),
        **my_pages.context(actor, whose, "my-consents"),
    }
    return render(request, "web/my_consents.html", context)


@signed_in
def who(request: HttpRequest, actor: Actor, person: str = "") -> HttpResponse:
    """Who may read the file now; POST says what a representative does not see."""
    whose = my_pages.about(actor, person)
    decides = whose.is_self and decides_along(whose.person.birth_date, clock.today())
    if request.method == "POST":
        if not decides:
            raise whose.refusal()
        withhold(posted(request, "representative"), by=actor, fields=request.POST.getlist("fields"))
        messages.success(request, _("That is noted. It holds from now on."))
        return HttpResponseRedirect(request.path)
    held = representatives_of(actor, Case(whose.person, "", whose.person.area))
    context = {
        "homes": homes_that_see(actor, person),
        "readers": who_may_read(actor, whose.person, programmes_of(whose.person)),
        "representatives": [one for one in held if one.counts],
        "decides": decides,
        "withholdable": WITHHOLDABLE,
        "kinds": labels.REPRESENTATIVE_KINDS,
        "role_names": ROLE_NAMES,
        **_words(),
        **my_pages.context(actor, whose, "my-who"),
    }
    return render(request, "web/my_who.html", context)


def _answer(request: HttpRequest, actor: Actor, whose: my_pages.About) -> None:
    verb, version = request.POST.get("verb", ""), posted(request, "version")
    if verb not in ("agree", "decline", "revoke"):
        raise Refused()
    consent = get_consent(actor, whose.person, posted(request, "consent"))
    try:
        if verb == "revoke":
            revoke_consent(consent, by=actor, version=version)
        else:
            answer_consent(consent, by=actor, agree=verb == "agree", version=version)
    except Invalid as invalid:
        messages.error(request, str(invalid))
        return
    done = {
        "agree": _("Thank you. That you agree is written down."),
        "decline": _("That is noted: you do not agree, and nothing is shared."),
        "revoke": _("That is noted. From now on they can't read your file on this consent."),
    }
    messages.success(request, done[verb])


def _words() -> dict[str, Any]:
    access = region.current().access
    grounds = {one.id: said(one.name) for one in access.grounds} if access else {}
    return {"field_groups": labels.FIELD_GROUPS, "grounds": grounds}
