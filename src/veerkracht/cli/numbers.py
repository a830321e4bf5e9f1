"""Numbers, ranges and days in the tables of commands, as the language writes them."""

from datetime import date


def number(value: float, language: str, decimals: int = 0) -> str:
    """A number without a minus before nothing: 1,234.5 in English, 1.234,5 in Dutch."""
    written = f"{round(value, decimals) + 0.0:,.{decimals}f}"
    return written if language == "en" else written.translate(str.maketrans(",.", ".,"))


def spread(middle: float, low: float, high: float, language: str, decimals: int = 0) -> str:
    """A middle and the range around it."""
    ends = (number(one, language, decimals) for one in (middle, low, high))
    return "{} ({} – {})".format(*ends)


def day(on: date) -> str:
    """A day as the pages write it: 31-12-2023."""
    return f"{on:%d-%m-%Y}"
