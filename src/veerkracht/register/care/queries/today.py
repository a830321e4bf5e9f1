"""A programme at a glance: who waits, who is next, what is due for a decision, what money there is."""

from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl
from django.db.models import Count, Q, QuerySet

from veerkracht import region
from veerkracht.register import clock
from veerkracht.register.care.access import list_requests, may, require
from veerkracht.register.care.models import OPEN_ROUND_STATES, Budget, Request, Round
from veerkracht.register.care.models.requests import LAST_GROUP
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.filters import ListFilters
from veerkracht.register.care.queries.freshness import Latest
from veerkracht.register.care.queries.glance import AreaTotal, Due, NextInLine, OpenRound, PotTotal, Today
from veerkracht.register.care.queries.live import current_list
from veerkracht.register.care.queries.protected import protect_today
from veerkracht.register.care.queries.seen import Counted
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.queues import queue_of
from veerkracht.rulebook.types import Programme

# How long before the last day of a temporary budget somebody decides what follows.
NOTICE = timedelta(days=60)
_counts = Latest(8)
_firsts = Latest(8)


@dataclass(frozen=True)
class EndingBudget:
    """A temporary budget that ends soon, or should have ended; `number` of the request that led to it."""

    number: str
    person_number: str
    name: str
    until_date: date
    amount_cents: int


def today(actor: Actor, programme_id: str) -> Today:
    """The programme at a glance, for who may see its figures; protected for who sees no list. Raises `Refused`."""
    require("figures.read", actor, programme_id)
    programme = programme_of(programme_id)
    on = clock.today()
    counts = Counted(actor, programme_id)
    counted, persons, in_groups = _kept_counts(counts)
    glance = Today(
        programme=programme,
        on=on,
        groups=tuple(_groups(counts, programme, counted, on)),
        without_group=_sum(counted.filter(pl.col("group") == LAST_GROUP)),
        requests=_sum(counted),
        persons=persons,
        persons_in_groups=in_groups,
        holders=_holders(programme_id, on),
        areas=tuple(_areas(programme_id, counted)),
        due=tuple(_due(counts, on)),
        rounds=tuple(_open_rounds(actor, programme_id)),
        money=balances(programme_id),
    )
    return glance if counts.on_list else protect_today(glance)


def budgets_ending(actor: Actor, programme_id: str) -> tuple[EndingBudget, ...]:
    """The temporary budgets about whose end somebody decides, the first to end first; the look is logged."""
    list_requests(actor, programme_id, detail={"list": "budgets-ending"})
    ending = _ending(Counted(actor, programme_id), clock.today())
    found = ending.select_related("person", "request").order_by("until_date", "id")
    return tuple(
        EndingBudget(
            budget.request.number if budget.request else "",
            budget.person.number,
            str(budget.person),
            budget.until_date,
            budget.amount_cents,
        )
        for budget in found
    )


def _kept_counts(counts: Counted) -> tuple[pl.DataFrame, int, int]:
    return _count(counts) if counts.key is None else _counts.get(counts.key, lambda: _count(counts))


def _count(counts: Counted) -> tuple[pl.DataFrame, int, int]:
    """Waiting requests per group and area, with its persons; all persons who wait, and those in a group."""
    waiting = counts.requests.filter(state="waiting")
    by_area = waiting.values_list("order_group", "area").annotate(requests=Count("pk"))
    counted = pl.DataFrame(
        list(by_area), {"group": pl.Int64, "area": pl.String, "requests": pl.Int64}, orient="row"
    )
    by_group = waiting.values_list("order_group").annotate(persons=Count("person", distinct=True))
    persons = pl.DataFrame(list(by_group), {"group": pl.Int64, "persons": pl.Int64}, orient="row")
    return (
        counted.join(persons, on="group", how="left"),
        _persons(waiting),
        _persons(waiting.exclude(order_group=LAST_GROUP)),
    )


def _persons(requests: QuerySet[Request]) -> int:
    return requests.aggregate(persons=Count("person", distinct=True))["persons"]


