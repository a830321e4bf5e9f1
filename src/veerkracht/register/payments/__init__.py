"""Payments: orders released in steps, sent to the bank as a file, and paid only when the bank says so."""
