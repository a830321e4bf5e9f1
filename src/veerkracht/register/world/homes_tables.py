"""The drawn homes as rows of the register's tables, with the numbers that the database gives them."""

from datetime import timedelta

import numpy as np
import polars as pl
from django.db import models

from veerkracht import region
from veerkracht.region.places import BY_TURNOVER
from veerkracht.register.people import numbers
from veerkracht.register.people.models import Person
from veerkracht.register.people.names import search_name
from veerkracht.register.residence.models import Residence, ResidenceEvent
from veerkracht.register.residence.rules import rules
from veerkracht.register.supply.models import Hold, HoldStep, Service, Stay, Unit, UnitClosure
from veerkracht.register.world import names
from veerkracht.register.world.calendar import NEVER, Days
from veerkracht.register.world.homes_drawn import HABITS, OPENED, Luck, Making

WHO = "Verzonnen (demo)"
_ROLE = "command"
_REFERENCE = "Verzonnen voor de demo"
_HELD_DAYS = 3


def next_ids(model: type[models.Model], count: int) -> pl.Series:
    """Ids for so many new rows. After the last that is there, and not after all that ever were: the same world has the
    same ids, also in the place of an older one.
    """
    last = model._default_manager.aggregate(last=models.Max("pk"))["last"] or 0
    return pl.int_range(last + 1, last + 1 + count, dtype=pl.Int64, eager=True).alias("id")


def as_date(column: str | pl.Expr) -> pl.Expr:
    """A day as a date; one that never comes as null."""
    day = pl.col(column) if isinstance(column, str) else column
    return pl.when(day < NEVER).then(day).cast(pl.Int32).cast(pl.Date)


def moment(column: str | pl.Expr, minutes: int = 0) -> pl.Expr:
    """In the morning of a day, before the demo's own day begins."""
    return as_date(column).cast(pl.Datetime("us", "UTC")) + timedelta(hours=6, minutes=minutes)


def units(rooms: pl.DataFrame, services: list[Service]) -> pl.DataFrame:
    of = np.array([service.pk for service in services])
    return rooms.select(
        "kind",
        "sleeps",
        id=next_ids(Unit, rooms.height),
        service_id=pl.Series(of[rooms["home"].to_numpy()]),
        name=pl.format("Kamer {}", "room"),
        ward=pl.when(pl.col("ward") == 0)
        .then(pl.lit("Beschermde afdeling"))
        .otherwise(pl.format("Afdeling {}", "ward")),
        from_date=pl.lit(OPENED),
    )


def closures(units_: pl.DataFrame, closed: Days, making: Making, luck: Luck) -> pl.DataFrame:
    """Why rooms are closed, and for one in three until when. `closed`: since when each is."""
    shut = closed < NEVER
    found = units_.filter(pl.Series(shut))
    again = np.where(
        luck.random(found.height) < 1 / 3, making.wanted.today + luck.integers(5, 90, found.height), NEVER
    )
    reasons = luck.choice(np.array(_reasons()), found.height)
    drawn = pl.DataFrame({"since": closed[shut], "again": again, "reason": reasons})
    return drawn.select(
        "reason",
        id=next_ids(UnitClosure, found.height),
        unit_id=found["id"],
        from_date=as_date("since"),
        reopens_on=as_date("again"),
        by_name=pl.lit(making.by.name),
        recorded_at=moment("since"),
    )


def _reasons() -> list[str]:
    places = region.current().places
    # Places that are being prepared for the next are vacancies; they are closed for days, not for months.
    return (
        [id for id in places.closures if places.played_by.get(id) != BY_TURNOVER] if places else [_REFERENCE]
    )


def persons(stays: pl.DataFrame, services: list[Service], born: Days, luck: Luck) -> pl.DataFrame:
    """One for each stay. Who died there did so on the day that the stay ended."""
    count = stays.height
    given, family = names.draw(luck, count)
    area = np.array([service.area for service in services])[stays["home"].to_numpy()]
    drawn = pl.DataFrame(
        {
            "given_name": given,
            "family_name": family,
            "born": born,
            "died": np.where(luck.random(count) < HABITS.died, stays["end"].to_numpy(), NEVER),
            "area": area,
        }
    )
    known = drawn.select("given_name", "family_name").unique()
    searched = known.with_columns(
        search_name=pl.Series([search_name(*pair) for pair in known.iter_rows()], dtype=pl.String)
    )
    named = drawn.join(searched, on=["given_name", "family_name"], how="left", maintain_order="left")
    return named.select(
        "given_name",
        "family_name",
        "search_name",
        "area",
        id=next_ids(Person, count),
        number=pl.Series(numbers.take(numbers.PERSON, count), dtype=pl.String),
        birth_date=as_date("born"),
        died_on=as_date("died"),
        language=pl.lit("nl"),
        fictitious=pl.lit(value=True),
    )


