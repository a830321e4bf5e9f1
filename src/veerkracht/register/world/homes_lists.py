"""Who waits for the demo world's homes: one request on the lists of a few of them, now or for later."""

import json
from datetime import date

import numpy as np
import polars as pl

from veerkracht import region
from veerkracht.region.homes import ANYONE
from veerkracht.register import bulk
from veerkracht.register.care.models import Request, Step
from veerkracht.register.lists.models import Entry, EntryStep
from veerkracht.register.people import numbers
from veerkracht.register.people.models import Person
from veerkracht.register.supply.models import Service
from veerkracht.register.world import homes_needs, homes_tables
from veerkracht.register.world.calendar import NEVER, Days, to_date
from veerkracht.register.world.homes_drawn import Luck, Making
from veerkracht.register.world.homes_tables import WHO, as_date, moment
from veerkracht.rulebook.months import add_months

# Assumptions of the demo world. A survey of 285 homes (Nieuwsblad, 27-03-2021) found lists of up to 50 names at most of
# them; a small demo shows a few at each.
PEOPLE_PER_HOME = 6
_MOST_HOMES = 4
_LATER = 0.35
_HEAVY = 0.7
_TELLS = 0.5
_LONGEST_DAYS = 700
_SEED = 2_021
_ROLE = "command"


def add_lists(making: Making, services: list[Service]) -> int:
    """Let people wait for homes; how many entries that makes. Nothing in a region where no home keeps a list."""
    lists = region.current().lists
    if lists is None or lists.programme != making.programme or not services:
        return 0
    luck = np.random.default_rng(_SEED)
    asking = _asking(making, services, luck)
    people = homes_tables.persons(asking, services, _births(asking, making.wanted.today, luck), luck)
    bulk.write(Person, people)
    requests = _requests(making, asking, people)
    bulk.write(Request, requests)
    bulk.write(Step, _request_steps(requests))
    entries = _entries(making, asking, requests, services, luck)
    bulk.write(Entry, entries)
    bulk.write(EntryStep, _entry_steps(entries))
    heavy = luck.random(asking.height) < _HEAVY
    came = requests.select("person_id", from_date="request_date", until_date=pl.lit(None, pl.Date))
    homes_needs.add_assessments(making, came, heavy)
    bulk.numbers_follow([Person, Request, Step, Entry, EntryStep])
    return entries.height


def _asking(making: Making, services: list[Service], luck: Luck) -> pl.DataFrame:
    """Who asks: the home nearest to their heart, since when, and whether just in case."""
    count = PEOPLE_PER_HOME * len(services)
    later = luck.random(count) < _LATER
    lists = region.current().lists
    recent = 30 * (lists.ask_again_months if lists else 1) - 30
    longest = np.where(later, max(recent, 1), _LONGEST_DAYS)
    return pl.DataFrame(
        {
            "home": luck.permutation(np.arange(count) % len(services)),
            "start": making.wanted.today - 1 - (luck.random(count) * longest).astype(np.int64),
            "end": np.full(count, NEVER),
            "later": later,
            "homes": luck.integers(1, min(_MOST_HOMES, len(services)) + 1, count),
        }
    )


def _births(asking: pl.DataFrame, today: int, luck: Luck) -> Days:
    age = np.clip(luck.normal(84, 6, asking.height), 66, 101)
    return today - (age * 365.25).astype(np.int64)


def _requests(making: Making, asking: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    kind = region.current().programme(making.programme).kinds[0]
    return people.select(
        "area",
        id=bulk.next_ids(Request, people.height),
        number=pl.Series(numbers.take(numbers.REQUEST, people.height), dtype=pl.String),
        person_id="id",
        programme=pl.lit(making.programme),
        kind=pl.lit(kind),
        state=pl.lit("asked"),
        live=pl.lit(value=True),
        request_date=asking.select(as_date("start")).to_series(),
        version=pl.lit(1),
        updated_at=asking.select(moment("start")).to_series(),
    )


def _request_steps(requests: pl.DataFrame) -> pl.DataFrame:
    return requests.select(
        "state",
        "request_date",
        id=bulk.next_ids(Step, requests.height),
        request_id="id",
        kind=pl.lit("asked"),
        holds_from="request_date",
        recorded_at="updated_at",
        by_name=pl.lit(WHO),
        role=pl.lit(_ROLE),
    )


def _entries(
    making: Making, asking: pl.DataFrame, requests: pl.DataFrame, services: list[Service], luck: Luck
) -> pl.DataFrame:
    """Each request at its first home and the next ones, one row a home."""
    of = np.array([service.pk for service in services])
    chosen = asking.with_columns(request_id=requests["id"], choice=pl.int_ranges(0, pl.col("homes"))).explode(
        "choice"
    )
    places = (chosen["home"] + chosen["choice"]).to_numpy() % len(services)
    return chosen.select(
        "request_id",
        id=bulk.next_ids(Entry, chosen.height),
        service_id=pl.Series(of[places]),
        preference=pl.col("choice") + 1,
        registered_on=as_date("start"),
        list_date=as_date("start"),
        when_ready=pl.when("later").then(pl.lit("later")).otherwise(pl.lit("now")),
        facts=pl.Series(_facts(chosen.height, luck), dtype=pl.String),
        state=pl.lit("waiting"),
        ask_again_on=pl.Series(_asked_again(chosen, making.wanted.today), dtype=pl.Date),
        version=pl.lit(1),
        updated_at=moment("start", 30),
    )


def _facts(count: int, luck: Luck) -> list[str]:
    """What people told of what anybody may answer with yes or no."""
    lists = region.current().lists
    names = [one.name for one in lists.facts if one.by == ANYONE and one.type == "boolean"] if lists else []
    told = luck.random((count, len(names))) < _TELLS
    return [json.dumps({name: True for name, tells in zip(names, row, strict=True) if tells}) for row in told]


def _asked_again(chosen: pl.DataFrame, today: int) -> list[date | None]:
    lists = region.current().lists
    months = lists.ask_again_months if lists else 1
    return [
        max(add_months(to_date(start), months), to_date(today)) if later else None
        for start, later in chosen.select("start", "later").iter_rows()
    ]


def _entry_steps(entries: pl.DataFrame) -> pl.DataFrame:
    set_ = ("preference", "registered_on", "list_date", "when_ready", "state", "ask_again_on")
    sets = entries.select(
        pl.struct(
            *(
                pl.col(name).cast(pl.String) if name.endswith(("_on", "_date")) else pl.col(name)
                for name in set_
            ),
            wished_from=pl.lit(None, pl.String),
            from_place=pl.lit(""),
            ward=pl.lit(""),
        ).struct.json_encode()
    ).to_series()
    return entries.select(
        "facts",
        id=bulk.next_ids(EntryStep, entries.height),
        entry_id="id",
        kind=pl.lit("registered"),
        holds_from="registered_on",
        recorded_at="updated_at",
        by_name=pl.lit(WHO),
        role=pl.lit(_ROLE),
        sets=sets,
    )
