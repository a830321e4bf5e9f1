"""Results: what measures set out to do, what is reported of it, and who confirmed that."""
