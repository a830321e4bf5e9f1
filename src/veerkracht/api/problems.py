"""What goes wrong, as problem details (RFC 9457), in the reader's language. Nothing else about the inside goes out."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.log import log_response
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from veerkracht.register.errors import Conflict, Invalid, OnlyLooks, Refused
from veerkracht.rulebook.errors import Fault

TYPE = "application/problem+json"
# A browser that is led here by a trick keeps the answer as data, and never shows it as a page.
AS_A_FILE = {"Content-Disposition": 'attachment; filename="veerkracht.json"'}


def problem(status: int, title: str, **more: Any) -> JsonResponse:
    """An answer that says what is wrong: `title` in words, `more` such as `errors` and `changes`."""
    told = {"type": "about:blank", "title": title, "status": status, **more}
    return JsonResponse(told, status=status, content_type=TYPE, headers=AS_A_FILE)


def refused(request: HttpRequest, fault: Exception) -> HttpResponse:
    """The same for what doesn't exist, may not be seen and may not be done."""
    return problem(404, str(Refused()))


def _only_looks(request: HttpRequest, fault: OnlyLooks) -> HttpResponse:
    return problem(403, str(fault))


def unauthorised(request: HttpRequest, fault: Exception) -> HttpResponse:
    answer = problem(401, _("Sign in, or send a token that still holds."))
    answer["WWW-Authenticate"] = "Bearer"
    return answer


def _conflict(request: HttpRequest, fault: Conflict) -> HttpResponse:
    language = getattr(request, "LANGUAGE_CODE", "en")
    return problem(409, str(fault), changes=[change.get(language) for change in fault.changes])


def _invalid(request: HttpRequest, fault: Fault) -> HttpResponse:
    field = getattr(fault, "field", "")
    return problem(422, _INVALID(), errors=[{"field": field, "detail": str(fault)}])


def _misfit(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    errors = [{"field": _field(error["loc"]), "detail": _misfits(error)} for error in fault.errors]
    return problem(422, _INVALID(), errors=errors)


def _http(request: HttpRequest, fault: HttpError) -> HttpResponse:
    titles: dict[int, Callable[[], str]] = {
        400: lambda: _("What was sent is no JSON."),
        403: lambda: _("A change from a signed-in browser must carry its CSRF token."),
        415: lambda: _("What is sent must be JSON (application/json)."),
        429: lambda: _("Too many requests. Try again later."),
    }
    return problem(fault.status_code, titles[fault.status_code]())


def _too_big(request: HttpRequest, fault: Exception) -> HttpResponse:
    return problem(413, _("What was sent is too large."))


def _broken(request: HttpRequest, fault: Exception) -> HttpResponse:
    """A fault of ours: in the log in full, outside without a word about where."""
    got_request_exception.send(sender=None, request=request)
    answer = problem(500, _("Something went wrong on our side. Nothing was half saved."))
    log_response("%s", request.path, response=answer, request=request, exception=fault)
    return answer


def _INVALID() -> str:  # noqa: N802 - a text of the moment's language
    return _("This can't be accepted as it is.")


def _field(place: tuple[Any, ...]) -> str:
    """`("body", "data", "version")` is the field `version`; what is nested is joined by dots."""
    return ".".join(str(part) for part in place[1:] if part not in ("data", "asked"))


def _misfits(error: dict[str, Any]) -> str:
    """What was found and what was expected, for the kinds of misfits that occur."""
    expected = {key: value for key, value in error.get("ctx", {}).items() if isinstance(value, str | int)}
    texts: dict[str, Callable[[], str]] = {
        "missing": lambda: _("This field is missing."),
        "extra_forbidden": lambda: _("There is no such field."),
        "string_too_long": lambda: _("At most %(max_length)s characters.") % expected,
        "string_too_short": lambda: _("At least %(min_length)s characters.") % expected,
        "less_than_equal": lambda: _("At most %(le)s.") % expected,
        "greater_than_equal": lambda: _("At least %(ge)s.") % expected,
        "literal_error": lambda: _("Expected one of: %(expected)s.") % expected,
    }
    kinds: dict[str, Callable[[], str]] = {
        "int": lambda: _("Expected a whole number."),
        "bool": lambda: _("Expected true or false."),
        "date": lambda: _("Expected a date, such as 2024-01-15."),
        "string": lambda: _("Expected another text."),
    }
    kind = error["type"]
    found = texts.get(kind) or kinds.get(kind.split("_")[0])
    return found() if found else _("Expected something else.")


def handle(api: NinjaAPI) -> None:
    """Let the interface answer every fault in this way."""
    handlers: dict[type[Exception], Callable[..., HttpResponse]] = {
        AuthenticationError: unauthorised,
        OnlyLooks: _only_looks,
        Refused: refused,
        Http404: refused,
        Conflict: _conflict,
        Invalid: _invalid,
        Fault: _invalid,
        ValidationError: _misfit,
        HttpError: _http,
        RequestDataTooBig: _too_big,
        Exception: _broken,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
