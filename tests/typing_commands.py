"""Commands of `veerkracht` as somebody types them."""

from collections.abc import Callable
from typing import Any

from veerkracht.cli import group
from veerkracht.cli.output import exit_code_of

Typed = Callable[..., tuple[int, str, str]]


def typing(capsys: Any, *first: str) -> Typed:
    """Types a command that begins with some words; gives its exit code, and what it prints on stdout and stderr."""

    def typed(*words: str) -> tuple[int, str, str]:
        code = exit_code_of(lambda: group.main([*first, *words], "veerkracht", standalone_mode=False))
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return typed
