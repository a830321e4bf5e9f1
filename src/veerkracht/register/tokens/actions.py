"""Making, using and revoking tokens."""

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from veerkracht.register import clock, constraints
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.register.tokens.models import LONGEST_NAME, Token
from veerkracht.rulebook.types import Text

# So that a lost token is found by those who search leaks for the beginnings of secrets.
PREFIX = "vkr_"
LONGEST_DAYS = 365
MOST_TOKENS = 20
_BYTES = 32


def make(actor: Actor, *, name: str, days: int, may_write: bool = False) -> tuple[Token, str]:
    """A token of the capacity in which the actor acts, and its secret, which nobody sees again.

    `days`: how long it holds, from 1 to 365. Raises `Refused`, and `Invalid` for a name or a number of days that
    can't be.
    """
    require("token.make", actor)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        raise Invalid(_NAME, "name")
    if not 1 <= days <= LONGEST_DAYS:
        raise Invalid(_DAYS, "days")
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    at = clock.now()
    with transaction.atomic(), constraints.said():
        if _live(actor).count() >= MOST_TOKENS:
            raise Invalid(_TOO_MANY, "name")
        made = Token.objects.create(
            user=actor.user,
            membership=actor.membership,
            name=name,
            hash=_hash(secret),
            may_write=may_write,
            made_at=at,
            expires_at=at + timedelta(days=days),
        )
        record(actor, "create", made, detail={"name": name, "days": days, "may_write": may_write})
    return made, secret


def revoke(actor: Actor, id: int) -> Token:
    """End a token of one's own, at once. Raises `Refused`, the same whether it exists or not."""
    require("token.make", actor)
    with transaction.atomic():
        # Two clicks on one button: the second finds it revoked, and nothing is logged twice.
        found = Token.objects.select_for_update().filter(pk=id, user=actor.user_id).first()
        if found is None:
            record(actor, "refused", "token", detail={"asked": str(id)[:20]})
            raise Refused()
        if found.revoked_at is None:
            found.revoked_at = clock.now()
            found.save(update_fields=["revoked_at"])
            record(actor, "change", found, detail={"revoked": found.name})
    return found


def own_tokens(actor: Actor) -> list[Token]:
    """The tokens that an actor made and that still work, last first. Raises `Refused`."""
    require("token.make", actor)
    return list(_live(actor).select_related("membership__organisation").order_by("-id"))


def find(secret: str) -> Token | None:
    """The token with this secret, with its user and capacity; None when it doesn't exist or no longer works.

    Found by its hash: what is compared tells nothing about the secret, however long it takes.
    """
    if not secret.startswith(PREFIX):
        return None
    found = (
        Token.objects.filter(hash=_hash(secret), revoked_at=None, expires_at__gt=clock.now())
        .select_related("user")
        .first()
    )
    return found if found and found.user.is_active else None


def _live(actor: Actor):
    return Token.objects.filter(user=actor.user_id, revoked_at=None, expires_at__gt=clock.now())


def _hash(secret: str) -> str:
    # 256 random bits can't be guessed: they need no slow hash, as a password does.
    return hashlib.sha256(secret.encode()).hexdigest()


_NAME = Text(
    f"Geef het token een naam van 1 tot {LONGEST_NAME} tekens.",
    f"Give the token a name of 1 to {LONGEST_NAME} characters.",
)
_DAYS = Text(f"Een token geldt 1 tot {LONGEST_DAYS} dagen.", f"A token holds for 1 to {LONGEST_DAYS} days.")
_TOO_MANY = Text(
    f"U hebt al {MOST_TOKENS} tokens: trek er eerst een in.",
    f"You have {MOST_TOKENS} tokens already: revoke one first.",
)
