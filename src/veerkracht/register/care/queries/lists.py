"""The list, a page at a time: filtered, searched, sorted, as it stands or as of a day."""

import heapq
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Any

import polars as pl
from django.db.models import QuerySet

from veerkracht.register import clock
from veerkracht.register.care.access import list_requests
from veerkracht.register.care.models import Request
from veerkracht.register.care.models.requests import LAST_DATE, LAST_GROUP
from veerkracht.register.care.queries import as_of
from veerkracht.register.care.queries.filters import ListFilters, in_columns, in_database
from veerkracht.register.care.queries.paging import Beyond, Cursor, Sort, cursor
from veerkracht.register.care.queries.rows import NO_TURN, OF_PERSON, OF_TURN, STORED, Row, rows
from veerkracht.register.care.queries.seen import seen
from veerkracht.register.errors import Invalid
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person
from veerkracht.rulebook.types import Text

SORTS: dict[str, tuple[str, ...]] = {
    "order": ("order_group", "order_date", "id"),
    "request_date": ("request_date", "id"),
    "amount": ("asked_more", "id"),
    "area": ("area", "order_group", "order_date", "id"),
    "name": ("person__search_name", "id"),
}
# A page is never longer, whatever is asked.
_LONGEST = 500


@dataclass(frozen=True)
class Page:
    """`rows` in the list's sequence; the cursors are empty at the list's ends. `on`, `known`: of which day."""

    rows: tuple[Row, ...]
    next_cursor: str
    previous_cursor: str
    on: date
    known: date | None


def list_page(actor: Actor, filters: ListFilters, cursor_text: str = "") -> Page:
    """A page of the requests that an actor may see. The look is logged.

    Raises `Refused`, and `Invalid` for a filter or cursor that isn't one.
    """
    sort = _sort(filters)
    start = cursor(cursor_text, sort)
    verb = "search" if filters.search.strip() else "list"
    requests = list_requests(actor, filters.programme, verb=verb, detail=_detail(filters))
    today = clock.today()
    size = min(max(filters.size, 1), _LONGEST)
    if filters.as_of:
        table = as_of.snapshot(filters.programme, filters.on or today, filters.known)
        table = seen(table, actor, filters.programme)
        return _page_as_of(table, filters, sort, start, size, today)
    keys = _keys(in_database(requests, filters, today), filters, sort, start, size + 1)
    shown, next_, previous = _ends(keys, sort, start, size)
    facts = _facts(shown)
    return Page(rows(filters.programme, facts, today), next_, previous, today, None)


def _sort(filters: ListFilters) -> Sort:
    """By name when names are searched: the sequence in which they are found. A fixed value needs no key."""
    by_name = filters.search.strip() and not filters.as_of
    if filters.sort not in SORTS:
        raise Invalid(
            Text(
                nl=f"Op “{filters.sort}” kan de lijst niet gesorteerd worden.",
                en=f"The list can't be sorted by “{filters.sort}”.",
            ),
            "sort",
        )
    fixed = {"order_group"} if len(filters.groups) == 1 else set()
    if filters.areas is not None and len(filters.areas) == 1:
        fixed.add("area")
    keys = SORTS["name"] if by_name else SORTS[filters.sort]
    return Sort(tuple(key for key in keys if key not in fixed), filters.descending)


def _detail(filters: ListFilters) -> dict[str, Any]:
    """What was looked for, for the log: only what was filled in."""
    asked = {name: getattr(filters, name) for name in ListFilters.__dataclass_fields__}
    return {
        name: str(value) if isinstance(value, date) else value
        for name, value in asked.items()
        if value and name not in ("programme", "size", "sort", "descending")
    }


def _keys(
    requests: QuerySet[Request], filters: ListFilters, sort: Sort, start: Cursor | None, most: int
) -> list[tuple]:
    """The sort keys of the next rows: from one index, a query per state, merged."""
    backward = bool(start and start.backward)
    downward = sort.descending != backward
    states = filters.all_states
    if sort.keys[0] == "order_group" and filters.groups:
        # Where the index begins and ends: the groups themselves are compared row by row.
        groups = filters.order_groups
        requests = requests.filter(order_group__gte=min(groups), order_group__lte=max(groups))
    if sort.keys[0] == "person__search_name":
        queries = [requests.filter(state__in=states)]
    else:
        queries = [requests.filter(state=state) for state in states]
    found = [_after(query, sort, start, downward)[:most] for query in queries]
    merged = heapq.merge(*found, reverse=downward)
    return list(islice(merged, most))


