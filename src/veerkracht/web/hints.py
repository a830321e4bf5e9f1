"""First-time explanations that a reader has put away: kept in a cookie, as they say nothing of anyone."""

import re

from django.http import HttpRequest, HttpResponse

COOKIE = "hints-away"
_KEY = re.compile(r"[a-z][a-z0-9-]{0,30}")
_MOST = 40


def is_away(request: HttpRequest, key: str) -> bool:
    return key in _kept(request)


def put_away(request: HttpRequest, response: HttpResponse, key: str) -> None:
    """Remembers for a year that this explanation stays closed; a key that no page can have is ignored."""
    if not _KEY.fullmatch(key):
        return
    kept = [*(one for one in _kept(request) if one != key), key][-_MOST:]
    response.set_cookie(
        COOKIE,
        ".".join(kept),
        max_age=365 * 86400,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure(),
    )


def _kept(request: HttpRequest) -> list[str]:
    return [key for key in request.COOKIES.get(COOKIE, "").split(".") if _KEY.fullmatch(key)]
