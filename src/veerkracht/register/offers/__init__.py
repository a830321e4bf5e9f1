"""Offers: a vacancy, who is next for it, and what they answered."""
