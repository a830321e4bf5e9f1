"""What can be asked of a forecast that it can't do; each says what to change."""

from veerkracht.rulebook.errors import Fault


class ForecastFault(Fault):
    """A forecast can't be made as asked."""
