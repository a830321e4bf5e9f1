"""Who keeps more of a stay than its place: a room above this one says so when it is loaded.

A place in which such a stay goes on comes back when that room ends the stay, and not by itself.
"""

from collections.abc import Callable

# Whether a stay in the place of this hold goes on, as far as a room knows.
Keeper = Callable[[int], bool]
_keepers: list[Keeper] = []


def also(keeper: Keeper) -> None:
    """Ask this room too. Said once, by `AppConfig.ready`."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def is_kept(hold: int) -> bool:
    """Whether somebody lives in the place of a hold, whose stay must end first."""
    return any(keeper(hold) for keeper in _keepers)
