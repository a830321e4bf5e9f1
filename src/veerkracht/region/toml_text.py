"""Writes values as TOML: what a plan file needs, no more."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any


def value(of: object) -> str:
    """A text, flag, number, date, list or table on one line."""
    if isinstance(of, bool):
        return "true" if of else "false"
    if isinstance(of, float):
        return str(int(of)) if of.is_integer() else repr(of)
    if isinstance(of, str):
        # A basic string of TOML is one of JSON, but for a character that no keyboard has.
        return json.dumps(of, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(of, date):
        return of.isoformat()
    if isinstance(of, list | tuple):
        return f"[{', '.join(map(value, of))}]"
    if isinstance(of, Mapping):
        return f"{{ {', '.join(f'{key(name)} = {value(one)}' for name, one in of.items())} }}"
    return str(of)


def key(name: str) -> str:
    return name if name.replace("-", "").replace("_", "").isalnum() and name.isascii() else value(name)


def table(header: str, of: Mapping[str, Any]) -> str:
    """A table under its header ("" for the top of a file), a line for each key."""
    lines = [header] if header else []
    return "\n".join([*lines, *(f"{key(name)} = {value(one)}" for name, one in of.items())]) + "\n"
