"""Which numbers a region uses (of people, enterprises, bank accounts), and their check digits.

By the schemes of python-stdnum: a country and a kind, as “be.nn”, or a kind that all countries share, as “iban”.
"""

from __future__ import annotations

import importlib
import re
from datetime import date
from types import ModuleType

from stdnum.exceptions import ValidationError

from veerkracht.region.reader import Reader

_SCHEME = re.compile(r"([a-z]{2}\.)?[a-z_]+")


def read_schemes(reader: Reader, key: str) -> tuple[str, ...]:
    """The schemes under a key of region.toml, such as "be.nn"; none where the region uses no such number."""
    found = reader.strings(key, required=False)
    for place, scheme in enumerate(found):
        if not hasattr(_module(scheme), "validate"):
            expected = "a scheme of python-stdnum, such as “be.nn”"
            reader.fault((key, place), "There is no such number scheme.", scheme, expected)
    return found


def checked(schemes: tuple[str, ...], text: str) -> str | None:
    """The number as it is written without blanks and signs; None when by no scheme its check digits are right."""
    for scheme in schemes:
        validate = getattr(_module(scheme), "validate", None)
        try:
            if validate:
                return str(validate(text))
        except ValidationError:
            continue
    return None


def birth_date_in(schemes: tuple[str, ...], number: str) -> date | None:
    """The birth date that a checked number tells; None when its scheme tells none, or it is not known."""
    for scheme in schemes:
        read = getattr(_module(scheme), "get_birth_date", None)
        try:
            found = read(number) if read else None
        except ValidationError:
            continue
        if isinstance(found, date):
            return found
    return None


def _module(scheme: str) -> ModuleType:
    """The module of a scheme; an empty one for a name that is none."""
    try:
        return (
            importlib.import_module(f"stdnum.{scheme}") if _SCHEME.fullmatch(scheme) else ModuleType("none")
        )
    except ImportError:
        return ModuleType("none")
