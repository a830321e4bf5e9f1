"""Addresses of our pages: the list with what was asked of it, and back to where a reader came from."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from veerkracht import region
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.people.areas import SETS


def next_page(request: HttpRequest, otherwise: str) -> str:
    """The `next` that a form or an address carries, when it is a page of ours."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else otherwise


def _group(filters: ListFilters) -> str:
    return "queue" if len(filters.groups) > 1 else "".join(str(group) for group in filters.groups)


def list_with(filters: ListFilters) -> str:
    """The address of the list behind a number (the fields of `forms.list_.ListForm`)."""
    known = list(region.current().programmes)
    asked = {
        "programme": "" if filters.programme == known[0] else filters.programme,
        "state": "" if filters.states == ("waiting",) else filters.states[0],
        "group": _group(filters),
        "area": next((getattr(filters, kind) for kind in SETS if getattr(filters, kind)), ""),
        "kind": filters.kind,
        "category": filters.category,
        "route": filters.route,
        "overdue": "on" if filters.overdue else "",
    }
    words = urlencode({name: value for name, value in asked.items() if value != ""})
    return reverse("list") + (f"?{words}" if words else "")
