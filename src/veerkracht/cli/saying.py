"""What a command says in one line: what is going on, or why it can't go on."""

import sys

from veerkracht.rulebook.errors import Fault


class CommandError(Fault):
    """What a command says when it can't do what was asked: one line that a person understands."""


def say(text: str) -> None:
    """A line about what is going on. On stderr, so that results can be piped."""
    print(text, file=sys.stderr, flush=True)
