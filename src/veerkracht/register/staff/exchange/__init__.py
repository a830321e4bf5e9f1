"""Figures on staff as files: read from CSV, and written as CSV that is read again."""
