"""Who has which role in one's organisation, giving and ending one; and one's own roles, with who stands in."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from veerkracht.register import clock
from veerkracht.register.errors import Invalid
from veerkracht.register.paging import whole
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import may, require
from veerkracht.register.roles import actions, queries
from veerkracht.web import capacities, who
from veerkracht.web.forms.areas import suggestions
from veerkracht.web.forms.roles import GiveForm, RolesFilter, StandInForm, WelcomeForm
from veerkracht.web.navigation import ROLE_NAMES
from veerkracht.web.spreadsheets import csv_file
from veerkracht.web.who import signed_in

# How the register's actions call a field, and how the page does.
_FIELDS = {"user": "username"}


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    form = RolesFilter(request.GET)
    after = request.GET.get("after", "")
    require("role.list", actor, actor.programme)
    found = None
    if form.is_valid():
        found = queries.role_page(actor, form.filters(), whole(after))
    context = {
        "form": form,
        "rows": [_shown(row) for row in found.rows] if found else [],
        "next_after": found.next_after if found else None,
        "is_first": not after,
        "may_give": may("role.give", actor, actor.programme),
        "organisation": actor.membership.organisation.name if actor.membership else "",
    }
    return render(request, "web/roles.html", context, status=200 if found else 422)


@signed_in
def export(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who has which role, with the filters of the page, as a table to take along."""
    form = RolesFilter(request.GET)
    rows = queries.every_role(actor, form.filters() if form.is_valid() else queries.RoleFilters())
    heads = (
        "name",
        "username",
        "role",
        "organisation",
        "programme",
        "area_kind",
        "area_code",
        "from",
        "until",
    )
    cells = (
        (
            row.name,
            row.username,
            row.role,
            row.organisation,
            row.programme,
            row.area_kind,
            row.area_code,
            row.from_date,
            row.until_date,
            row.state,
            row.given_by,
            row.instead_of,
        )
        for row in rows
    )
    return csv_file(f"roles-{clock.today()}", (*heads, "state", "given_by", "in_place_of"), cells)


@signed_in
def give(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A role for somebody who has an account."""
    require("role.give", actor, actor.programme)
    form = GiveForm(request.POST if request.method == "POST" else None, actor, clock.today())
    if form.is_bound and form.is_valid():
        user = queries.somebody(form.cleaned_data["username"])
        if user is None:
            form.add_error("username", _("There is no account of this name to which you can give a role."))
        elif _done(form, lambda: actions.give_role(user, by=actor, asked=form.asked())):
            messages.success(request, _("%(name)s has the role.") % {"name": user.full_name})
            return HttpResponseRedirect(reverse("roles"))
    return _form(request, form, "web/role_give.html")


@never_cache
@signed_in
def welcome(request: HttpRequest, actor: Actor) -> HttpResponse:
    """A new account with its first role. The link that opens it is shown once, on the page that follows."""
    require("role.give", actor, actor.programme)
    form = WelcomeForm(request.POST if request.method == "POST" else None, actor, clock.today())
    made: list[Any] = []
    if form.is_bound and form.is_valid():
        username = form.cleaned_data["username"]
        _done(
            form, lambda: made.extend(actions.welcome(username, by=actor, asked=form.asked(), **form.told()))
        )
    if made:
        user, link = made
        address = request.build_absolute_uri(reverse("sign-in-link", args=link))
        return render(request, "web/role_welcome.html", {"name": user.full_name, "link": address})
    return _form(request, form, "web/role_new_account.html")


@require_POST
@signed_in
def end(request: HttpRequest, actor: Actor, id: int) -> HttpResponse:
    """A role ends at once: one of the organisation, or one that the actor lent."""
    version = request.POST.get("version", "")
    held = queries.get_role(actor, id)
    actions.end_role(held, by=actor, version=whole(version) or 0)
    messages.success(request, _("The role has ended."))
    back = "my-roles" if actions.is_lent_by(held, actor) else "roles"
    return HttpResponseRedirect(reverse(back))


@signed_in
def mine(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One's own roles; who stands in for the one acted in, and until when."""
    may_lend = may("role.delegate", actor, actor.programme) and not (
        actor.membership and actor.membership.delegates_id
    )
    colleagues = {user.pk: user for user in queries.colleagues(actor)} if may_lend else {}
    choices = [(pk, user.full_name) for pk, user in colleagues.items()]
    form = StandInForm(request.POST if request.method == "POST" else None, choices, clock.today())
    if form.is_bound and form.is_valid():
        found = form.cleaned_data
        days = {"from_date": found["from_date"], "until_date": found["until_date"]}
        if _done(form, lambda: actions.delegate(colleagues[found["user"]], by=actor, **days)):
            messages.success(request, _("Noted: somebody stands in for you."))
            return HttpResponseRedirect(reverse("my-roles"))
    context = {
        "form": form,
        "may_lend": may_lend,
        "own": [(capacities.shown(one), one.membership) for one in who.capacities(request) if one.membership],
        "lent": [_shown(row) for row in queries.lent_by(actor)],
    }
    return render(request, "web/my_roles.html", context, status=422 if form.errors else 200)


def _form(request: HttpRequest, form: Form, template: str) -> HttpResponse:
    context = {"form": form, "areas": suggestions()}
    return render(request, template, context, status=422 if form.errors else 200)


def _done(form: Form, act: Any) -> bool:
    """Whether the action went through; what it refuses to do stands at its field."""
    try:
        act()
    except Invalid as fault:
        field = _FIELDS.get(fault.field, fault.field)
        here = next((name for name in (fault.field, field) if name in form.fields), None)
        form.add_error(here, str(fault))
        return False
    return True


def _shown(row: queries.RoleRow) -> dict[str, Any]:
    """A role in the words of the page."""
    return {
        "row": row,
        "role": ROLE_NAMES.get(row.role, row.role),
        "programme": capacities.programme_name(row.programme) or _("Every programme"),
        "area": capacities.area_name(row.area_kind, row.area_code) or _("The whole region"),
    }
