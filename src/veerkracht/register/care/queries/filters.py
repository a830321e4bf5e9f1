"""What a list can be filtered by: the same words for the list as it stands and for the list as of a day."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import polars as pl
from django.db import connection
from django.db.models import CharField, IntegerField, Q, QuerySet
from django.db.models.functions import Cast

from veerkracht.register.care.models import LIVE_STATES, STATES, Request
from veerkracht.register.care.models.requests import LAST_GROUP
from veerkracht.register.errors import Invalid
from veerkracht.register.people import areas
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import plain
from veerkracht.rulebook.types import Text

_NUMBER = re.compile(r"([VP])?-?(\d{1,9})", re.IGNORECASE)
# More people than this share the beginning of a name: it says too little to search a list of another day by.
_MOST_PEOPLE = 5_000


@dataclass(frozen=True)
class ListFilters:
    """Which requests, in which sequence. Empty means: no matter.

    `states`: names of states; ("live",) and ("all",) stand for several. `groups`: priority groups, 0 = none yet.
    `municipality`, `zone`, `region`, `province`: codes; together they mean the areas that are in all of them.
    `overdue`: granted, and the last day to start has passed. `search`: a number, or the beginning of a name,
    family name first.
    `sort`: order, request_date, amount, area or name. `on`, `known`: the list of that day, as known on that day.
    """

    programme: str
    states: tuple[str, ...] = ("waiting",)
    groups: tuple[int, ...] = ()
    municipality: str = ""
    zone: str = ""
    region: str = ""
    province: str = ""
    kind: str = ""
    category: str = ""
    route: str = ""
    overdue: bool = False
    search: str = ""
    sort: str = "order"
    descending: bool = False
    on: date | None = None
    known: date | None = None
    size: int = 50

    @property
    def all_states(self) -> tuple[str, ...]:
        if self.overdue:
            return ("granted",)
        names = {"live": LIVE_STATES, "all": STATES}
        wanted = [state for name in self.states for state in names.get(name, [name])]
        for state in wanted:
            if state not in STATES:
                raise _unknown("states", state)
        return tuple(dict.fromkeys(wanted))

    @property
    def order_groups(self) -> tuple[int, ...]:
        return tuple(group or LAST_GROUP for group in self.groups)

    @cached_property
    def areas(self) -> tuple[str, ...] | None:
        """The municipalities asked for; None when any will do."""
        sets = [set(areas.codes(kind, getattr(self, kind))) for kind in areas.SETS if getattr(self, kind)]
        return tuple(sorted(set.intersection(*sets))) if sets else None

    @property
    def as_of(self) -> bool:
        return self.on is not None or self.known is not None


def in_database(requests: QuerySet[Request], filters: ListFilters, today: date) -> QuerySet[Request]:
    """The requests that meet all filters but the state, which is chosen per query.

    Where several values will do they are compared by an expression: the database then walks along the index in the
    list's own sequence, and stops when the page is full, instead of sorting all that fit.
    """
    if filters.areas is not None:
        requests = _one_of(requests, "area", filters.areas, CharField())
    if filters.groups:
        requests = _one_of(requests, "order_group", filters.order_groups, IntegerField())
    for name in ("kind", "category"):
        if getattr(filters, name):
            requests = requests.filter(**{name: getattr(filters, name)})
    if filters.route:
        requests = requests.exclude(route="").filter(route=filters.route)
    if filters.overdue:
        requests = requests.filter(respond_by__lt=today)
    return requests.filter(_search(filters.search)) if filters.search.strip() else requests


def in_columns(table: pl.DataFrame, filters: ListFilters, today: date) -> pl.DataFrame:
    """As `in_database`, states included, for the list of a day."""
    wanted = [pl.col("state").is_in(filters.all_states)]
    if filters.areas is not None:
        wanted.append(pl.col("area").is_in(filters.areas))
    if filters.groups:
        wanted.append(pl.col("priority_group").is_in(filters.groups))
    for name in ("kind", "category", "route"):
        if getattr(filters, name):
            wanted.append(pl.col(name) == getattr(filters, name))
    if filters.overdue:
        wanted.append(pl.col("respond_by") < (filters.on or today))
    if filters.search.strip():
        wanted.append(_found(filters.search))
    return table.filter(*wanted)


def _one_of(requests: QuerySet[Request], name: str, values: tuple, field: object) -> QuerySet[Request]:
    if len(values) == 1:
        return requests.filter(**{name: values[0]})
    return requests.alias(**{f"{name}_is": Cast(name, field)}).filter(**{f"{name}_is__in": values})


def searched_number(text: str) -> tuple[str, str] | None:
    """A searched text as the numbers it may be: of a request and of a person; "" where it can't be one."""
    match = _NUMBER.fullmatch(text.strip())
    if not match:
        return None
    letter, digits = (match.group(1) or "").upper(), int(match.group(2))
    request = f"V-{digits:07d}" if letter in ("", "V") else ""
    person = f"P-{digits:07d}" if letter in ("", "P") else ""
    return request, person


def _search(text: str) -> Q:
    numbers = searched_number(text)
    if not numbers:
        return _names(text, "person__")
    request, person = numbers
    # Two unique keys, looked up one by one: an OR over both would read the whole list.
    ids = {*Request.objects.filter(number=request).values_list("pk", flat=True)} if request else set()
    if person:
        ids |= {*Request.objects.filter(person__number=person).values_list("pk", flat=True)}
    return Q(pk__in=sorted(ids))


def _names(text: str, prefix: str) -> Q:
    """People whose name begins so; of several words the last may also be the family name."""
    words = plain(text).split()
    if not words:
        raise _unknown("search", text)
    sequences = {" ".join(words), " ".join([words[-1], *words[:-1]])}
    found = Q()
    for beginning in sorted(sequences):
        found |= _begins_with(f"{prefix}search_name", beginning)
    return found


def _begins_with(name: str, beginning: str) -> Q:
    if connection.vendor == "postgresql":
        return Q(**{f"{name}__startswith": beginning})
    # SQLite's LIKE with an escape can't use the index; a range of its bytewise sequence can.
    return Q(**{f"{name}__gte": beginning, f"{name}__lt": beginning + "\U0010ffff"})


def _found(text: str) -> pl.Expr:
    numbers = searched_number(text)
    people = Person.objects.filter(Q(number=numbers[1]) if numbers else _names(text, ""))
    ids = list(people.values_list("pk", flat=True)[: _MOST_PEOPLE + 1])
    if len(ids) > _MOST_PEOPLE:
        raise Invalid(
            Text(
                nl=f"Meer dan {_MOST_PEOPLE} namen beginnen zo. Typ meer letters.",
                en=f"More than {_MOST_PEOPLE} names begin like that. Type more letters.",
            ),
            "search",
        )
    own = pl.col("person").is_in(ids)
    return own | (pl.col("number") == numbers[0]) if numbers else own


def _unknown(field: str, value: str) -> Invalid:
    return Invalid(Text(nl=f"“{value}” is geen keuze hier.", en=f"“{value}” is not a choice here."), field)
