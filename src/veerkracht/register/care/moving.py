"""What else changes when somebody moves house: a room above this one that keeps something of them says so when it is
loaded. It runs in the transaction of the move.
"""

from collections.abc import Callable

from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Move

# The move that was written, and who says so.
Moved = Callable[[Move, Actor], None]
_followers: list[Moved] = []


def also(follow: Moved) -> None:
    """Let this follow too. Said once, by `AppConfig.ready`."""
    if follow not in _followers:
        _followers.append(follow)


def follow_all(move: Move, by: Actor) -> None:
    """Let all who asked for it follow a move, in the same transaction."""
    for follow in _followers:
        follow(move, by)
