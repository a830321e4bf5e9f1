"""How a test looks at a page: as somebody who is signed in, and at its words."""

import re
from typing import Any

from django.test import Client

from veerkracht.register.people.actors import Actor


def client_of(actor: Actor) -> Client:
    """A browser in which the user of an actor is signed in."""
    client = Client()
    client.force_login(actor.user)
    return client


def text_of(response: Any) -> str:
    """The words of a page, without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
