"""A form that opens something with a code: guessed no more often than somebody signs in."""

from typing import Any

from django.http import HttpRequest

from veerkracht.register.people.actors import Actor
from veerkracht.web.identity import attempts
from veerkracht.web.views.sharing import done


def opened(request: HttpRequest, actor: Actor, form: Any, field: str) -> bool:
    """Whether a form did what it asks with the code in its `field`; each failure counts against whoever tries."""
    if not form.is_valid():
        return False
    try:
        did = attempts.guarded(request, f"code by {actor.user_id}", lambda: done(form) or None)
    except attempts.TooMany as refusal:
        form.add_error(field, str(refusal))
        return False
    return bool(did)
