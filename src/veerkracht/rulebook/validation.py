"""placeholder"""

from veerkracht.rulebook.types import Programme


def require_valid(programme: Programme) -> None:
    """Raise RuleFault naming every fault."""
