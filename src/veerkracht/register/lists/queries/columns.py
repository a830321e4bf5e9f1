"""A home's list as columns: all that its own rules may name, one row an entry that waits on it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
from django.db.models import Q

from veerkracht.register import clock
from veerkracht.register.assessments.queries.results import latest
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.frames import Out, frame
from veerkracht.register.lists import rules
from veerkracht.register.lists.models import Entry
from veerkracht.register.people import areas
from veerkracht.register.people.moves import area_on
from veerkracht.register.residence.models import Residence
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.home_rules import OF_ENTRY, OF_HOME

_OUT = (
    Out("id", "e.id", pl.Int64()),
    Out("service", "e.service_id", pl.Int64()),
    Out("request", "r.id", pl.Int64()),
    Out("person", "r.person_id", pl.Int64()),
    Out("bundle", "coalesce(r.bundle, r.id)", pl.Int64()),
    # Live requests that come together: who of them is not on this list keeps the others from an offer here.
    Out(
        "bundle_size",
        "CASE WHEN r.bundle IS NULL THEN 1 ELSE (SELECT count(*) FROM care_request o "
        "WHERE o.bundle = r.bundle AND o.live AND o.programme = r.programme) END",
        pl.Int64(),
    ),
    Out("registered_on", "e.registered_on", pl.Date()),
    Out("list_date", "e.list_date", pl.Date()),
    Out("birth_date", "p.birth_date", pl.Date()),
    Out("area", "r.area", pl.String()),
    Out("area_at_registration", area_on("e.registered_on"), pl.String()),
    Out("ready", "CASE WHEN e.when_ready = 'now' THEN 1 ELSE 0 END", pl.Boolean()),
    Out("wished_from", "e.wished_from", pl.Date()),
    Out("preference", "e.preference", pl.Int64()),
    Out("from_place", "e.from_place", pl.String()),
    Out("ward", "e.ward", pl.String()),
)
_REST = (
    "FROM lists_entry e JOIN care_request r ON r.id = e.request_id JOIN people_person p ON p.id = r.person_id "
    "WHERE e.service_id IN ({marks}) AND e.state = 'waiting' AND r.live"
)
_NEED = {
    "person": pl.Int64(),
    "category": pl.String(),
    "category_on": pl.Date(),
    "category_valid": pl.Boolean(),
}


def columns(service: Service, on: date | None = None) -> pl.DataFrame:
    """The entries that wait on a home's list, by id: as `columns_of`."""
    return columns_of([service], on)[service.pk]


def columns_of(services: Sequence[Service], on: date | None = None) -> dict[int, pl.DataFrame]:
    """By service of one programme, the entries that wait on its list, by id.

    The columns of `rulebook.home_rules` but those of the day, the facts that the region lets homes ask, and `person`.
    What nobody told is null; an expired result of an assessment is there, with `category_valid` false. The number of
    queries does not grow with the lists.
    """
    if not services:
        return {}
    on = on or clock.today()
    heavy = [one.id for one in programme_of(services[0].programme).care_categories if one.heavy]
    ids = [service.pk for service in services]
    listed = frame(_OUT, _REST.format(marks=", ".join(["%s"] * len(ids))), ids, by="id")
    residents = _residents(ids, on)
    need = _need([*listed["person"].to_list(), *residents["person"].to_list()], on)
    places = areas.table().select(area=pl.col("code"), zone=pl.col("zone"), province=pl.col("province"))
    found = (
        listed.join(places, on="area", how="left", maintain_order="left")
        .join(need, on="person", how="left", maintain_order="left")
        .join(_facts(ids), on="id", how="left", maintain_order="left")
        .with_columns(
            couple=pl.col("bundle_size") > 1,
            heavy=pl.when(pl.col("category").is_not_null()).then(pl.col("category").is_in(heavy)),
        )
    )
    names = ["person", *OF_ENTRY, *rules.lists().fact_types(), *OF_HOME]
    return {
        service.pk: found.filter(pl.col("service") == service.pk)
        .with_columns(**_home(service, residents.join(need, on="person", how="inner"), residents, heavy))
        .select(names)
        for service in services
    }


def _need(persons: list[int], on: date) -> pl.DataFrame:
    """The last measured need of people: one row a person who has one."""
    found = latest(persons, on, rules.lists().instrument)
    rows = [(id, one.outcome, one.on, not one.expired) for id, one in found.items() if one.outcome]
    return pl.DataFrame(rows, schema=_NEED, orient="row")


def _residents(services: list[int], on: date) -> pl.DataFrame:
    """Who lives in services on a day: one row a resident."""
    living = Residence.objects.filter(service__in=services, from_date__lte=on)
    rows = living.filter(Q(until_date=None) | Q(until_date__gt=on)).values_list("service_id", "person_id")
    return pl.DataFrame(list(rows), schema={"service": pl.Int64(), "person": pl.Int64()}, orient="row")


def _facts(services: list[int]) -> pl.DataFrame:
    types = rules.lists().fact_types()
    found = Entry.objects.filter(service__in=services, state=Entry.State.WAITING, request__live=True)
    rows = [
        (id, *(_as_type(facts.get(name), kind) for name, kind in types.items()))
        for id, facts in found.order_by("pk").values_list("pk", "facts")
    ]
    return pl.DataFrame(rows, schema={"id": pl.Int64(), **types}, orient="row")


def _as_type(value: Any, kind: pl.DataType) -> Any:
    return date.fromisoformat(value) if kind == pl.Date() and value is not None else value


def _home(
    service: Service, known: pl.DataFrame, residents: pl.DataFrame, heavy: list[str]
) -> dict[str, pl.Expr]:
    """What rules may name about the home itself, the same in each row; the share with heavy care is of those whose need
    is known (`known`: residents with their category).
    """
    here = areas.table().filter(pl.col("code") == service.area)
    measured = known.filter(pl.col("service") == service.pk)["category"]
    told = {
        "home_area": service.area,
        "home_zone": here.item(0, "zone") if here.height else None,
        "home_province": here.item(0, "province") if here.height else None,
        "home_residents": int((residents["service"] == service.pk).sum()),
        "home_heavy_share": int(measured.is_in(heavy).sum()) / len(measured) if len(measured) else None,
    }
    return {name: pl.lit(value, dtype=OF_HOME[name][0]) for name, value in told.items()}
