"""A question that is asked all the time, made into SQL once: putting it together takes longer than asking it."""

from collections.abc import Callable
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet

# What a cursor runs: the text, and what is filled in.
Statement = tuple[str, list[Any]]


class Given(Expression):
    """In the rows that a question asks for, a value that is filled in when it is asked."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, *_: Any, **__: Any) -> tuple[str, list[Any]]:
        return "%s", [self]


class Question:
    """Whether there are any rows. `rows` makes them, with a `Given` for each value that is known when it is asked."""

    def __init__(self, rows: Callable[[], QuerySet[Any]]) -> None:
        self._rows = rows
        self._made: dict[str, tuple[str, tuple[Any, ...]]] = {}

    def about(self, **given: Any) -> Statement:
        """The question with its values: a statement that gives a row when there are any rows, and else none."""
        if connection.vendor not in self._made:
            self._made[connection.vendor] = self._rows().query.exists().sql_with_params()
        text, words = self._made[connection.vendor]
        return text, [_filled(one, given) for one in words]


def _filled(word: Any, given: dict[str, Any]) -> Any:
    if not isinstance(word, Given):
        return word
    return word.output_field.get_db_prep_value(given[word.name], connection)
