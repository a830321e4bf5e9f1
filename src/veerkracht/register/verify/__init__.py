"""Proves that what is kept for speed equals what it rests on, and that nothing is there that must never be."""

from veerkracht.register.documents import checks as documents
from veerkracht.register.verify import (
    assessments,
    care,
    crisis,
    database,
    keeping,
    lists,
    log,
    money,
    offers,
    payments,
    published,
    quality,
    residence,
    results,
    roles,
    sharing,
    shelter,
    staff,
    supply,
)
from veerkracht.register.verify.invariant import Broken, Check

__all__ = ["Broken", "invariants", "run"]

# How many of what is wrong are named; how many there are is always said.
_SHOWN = 10
_SUBJECTS = (
    database,
    care,
    money,
    payments,
    quality,
    assessments,
    residence,
    results,
    published,
    supply,
    crisis,
    shelter,
    lists,
    offers,
    staff,
    roles,
    sharing,
    documents,
    log,
    keeping,
)


def run() -> list[Broken]:
    """Check every invariant; an empty list when all hold."""
    found = []
    for name, (text, check) in invariants().items():
        where = list(check())
        if where:
            found.append(Broken(name, text, len(where), tuple(where[:_SHOWN])))
    return found


def invariants() -> dict[str, Check]:
    """Every invariant by name: what it says, and a function that gives where it is broken."""
    return {name: check for subject in _SUBJECTS for name, check in subject.checks().items()}
