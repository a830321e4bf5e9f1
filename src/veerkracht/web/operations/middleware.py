"""Stands around every request: gives it an id, measures it, and says one line about it."""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from veerkracht.web.operations import logs, metrics
from veerkracht.web.operations.database import Queries, watched
from veerkracht.web.who import actor_of, was_asked

HEADER = "X-Request-ID"
# An id that a proxy gave is kept when it can be nothing but an id.
_ID = re.compile(r"[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
_NO_VIEW = "none"
_log = logging.getLogger("veerkracht.request")


class Observed:
    """Names the view, never the address: an address holds numbers of people."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response
        metrics.listen()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        id = _id_of(request)
        token = logs.request_id.set(id)
        start = time.perf_counter()
        try:
            with watched() as queries:
                response = self.get_response(request)
            response[HEADER] = id
            _tell(request, response, time.perf_counter() - start, queries)
            return response
        finally:
            logs.request_id.reset(token)


def _id_of(request: HttpRequest) -> str:
    given = request.headers.get(HEADER, "")
    return given if _ID.fullmatch(given) else uuid.uuid4().hex


def _tell(request: HttpRequest, response: HttpResponse, seconds: float, queries: Queries) -> None:
    match = request.resolver_match
    view = (match.view_name if match else "") or _NO_VIEW
    method = request.method if request.method in _METHODS else "other"
    metrics.REQUESTS.labels(view, method, str(response.status_code)).inc()
    metrics.SECONDS.labels(view, method).observe(seconds)
    if response.status_code in (401, 403, 404):
        metrics.REFUSED.labels(view).inc()
    if response.status_code >= 500:
        metrics.FAULTS.labels(view).inc()
    facts = {
        "view": view,
        "method": method,
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "role": _role(request),
        "queries": queries.count,
        "query_ms": round(queries.seconds * 1000, 1),
    }
    # Style sheets and fonts have no view; a line for each would bury the pages.
    if view != _NO_VIEW or response.status_code >= 400:
        _log.info("Answered", extra={"facts": facts})


def _role(request: HttpRequest) -> str:
    """In which role somebody asked; "" when that was not looked at, so that nothing is asked for a line of the log."""
    actor = actor_of(request) if was_asked(request) else getattr(request, "auth", None)
    return str(getattr(actor, "role", ""))
