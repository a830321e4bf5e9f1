"""The JSON interface: /api/v1/. Thin, as the pages are: gates, queries and actions of the register, no rule."""
