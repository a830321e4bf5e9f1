"""How much one caller may ask: so many calls a minute, and nothing that the description doesn't name."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import HttpError
from ninja.operation import Operation
from ninja.params.models import QueryModel
from ninja.throttling import SimpleRateThrottle

from veerkracht.api.auth import caller
from veerkracht.api.problems import problem

_JSON = "application/json"


class PerCapacity(SimpleRateThrottle):
    """So many calls a minute for each user and capacity, counted by each process of the server."""

    scope = "api"
    # In memory: a call that only reads should not write down that it came.
    cache = caches["process"]

    def __init__(self) -> None:
        super().__init__(settings.API_RATE)

    def get_cache_key(self, request: HttpRequest) -> str:
        actor = caller(request)
        return f"api-{actor.user_id}-{actor.membership_id or actor.role}"


def strict(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse what an operation doesn't take: a word in the address that it doesn't know, a body that isn't JSON."""
    operation: Operation = run.__self__  # type: ignore[attr-defined]
    known = _known(operation)

    @wraps(run)
    def checked(request: HttpRequest, **values: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            errors = [{"field": name, "detail": _("There is no such field.")} for name in unknown]
            return problem(422, _("This can't be accepted as it is."), errors=errors)
        if request.method == "POST" and request.content_type != _JSON:
            return operation.api.on_exception(request, HttpError(415, ""))
        return run(request, **values)

    return checked


def _known(operation: Operation) -> set[str]:
    names: set[str] = set()
    for model in operation.models:
        if issubclass(model, QueryModel):
            names |= set(model.__ninja_flatten_map__)
    return names
