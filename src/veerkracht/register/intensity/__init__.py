"""Care intensity: how heavy the care of residents is, the staff and money for it, and the gap. Queries only."""
