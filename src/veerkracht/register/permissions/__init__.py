"""Who may do what: the matrix as data, an actor's relation to a case, and the question that every gate asks."""

from .asking import EVERY_PROGRAMME, fields, may, only_looks, require, which, why
from .relations import Case, case_of
from .scope import Paths, kept_from, lists_by_area, people_scope, restricted, scope, sees_region

__all__ = [
    "EVERY_PROGRAMME",
    "Case",
    "Paths",
    "case_of",
    "fields",
    "kept_from",
    "lists_by_area",
    "may",
    "only_looks",
    "people_scope",
    "require",
    "restricted",
    "scope",
    "sees_region",
    "which",
    "why",
]
