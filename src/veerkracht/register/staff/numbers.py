"""Numbers as people write them, kept in whole units; a point or a comma, and never rounded in silence."""

import re

_WHOLE = re.compile(r"\d{1,7}")
_DECIMAL = re.compile(r"(\d{1,7})(?:[.,](\d+))?")


def whole(text: str) -> int | None:
    """A whole number from 0; None for an empty text. Raises `ValueError` for what is no such number."""
    text = text.strip()
    if not text:
        return None
    if not _WHOLE.fullmatch(text):
        raise ValueError(text)
    return int(text)


def scaled(text: str, decimals: int) -> int | None:
    """A number from 0 with at most so many decimals, in its smallest unit: "12,5" with two is 1250.

    None for an empty text. Raises `ValueError` for what is no such number.
    """
    text = text.strip()
    if not text:
        return None
    found = _DECIMAL.fullmatch(text)
    if found is None or len(found[2] or "") > decimals:
        raise ValueError(text)
    return int(found[1]) * 10**decimals + int((found[2] or "").ljust(decimals, "0"))


def written(value: int | None, decimals: int) -> str:
    """A number in its smallest unit as a file writes it, with a point: 1250 with two is "12.5"; "" for None."""
    if value is None:
        return ""
    before, after = divmod(value, 10**decimals)
    return f"{before}.{after:0{decimals}d}".rstrip("0").rstrip(".")
