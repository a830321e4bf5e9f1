"""Paging by key: a page goes on from a row, in both directions, and never counts or skips."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, F, Func, Value

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

DATES = ("order_date", "request_date")


@dataclass(frozen=True)
class Sort:
    """The columns a list is sorted by, all in one direction; the last is the id, so that it is total."""

    keys: tuple[str, ...]
    descending: bool = False


@dataclass(frozen=True)
class Cursor:
    """A row to go on from: its values of the sort's keys. `backward`: the page before it instead of after."""

    values: tuple[Any, ...]
    backward: bool = False

    def text(self) -> str:
        """As it stands in an address."""
        values = [value.isoformat() if isinstance(value, date) else value for value in self.values]
        return base64.urlsafe_b64encode(json.dumps([self.backward, *values]).encode()).decode().rstrip("=")


def cursor(text: str, sort: Sort) -> Cursor | None:
    """The cursor of an address; None for the first page. Raises `Invalid` for one that isn't of this sort."""
    if not text:
        return None
    try:
        backward, *values = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        return Cursor(
            tuple(_value(key, value) for key, value in zip(sort.keys, values, strict=True)), bool(backward)
        )
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid(
            Text(
                nl="Deze bladzijde van de lijst bestaat niet. Begin weer bij de eerste.",
                en="There is no such page of the list. Start again at the first.",
            ),
            "cursor",
        ) from error


def _value(key: str, value: Any) -> Any:
    if key in DATES:
        return date.fromisoformat(value)
    if key in ("id", "order_group", "asked_more"):
        return int(value)
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


class Beyond(Func):
    """`(a, b, c) > (1, 2, 3)`: rows after a row, as one comparison that an index can start at."""

    output_field = BooleanField()

    def __init__(self, keys: Sequence[str], values: Sequence[Any], sign: str):
        super().__init__(*(F(key) for key in keys), *(Value(value) for value in values))
        self.sign = sign

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:
        compiled = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(compiled) // 2
        left, right = (", ".join(sql for sql, _ in part) for part in (compiled[:half], compiled[half:]))
        parameters = [value for _, values in compiled for value in values]
        return f"({left}) {self.sign} ({right})", parameters
