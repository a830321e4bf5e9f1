"""Limits on guessing, counted over all processes: failures only, and never so that one's guesses lock out another.

An account is counted per address from which it is tried, and once more over all devices that never signed in to it.
A device that did carries a signed cookie and has a count of its own.
"""

import secrets
from collections.abc import Callable
from typing import TypeVar

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from veerkracht.register.errors import Refused
from veerkracht.rulebook.types import Text

# The prefix keeps a cookie from being set by another host of the domain; browsers allow it by https only.
COOKIE = "__Host-device" if settings.SESSION_COOKIE_SECURE else "device"
_SALT = "veerkracht.device"
_KEPT_FOR = 180 * 24 * 3600
_ACCOUNTS_PER_DEVICE = 5
_ADDRESS, _PAIR, _ACCOUNT = "sign-in-address", "sign-in-pair", "sign-in-account"

Found = TypeVar("Found")


class TooMany(Refused):
    """Too many wrong attempts; says the same whether the account exists or not."""

    TEXT = Text(
        nl="Te veel pogingen. Wacht enkele minuten en probeer het opnieuw.",
        en="Too many attempts. Wait a few minutes and try again.",
    )

    def __init__(self) -> None:
        super().__init__(self.TEXT)


def guarded(request: HttpRequest, account: str, check: Callable[[], Found | None]) -> Found | None:
    """What `check` finds for an account (a user name, the number of a code); None is a failure, and counted.

    Raises `TooMany` without checking when there were too many failures.
    """
    address = get_adapter().get_client_ip(request)
    account = account.strip().lower()
    counts = [(_ADDRESS, address), *_counts_of(request, account, address)]
    if not all(ratelimit.consume(request, action=action, key=key, dry_run=True) for action, key in counts):
        raise TooMany()
    found = check()
    if found is None:
        for action, key in counts:
            ratelimit.consume(request, action=action, key=key)
    return found


def remember_device(request: HttpRequest, response: HttpResponse, account: str) -> None:
    """This device signed in to an account: others' failures no longer count against it."""
    device, marks = _device(request)
    mark = _mark(account)
    marks = [mark, *(one for one in marks if one != mark)][:_ACCOUNTS_PER_DEVICE]
    response.set_cookie(
        COOKIE,
        signing.dumps([device or secrets.token_urlsafe(16), marks], salt=_SALT),
        max_age=_KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _counts_of(request: HttpRequest, account: str, address: str) -> list[tuple[str, str]]:
    device, marks = _device(request)
    if _mark(account) in marks:
        return [(_PAIR, f"{account} {device}")]
    return [(_PAIR, f"{account} {address}"), (_ACCOUNT, account)]


def _device(request: HttpRequest) -> tuple[str, list[str]]:
    try:
        device, marks = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_KEPT_FOR)
    except signing.BadSignature:
        return "", []
    return device, marks


def _mark(account: str) -> str:
    """An account as a cookie names it: without saying which it is."""
    return salted_hmac(_SALT, account.strip().lower(), algorithm="sha256").hexdigest()[:16]
