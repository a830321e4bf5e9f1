"""Tables as files that every spreadsheet opens, and none runs."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from numbers import Number
from typing import Any

from django.http import HttpResponse

from veerkracht.register.formulas import guarded as harmless


def csv_file(name: str, heads: Sequence[Any], rows: Iterable[Sequence[Any]]) -> HttpResponse:
    """A download `name`.csv: ISO dates, dots in numbers, nothing for what is not known, no text that is a formula."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    # By this mark a spreadsheet knows that it is UTF-8.
    response.write("\ufeff")
    writer = csv.writer(response)
    writer.writerow([harmless(str(head)) for head in heads])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return response


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    return value if isinstance(value, Number) else harmless(str(value))
