"""Where somebody lived on a day: one question for every list, export and count of another day than today."""

from datetime import date, datetime
from typing import Any

from django.db import connection


def area_on(day: str, *, known: str = "", person: str = "r.person_id", now: str = "r.area") -> str:
    """SQL for the code of the municipality in which somebody lived on a day.

    All arguments are SQL: the day, the person's key, and the municipality where they live now. `known`: a moment, after
    which nothing that was written down counts ("": all that is known counts).
    """
    # Of the moves that had not been made by then the first one tells from where they were to leave.
    still_to_come = f"(m.holds_from > {day} OR m.recorded_at > {known})" if known else f"m.holds_from > {day}"
    whose = f"m.person_id = {person} AND {still_to_come}"
    first = f"SELECT m.area_before FROM people_move m WHERE {whose} ORDER BY m.id LIMIT 1"  # noqa: S608  no value is in it  # nosec B608
    return f"coalesce(({first}), {now})"


def area_on_day(
    on: date, known: datetime | None, *, person: str = "r.person_id", now: str = "r.area"
) -> tuple[str, list[Any]]:
    """As `area_on` for one day and moment, with the parameters that its SQL takes."""
    parameters = [connection.ops.adapt_datefield_value(on)]
    if known is None:
        return area_on("%s", person=person, now=now), parameters
    parameters.append(connection.ops.adapt_datetimefield_value(known))
    return area_on("%s", known="%s", person=person, now=now), parameters