def _groups(counts: Counted, programme: Programme, counted: pl.DataFrame, on: date) -> list[PotTotal]:
    firsts = _firsts.get(("firsts", programme.id, on), lambda: _first_in_line(programme, on))
    numbers = _numbers_of(counts, [first[0] for first in firsts.values()])
    totals = []
    for group in programme.groups:
        own = counted.filter(pl.col("group") == group.number)
        first = firsts.get(group.id)
        if first and counts.on_list and first[0] not in numbers:
            # Not on this actor's list: elsewhere, or restricted. A date would tell that somebody is there.
            first = None
        totals.append(
            PotTotal(
                group=group.number,
                id=group.id,
                name=group.name,
                requests=_sum(own),
                persons=own.item(0, "persons") if own.height else 0,
                next=NextInLine(numbers.get(first[0], ""), *first[1:]) if first else None,
                behind=ListFilters(programme.id, groups=(group.number,)),
            )
        )
    return totals


def _numbers_of(counts: Counted, ids: list[int]) -> dict[int, str]:
    """The numbers of those among some requests that are on the actor's list."""
    if not counts.on_list:
        return {}
    return dict(counts.requests.filter(pk__in=ids).values_list("pk", "number"))


def _first_in_line(programme: Programme, on: date) -> dict[str, tuple[int, date | None, int | None]]:
    """Per pot, by its id, who is first of those who take part in a round on that day; no one where help is handed
    out place by place: there each place has a line of its own.
    """
    if programme.handout != "round":
        return {}
    table = current_list(programme.id)
    first = queue_of(table, programme, on).filter(pl.col("position") == 1)
    facts = first.join(table.select("id", "priority_date"), on="id", how="left")
    return {
        row["pot"]: (
            row["id"],
            row["priority_date"],
            (on - row["priority_date"]).days if row["priority_date"] else None,
        )
        for row in facts.iter_rows(named=True)
    }


def _areas(programme_id: str, counted: pl.DataFrame) -> list[AreaTotal]:
    """Every municipality of the region, also where nobody waits."""
    by_area = counted.group_by("area").agg(pl.col("requests").sum())
    known = region.current().areas.join(by_area, left_on="code", right_on="area", how="left").sort("code")
    totals = []
    for row in known.iter_rows(named=True):
        requests, inhabitants = row["requests"] or 0, row["inhabitants"]
        totals.append(
            AreaTotal(
                code=row["code"],
                name=row["name"],
                province=row["province_name"],
                requests=requests,
                inhabitants=inhabitants,
                per_thousand=1000 * requests / inhabitants if inhabitants else None,
                behind=ListFilters(programme_id, municipality=row["code"]),
            )
        )
    return totals


def _due(counts: Counted, on: date) -> list[Due]:
    requests, programme_id = counts.requests, counts.programme
    granted = requests.filter(state="granted").aggregate(
        all=Count("pk"), late=Count("pk", filter=Q(respond_by__lt=on))
    )
    return [
        Due("overdue-grants", granted["late"], ListFilters(programme_id, overdue=True)),
        Due("granted", granted["all"], ListFilters(programme_id, states=("granted",))),
        Due("asked", requests.filter(state="asked").count(), ListFilters(programme_id, states=("asked",))),
        Due("budgets-ending", _ending(counts, on).count(), None),
    ]


def _ending(counts: Counted, on: date) -> QuerySet[Budget]:
    return counts.budgets.filter(ended_on=None, until_date__lte=on + NOTICE)


def _open_rounds(actor: Actor, programme_id: str) -> list[OpenRound]:
    if not may("round.read", actor, programme_id):
        return []
    rounds = Round.objects.filter(programme=programme_id, state__in=OPEN_ROUND_STATES).order_by("id")
    return [OpenRound(one.pk, one.date, one.state, one.money_cents) for one in rounds]


def _holders(programme_id: str, on: date) -> int:
    """Persons with an open budget that has begun; the database keeps it to one for each person."""
    return Budget.objects.filter(programme=programme_id, ended_on=None, from_date__lte=on).count()


def _sum(counted: pl.DataFrame) -> int:
    return int(counted.get_column("requests").sum())
