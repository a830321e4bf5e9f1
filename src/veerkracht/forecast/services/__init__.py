"""Places and teams: many programmes on one clock, with the staff that they share."""

from veerkracht.forecast.services.turn import TurnRange, turn_at

__all__ = ["TurnRange", "turn_at"]
