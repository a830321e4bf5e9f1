"""Veerkracht runs the care and welfare system of a region, and shows where its next euro leads."""
