"""A forecast to take along: every number as CSV or JSON, or a report that stands alone."""

import csv
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from veerkracht import region
from veerkracht.forecast import QUANTILES
from veerkracht.forecast.hindcast.track import track_record
from veerkracht.forecast.show import report
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.web import words
from veerkracht.web.spreadsheets import harmless

_NUMBERS = (*QUANTILES, "mean")


def take(form: str, found: Answer) -> HttpResponse | None:
    """The answer as a file; None for a form that isn't there."""
    if form not in _MADE:
        return None
    response = HttpResponse(content_type=_MADE[form][0])
    response["Content-Disposition"] = f'attachment; filename="{_name(found)}.{form}"'
    _MADE[form][1](found, response)
    return response


def _name(found: Answer) -> str:
    beside = f"-{found.against.plan.id}" if found.against else ""
    return f"forecast-{found.one.plan.id}{beside}-{found.one.start.isoformat()}"


def _csv(found: Answer, to: HttpResponse) -> None:
    """One row a plan, series and date; of the difference `against` names the plan that is taken off."""
    to.write("\ufeff")
    writer = csv.writer(to)
    writer.writerow(["plan", "against", "series", "date", *_NUMBERS])
    parts: list[tuple[str, str, Any]] = [(found.one.plan.id, "", found.one)]
    if found.against and found.difference:
        parts.append((found.against.plan.id, "", found.against))
        parts.append((found.one.plan.id, found.against.plan.id, found.difference))
    for plan, against, part in parts:
        for row in part.series().iter_rows(named=True):
            writer.writerow(
                [
                    harmless(plan),
                    harmless(against),
                    row["series"],
                    row["date"],
                    *(round(row[name], 2) for name in _NUMBERS),
                ]
            )


def _json(found: Answer, to: HttpResponse) -> None:
    told = found.one.plain()
    if found.against and found.difference:
        told |= {"against": found.against.plain(), "difference": found.difference.plain()}
    to.write(json.dumps(told, ensure_ascii=False, indent=1))


def _html(found: Answer, to: HttpResponse) -> None:
    to.write(report.html(_told(found)))


def _pdf(found: Answer, to: HttpResponse) -> None:
    to.write(report.pdf_file(_told(found)))


def _told(found: Answer) -> report.Told:
    return report.told(
        found.one, found.against, words.language(), found.region, track_record(region.current())
    )


_MADE: dict[str, tuple[str, Callable[[Answer, HttpResponse], None]]] = {
    "pdf": ("application/pdf", _pdf),
    "html": ("text/html; charset=utf-8", _html),
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json; charset=utf-8", _json),
}
TAKES = tuple(_MADE)
