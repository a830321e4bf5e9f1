"""Places and teams: many programmes on one clock, with the staff that they share."""
