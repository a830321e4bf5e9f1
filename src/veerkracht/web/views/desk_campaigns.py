"""Campaigns that make help known: whom they reached, and the demand around them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from veerkracht.register.people.actors import Actor
from veerkracht.register.people.areas import name_of
from veerkracht.register.permissions import may, require
from veerkracht.register.shelter.actions import record_campaign, record_reach
from veerkracht.register.shelter.queries.campaigns import (
    WEEKS,
    CampaignView,
    campaigns,
    get_campaign,
    published,
)
from veerkracht.web.forms.doing import done
from veerkracht.web.forms.shelter import CampaignForm, ReachForm, named_measures
from veerkracht.web.who import signed_in


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    context = {
        "rows": [(one, _where(one)) for one in campaigns(actor)],
        "weeks": WEEKS,
        "published": published(),
        "measures": named_measures(),
        "may_record": may("campaign.record", actor, actor.programme),
    }
    return render(request, "web/desk_campaigns.html", context)


@signed_in
def record(request: HttpRequest, actor: Actor) -> HttpResponse:
    require("campaign.record", actor, actor.programme)
    form = CampaignForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: record_campaign(form.meant(), by=actor)):
        messages.success(request, _("The campaign is recorded."))
        return HttpResponseRedirect(reverse("desk-campaigns"))
    title = _("Record a campaign")
    return render(request, "web/desk_campaign_form.html", _form(form, title), status=_status(form))


@signed_in
def reach(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    campaign = get_campaign(actor, id)
    form = ReachForm(request.POST if request.method == "POST" else None)
    if done(form, lambda: record_reach(campaign, by=actor, **form.cleaned_data)):
        messages.success(request, _("The reach is recorded."))
        return HttpResponseRedirect(reverse("desk-campaigns"))
    title = _("Whom did it reach? %(name)s") % {"name": campaign.name}
    return render(request, "web/desk_campaign_form.html", _form(form, title), status=_status(form))


def _form(form: CampaignForm | ReachForm, title: str) -> dict[str, object]:
    return {"form": form, "title": title}


def _status(form: CampaignForm | ReachForm) -> int:
    return 422 if form.errors else 200


def _where(view: CampaignView) -> str:
    one = view.campaign
    return name_of(one.area_kind, one.area_code) if one.area_kind else _("the whole region")
