"""Builds the demo world: draws it, writes it in one transaction, and lets the forecast say when everyone's turn is."""

import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
from django.db import connection, transaction

from veerkracht import region
from veerkracht.register import bulk, clock
from veerkracht.register.care import turns as turns_
from veerkracht.register.care.models import Budget, Request, Round, RoundLine, Step
from veerkracht.register.money.models import Account, Credit, DayBalance, Entry, Posting
from veerkracht.register.people import demo
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Counter, Person, Setting, User
from veerkracht.register.published.actions import publish, publish_money
from veerkracht.register.world import budgets as budgets_
from veerkracht.register.world import (
    cases,
    crisis,
    emptying,
    growth,
    homes,
    ledger,
    payments,
    people,
    places,
    quality,
    records,
    results,
    sharing,
    shelter,
    signals,
    staff,
    tables,
)
from veerkracht.register.world.blueprint import Blueprint, blueprint
from veerkracht.register.world.calendar import NEVER, to_date
from veerkracht.register.world.cast import cast, without_past
from veerkracht.register.world.histories import steps
from veerkracht.register.world.money import books
from veerkracht.register.world.needs import add_needs
from veerkracht.register.world.papers import add_papers
from veerkracht.register.world.requests import draw
from veerkracht.register.world.rounds import rounds

SEED = 2023
# Above this many who wait, what is over is left out: such a world is there to measure speed.
WITH_PAST = 100_000
# Processes that play the coming years; the runs are the same on any number of them.
WORKERS = min(2, os.cpu_count() or 1)

Progress = Callable[..., None]


@dataclass(frozen=True)
class World:
    """What was built. `codes`: personal codes by what the person's request shows; `representative`: that of who
    speaks for the first of them.
    """

    programme: str
    date: date
    demo_day: date
    waiting: int
    persons: int
    groups: dict[str, int]
    holders: int
    requests: int
    steps: int
    free_cents: int
    users: tuple[str, ...]
    password: str
    codes: dict[str, str]
    representative: str


def build(
    size: int | None = None,
    seed: int = SEED,
    progress: Progress = lambda *_, **__: None,
    *,
    force: bool = False,
    turns: bool = True,
    all_homes: bool = False,
) -> World:
    """Build the world; all of it or nothing. `size`: how many wait (default: as published). `force`: over an older one.
    `turns`: with expected turns and published figures, which take a while. `all_homes`: as many homes and residents as
    published, instead of a few.

    `progress(done, total=None, what=None)` is called on the way. Raises `Conflict` when the register is not empty.
    """
    rules = next(iter(region.current().programmes.values()))
    plan = blueprint(region.current(), rules, size)
    emptying.check_room(force=force)
    progress(0, None, "Drawing people and their histories")
    drawn = _Drawn(plan, seed)
    # Both databases: what breaks off must not leave the older world with an emptied log.
    with transaction.atomic(), transaction.atomic("log"):
        emptying.make_room(force=force)
        world = _Writing(plan, drawn, progress).write(seed)
        if turns:
            _expect(rules.id, progress)
    # In a database of its own, so only once the world is there.
    people.look(world.codes.values(), plan.date)
    places.add_places()
    ledger.add_ledger(plan.demo_day)
    payments.add_payments(plan.demo_day)
    results.add_results(plan.demo_day)
    staff.add_staff(plan.date)
    quality.add_quality()
    homes.add_homes(published=all_homes, progress=progress)
    growth.add_growth()
    crisis.add_crisis(seed)
    shelter.add_stays()
    signals.add_signals()
    sharing.share(rules.id)
    _analyze()
    if turns:
        progress(0, None, "Publishing the figures of the last quarter")
        publish(rules.id, by=Actor.for_command("demo"), on=plan.date)
        publish_money(by=Actor.for_command("demo"))
    return world


class _Drawn:
    """Everything that is drawn, before anything is written. Each part has luck of its own, so that it depends on the
    seed alone.
    """

    def __init__(self, plan: Blueprint, seed: int):
        luck = [np.random.default_rng(part) for part in np.random.SeedSequence(seed).spawn(4)]
        found = cast(plan, draw(plan, luck[0]), luck[1])
        self.cast = add_papers(plan, add_needs(plan, found, luck[2]), luck[3])
        if plan.requests > WITH_PAST:
            self.cast = without_past(self.cast)
        self.budgets = budgets_.with_amounts(plan, budgets_.budgets(plan, self.cast))
        self.steps = steps(plan, self.cast, self.budgets)
        self.rounds = rounds(plan, self.cast)
        self.books = books(plan, self.cast, self.budgets)
        self.ids = tables.ids(self.cast)


