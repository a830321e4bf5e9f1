"""Holds that a room above this one keeps: they are confirmed and given back there, not here."""

from collections.abc import Callable, Collection

# Raises what is said to who tries, when one of these holds is kept elsewhere.
Guard = Callable[[Collection[int]], None]
_guards: list[Guard] = []


def also(guard: Guard) -> None:
    """Let this guard be asked too. Said once, by `AppConfig.ready`."""
    if guard not in _guards:
        _guards.append(guard)


def check(holds: Collection[int]) -> None:
    """Raise what a guard says of holds that are about to be confirmed or given back."""
    for guard in _guards:
        guard(holds)
