"""The crisis desk: calls, searches for a safe place tonight, and what was found or not."""
