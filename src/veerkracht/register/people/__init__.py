"""Persons, organisations, who works where in which role, and how a person signs in."""
