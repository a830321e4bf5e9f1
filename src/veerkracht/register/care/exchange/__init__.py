"""Requests in and out of the register as files: CSV and Parquet (docs/import-export.md)."""
