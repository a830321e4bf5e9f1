"""Keeping: who looked, objections, retention, legal hold, right of access and erasure."""
