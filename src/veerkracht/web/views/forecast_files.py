"""A forecast to take along: every number as CSV or JSON, or a report that stands alone."""

import json
from collections.abc import Callable, Iterator
from typing import Any

from django.http import HttpResponse

from veerkracht import region
from veerkracht.forecast import QUANTILES
from veerkracht.forecast.hindcast.track import track_record
from veerkracht.forecast.show import report
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import words
from veerkracht.web.spreadsheets import csv_file

_NUMBERS = (*QUANTILES, "mean")


def take(form: str, found: Answer) -> HttpResponse | None:
    """The answer as a file; None for a form that isn't there."""
    return _MADE[form](found) if form in _MADE else None


def _name(found: Answer) -> str:
    beside = f"-{found.against.plan.id}" if found.against else ""
    return f"forecast-{found.one.plan.id}{beside}-{found.one.start.isoformat()}"


def _file(found: Answer, ending: str, content_type: str, content: str | bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.{ending}"'
    return response


def _csv(found: Answer) -> HttpResponse:
    return csv_file(_name(found), ["plan", "against", "series", "date", *_NUMBERS], _rows(found))


def _rows(found: Answer) -> Iterator[list[Any]]:
    """One row a plan, series and date; of the difference `against` names the plan that is taken off."""
    parts: list[tuple[str, str, Any]] = [(found.one.plan.id, "", found.one)]
    if found.against and found.difference:
        parts.append((found.against.plan.id, "", found.against))
        parts.append((found.one.plan.id, found.against.plan.id, found.difference))
    for plan, against, part in parts:
        for row in part.series().iter_rows(named=True):
            yield [plan, against, row["series"], row["date"], *(round(row[name], 2) for name in _NUMBERS)]


def _json(found: Answer) -> HttpResponse:
    told = found.one.plain()
    if found.against and found.difference:
        told |= {"against": found.against.plain(), "difference": found.difference.plain()}
    content = json.dumps(told, ensure_ascii=False, indent=1)
    return _file(found, "json", "application/json; charset=utf-8", content)


def _html(found: Answer) -> HttpResponse:
    return _file(found, "html", "text/html; charset=utf-8", report.html(_told(found)))


def _pdf(found: Answer) -> HttpResponse:
    return _file(found, "pdf", "application/pdf", report.pdf_file(_told(found)))


def _told(found: Answer) -> report.Told:
    return report.told(
        found.one, found.against, words.language(), found.region, track_record(region.current())
    )


_MADE: dict[str, Callable[[Answer], HttpResponse]] = {"pdf": _pdf, "html": _html, "csv": _csv, "json": _json}
TAKES = tuple(_MADE)