class _Writing:
    def __init__(self, plan: Blueprint, drawn: _Drawn, progress: Progress):
        self.plan, self.drawn, self.progress = plan, drawn, progress
        self.done = 0
        found = drawn.cast
        self.total = (
            found.persons.height
            + found.requests.height
            + drawn.steps.height
            + drawn.budgets.height
            + drawn.rounds.lines.height
            + 2 * drawn.books.movements.height
        )

    def write(self, seed: int) -> World:
        plan, drawn, ids = self.plan, self.drawn, self.drawn.ids
        # The users are there since before the first step they set.
        staff = people.staff(plan.programme.begins)
        others = people.others(plan.date)
        self._write(Person, tables.persons(drawn.cast, ids), "Writing people")
        rows = tables.steps(plan, drawn.steps, ids, staff)
        self._write(Request, tables.requests(plan, drawn.cast, rows, ids), "Writing requests")
        records.write_rounds(plan, drawn.rounds, ids, staff, self._tick)
        self._write(Step, rows, "Writing steps")
        self._write(Budget, tables.budgets(plan, drawn.budgets, ids), "Writing budgets and money")
        records.write_books(plan, drawn.books, ids, staff, self._tick)
        self._count()
        clock.stand_still_on(plan.demo_day)
        told = self._tell(seed, staff, others)
        bulk.numbers_follow(
            [
                Person,
                Request,
                Step,
                Budget,
                Entry,
                Posting,
                DayBalance,
                Credit,
                Account,
                Round,
                RoundLine,
                *people.MODELS,
            ]
        )
        return told

    def _write(self, model: type, frame: pl.DataFrame, what: str) -> None:
        self.progress(self.done, self.total, what)
        bulk.write(model, frame, self._tick)

    def _tick(self, rows: int) -> None:
        self.done += rows
        self.progress(self.done, self.total)

    def _count(self) -> None:
        Counter.objects.bulk_create(
            [
                Counter(name="P", last=self.drawn.cast.persons.height),
                Counter(name="V", last=self.drawn.cast.requests.height),
            ]
        )

    def _tell(self, seed: int, staff: dict[str, list[User]], others: list[User]) -> World:
        plan, found = self.plan, self.drawn.cast
        codes, representative = self._codes(staff["officer"][0])
        waiting = found.requests.filter(pl.col("group") > 0)
        groups = {g.id: waiting.filter(pl.col("group") == g.number).height for g in plan.programme.groups}
        world = World(
            programme=plan.programme.id,
            date=plan.date,
            demo_day=plan.demo_day,
            waiting=waiting.height,
            persons=waiting["person"].n_unique(),
            groups=groups,
            holders=self.drawn.budgets.filter(pl.col("ended") > plan.grid[-1])["person"].n_unique(),
            requests=found.requests.height,
            steps=self.drawn.steps.height,
            free_cents=Account.objects.get(programme=plan.programme.id, name="free").balance_cents,
            users=tuple(user.username for user in itertools.chain(*staff.values(), others)),
            password=people.PASSWORD,
            codes=codes,
            representative=representative,
        )
        Setting.objects.create(
            name=demo.WORLD,
            value={
                "seed": seed,
                "date": plan.date.isoformat(),
                "shows_published": plan.scale == 1.0,
                "exact_from": to_date(plan.grid[0]).isoformat(),
                "users": list(world.users),
                "password": world.password,
                "codes": codes,
                "representative": representative,
            },
        )
        return world

    def _codes(self, officer: User) -> tuple[dict[str, str], str]:
        """A code for somebody in each group (in a group with partial budgets, for somebody who has one), and for who
        speaks for the first of them. Somebody works on the case of each.
        """
        chosen = {}
        for group in self.plan.programme.groups:
            here = self.drawn.cast.requests.filter(
                (pl.col("group") == group.number) & ~pl.col("shielded") & pl.col("complete")
            )
            partly = here.filter(pl.col("part_started") < NEVER)
            one = (partly if partly.height else here).sort("priority", "row")
            if one.height:
                chosen[group.id] = int(one.select(self.drawn.ids.person()).item(one.height // 3, 0))
        found = Person.objects.in_bulk(chosen.values())
        at = datetime.combine(self.plan.date, time(9), ZoneInfo(self.plan.zone))
        known = [found[key] for key in chosen.values()]
        cases.assign(known, by=officer, programme=self.plan.programme.id, since=self.plan.date)
        representative = cases.represent(known[0], by=officer, since=self.plan.date)
        *given, own = people.give_codes([*known, representative], at)
        return dict(zip(chosen, given, strict=True)), own


def _expect(programme: str, progress: Progress) -> None:
    """When everyone's turn is likely, by the plan that changes nothing."""
    what = "Playing the coming years"
    progress(0, turns_.DEFAULT_RUNS, what)
    turns_.compute(programme, workers=WORKERS, progress=progress)


def _analyze() -> None:
    """Let the database know what its tables hold, so that lists find their rows by the shortest way."""
    # Table by table: PostgreSQL's own are shared with every other database of the server, and so are their locks.
    with connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(table)}")
