"""Who may do what: the matrix as data, an actor's relation to a case, and the question that every gate asks."""

from .asking import fields, may, require
from .relations import Case, case_of
from .scope import people_scope, restricted, scope, seen_in, sees_all

__all__ = [
    "Case",
    "case_of",
    "fields",
    "may",
    "people_scope",
    "require",
    "restricted",
    "scope",
    "seen_in",
    "sees_all",
]