def of_stays(
    stays: pl.DataFrame,
    absences: pl.DataFrame,
    units_: pl.DataFrame,
    people: pl.DataFrame,
    services: list[Service],
) -> dict[type[models.Model], pl.DataFrame]:
    """Holds with their steps, stays, residences and what happened in them, in the order in which they are written."""
    count = stays.height
    of = np.array([service.pk for service in services])
    whole = stays.with_columns(
        hold_id=next_ids(Hold, count),
        stay_id=next_ids(Stay, count),
        residence_id=next_ids(Residence, count),
        unit_id=units_["id"].gather(stays["unit"]),
        service_id=pl.Series(of[stays["home"].to_numpy()]),
        person_id=people["id"],
        reason=_end_reasons(people, stays),
    )
    events = _events(whole, absences)
    return {
        Hold: _holds(whole),
        HoldStep: _hold_steps(whole),
        Stay: whole.select(
            "unit_id",
            "bed",
            "hold_id",
            id="stay_id",
            from_date=as_date("start"),
            until_date=as_date("end"),
        ),
        Residence: _residences(whole, events),
        ResidenceEvent: events,
    }


def _end_reasons(people: pl.DataFrame, stays: pl.DataFrame) -> pl.Series:
    """A death is a death; others left for another reason, the first that is none."""
    known = rules()
    other = next(id for id, one in known.reasons.items() if not one.death)
    died = people["died_on"].is_not_null()
    ended = stays["end"] < NEVER
    found = np.where(~ended.to_numpy(), "", np.where(died.to_numpy(), known.death.id, other))
    return pl.Series(found, dtype=pl.String)


def _holds(whole: pl.DataFrame) -> pl.DataFrame:
    ended = pl.col("end") < NEVER
    return whole.select(
        "unit_id",
        "bed",
        id="hold_id",
        by_name=pl.lit(WHO),
        reference=pl.lit(_REFERENCE),
        made_at=moment(pl.col("start") - _HELD_DAYS),
        until=moment("start", 60),
        state=pl.when(ended).then(pl.lit("released")).otherwise(pl.lit("confirmed")),
        version=2 + ended.cast(pl.Int64),
        updated_at=pl.when(ended).then(moment("end", 30)).otherwise(moment("start", 10)),
    )


def _hold_steps(whole: pl.DataFrame) -> pl.DataFrame:
    kinds = (
        ("held", moment(pl.col("start") - _HELD_DAYS), whole),
        ("confirmed", moment("start", 10), whole),
        ("released", moment("end", 30), whole.filter(pl.col("end") < NEVER)),
    )
    steps = pl.concat(
        rows.select("hold_id", kind=pl.lit(kind), at=at, by_name=pl.lit(WHO), role=pl.lit(_ROLE))
        for kind, at, rows in kinds
    ).sort("hold_id", "at")
    return steps.with_columns(id=next_ids(HoldStep, steps.height))


def _events(whole: pl.DataFrame, absences: pl.DataFrame) -> pl.DataFrame:
    """What happened, in the order in which it did, stay by stay."""
    away = whole.with_row_index("stay").with_columns(pl.col("stay").cast(pl.Int64)).join(absences, on="stay")
    absence = next(id for id, one in rules().absences.items() if not one.billed)
    nothing = pl.lit("")
    kinds = (
        ("started", "start", nothing, pl.col("stay_id"), 20, whole),
        ("left", "left", pl.lit(absence), pl.lit(None, pl.Int64), 21, away),
        ("returned", "back", nothing, pl.lit(None, pl.Int64), 22, away.filter(pl.col("back") < NEVER)),
        ("ended", "end", pl.col("reason"), pl.lit(None, pl.Int64), 23, whole.filter(pl.col("end") < NEVER)),
    )
    events = pl.concat(
        rows.select(
            "residence_id",
            kind=pl.lit(kind),
            holds_from=as_date(at),
            recorded_at=moment(at, minute),
            stay_id=stay,
            reason=why,
            by_name=pl.lit(WHO),
            role=pl.lit(_ROLE),
        )
        for kind, at, why, stay, minute, rows in kinds
    ).sort("residence_id", "recorded_at")
    return events.with_columns(id=next_ids(ResidenceEvent, events.height))


def _residences(whole: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """The stays with what their events say."""
    last_left = pl.col("holds_from").filter(pl.col("kind") == "left").last()
    told = events.group_by("residence_id", maintain_order=True).agg(
        version=pl.len().cast(pl.Int64),
        updated_at=pl.col("recorded_at").last(),
        away_since=pl.when(pl.col("kind").last() == "left").then(last_left),
    )
    return whole.join(told, on="residence_id", how="left", maintain_order="left").select(
        "service_id",
        "stay_id",
        "person_id",
        "version",
        "updated_at",
        "away_since",
        id="residence_id",
        from_date=as_date("start"),
        until_date=as_date("end"),
        end_reason="reason",
    )
