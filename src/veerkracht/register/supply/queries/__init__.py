"""What a page reads of places: `places`."""