def _after(query: QuerySet[Request], sort: Sort, start: Cursor | None, downward: bool) -> QuerySet:
    if start:
        query = query.filter(Beyond(sort.keys, start.values, "<" if downward else ">"))
        # A lower bound that the index of the first key alone can start at.
        query = query.filter(**{f"{sort.keys[0]}__{'lte' if downward else 'gte'}": start.values[0]})
    sign = "-" if downward else ""
    return query.order_by(*(sign + key for key in sort.keys)).values_list(*sort.keys)


def _ends(keys: Sequence[tuple], sort: Sort, start: Cursor | None, size: int) -> tuple[list[tuple], str, str]:
    """The keys of the page in the list's sequence, and the cursors to the pages after and before it."""
    shown, more = list(keys[:size]), len(keys) > size
    backward = bool(start and start.backward)
    if backward:
        shown.reverse()
    after = shown and (more or backward)
    before = shown and (more if backward else start is not None)
    if backward:
        after, before = bool(shown), more and bool(shown)
    next_ = Cursor(shown[-1]).text() if after else ""
    previous = Cursor(shown[0], backward=True).text() if before else ""
    return shown, next_, previous


def _facts(keys: Sequence[tuple]) -> list[dict[str, Any]]:
    """What a row shows, in the sequence of the keys (found through the gate); who went in between is left out."""
    ids = [key[-1] for key in keys]
    # By id alone: with more to go by, SQLite may choose an index that holds the whole programme.
    found = {
        row["id"]: row for row in Request.objects.filter(pk__in=ids).values(*STORED, *OF_PERSON, *OF_TURN)
    }
    return [found[id] for id in ids if id in found]


def _page_as_of(
    table: pl.DataFrame,
    filters: ListFilters,
    sort: Sort,
    start: Cursor | None,
    size: int,
    today: date,
) -> Page:
    on = filters.on or today
    table = _with_keys(in_columns(table, filters, today), sort)
    if start:
        table = table.filter(_beyond(sort, start))
    downward = sort.descending != bool(start and start.backward)
    table = table.sort(sort.keys, descending=downward).head(size + 1)
    shown, next_, previous = _ends(table.select(sort.keys).rows(), sort, start, size)
    facts = {row["id"]: row for row in table.to_dicts()}
    people = {row["id"]: row for row in Request.objects.filter(pk__in=list(facts)).values("id", *OF_PERSON)}
    wanted = [key[-1] for key in shown]
    known = [{**NO_TURN, **facts[id], **people[id]} for id in wanted if id in people]
    return Page(rows(filters.programme, known, on), next_, previous, on, filters.known)


def _with_keys(table: pl.DataFrame, sort: Sort) -> pl.DataFrame:
    """The columns that the database keeps for sorting, computed the same way."""
    micropoints = (pl.col("points") - pl.col("points_held")) * 1_000_000
    table = table.with_columns(
        pl.col("priority_group").replace(0, LAST_GROUP).alias("order_group"),
        pl.col("priority_date").fill_null(LAST_DATE).alias("order_date"),
        micropoints.round().cast(pl.Int64).alias("asked_more"),
    )
    if "person__search_name" not in sort.keys:
        return table
    names = Person.objects.filter(requests__in=table.get_column("id").to_list()).values_list(
        "pk", "search_name"
    )
    known = pl.DataFrame(
        list(set(names)), {"person": pl.Int64, "person__search_name": pl.String}, orient="row"
    )
    return table.join(known, on="person", how="left")


def _beyond(sort: Sort, start: Cursor) -> pl.Expr:
    downward = sort.descending != start.backward
    after = pl.lit(value=False)
    for key, value in reversed(list(zip(sort.keys, start.values, strict=True))):
        column = pl.col(key)
        after = (column < value if downward else column > value) | ((column == value) & after)
    return after
