"""How a report writes: sentences, numbers, money and days, in Dutch or in English."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from veerkracht.forecast.show import words
from veerkracht.rulebook.types import Text

_DUTCH = str.maketrans(",.", ".,")
_LARGE = 100


@dataclass(frozen=True)
class Writer:
    """Writes in one language: "nl" or "en"."""

    language: str

    def say(self, text: Text, **values: Text | str | int) -> str:
        return text.fill(**values).get(self.language) if values else text.get(self.language)

    def number(self, value: float | None, decimals: int = 0) -> str:
        if value is None:
            return "–"
        written = f"{value:,.{decimals}f}"
        return written if self.language == "en" else written.translate(_DUTCH)

    def any(self, value: float) -> str:
        """A number that may be large or small."""
        if value == round(value) or abs(value) >= _LARGE:
            return self.number(value)
        return self.number(value, 3).rstrip("0")

    def value(self, value: float, kind: str) -> str:
        """A value of a series: number, percent (a share) or money (euro)."""
        if kind == "percent":
            return f"{self.number(100 * value, 1)} %"
        return self.million(value) if kind == "money" else self.number(value)

    def million(self, euro: float) -> str:
        return self.say(words.MILLION, euro=self.number(euro / 1e6, 1))

    def day(self, on: date | None) -> str:
        if on is None:
            return self.say(words.NOT_WITHIN)
        return f"{on:%d/%m/%Y}" if self.language == "en" else f"{on:%d-%m-%Y}"
