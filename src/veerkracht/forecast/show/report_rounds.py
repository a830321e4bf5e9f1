"""The part of a report on a programme that hands out in rounds: the list, turns, money."""

from __future__ import annotations

from typing import Any

import polars as pl

from veerkracht.forecast.rounds.result import Forecast
from veerkracht.forecast.show import charts, words
from veerkracht.forecast.show.blocks import Block, Cell, Figure, Heading, Section, Side, Table
from veerkracht.forecast.show.told import Told
from veerkracht.rulebook.types import Group


def in_short(told: Told, part: Forecast) -> list[str]:
    """How many wait in the end, what the plan changes in it, and what money is granted."""
    write, series = told.writer, f"{part.programme.id}.waiting.total"
    then, now = told.last(series), told.of(series).row(0, named=True)
    said = [
        write.say(
            words.LIST_THEN, date=write.day(then["date"]), now=write.number(now["p50"]), **_range(told, then)
        )
    ]
    money = part.money()
    used, left = float(money.get_column("used").sum()) / 1e6, float(money.item(-1, "left")) / 1e6
    return [
        *said,
        *told.changed(series),
        write.say(words.MONEY_THEN, used=write.number(used), left=write.number(left, 1)),
    ]


def _range(told: Told, row: dict[str, Any]) -> dict[str, str]:
    return {name: told.writer.number(row[name]) for name in ("p10", "p50", "p90")}


def section(told: Told, part: Forecast) -> Section:
    """Everything of the programme."""
    return Section(
        told.writer.say(part.programme.name),
        [*_waiting(told, part), *_difference(told, part), *_turns(told, part), *_money(told, part)],
    )


def _waiting(told: Told, part: Forecast) -> list[Block]:
    id, say = part.programme.id, told.writer.say
    groups = [
        told.fan(f"{id}.waiting.{group.id}", say(words.GROUP_CAPTION, group=group.name), width=charts.NARROW)
        for group in part.programme.groups
    ]
    total = told.fan(f"{id}.waiting.total", say(words.WAITING_CAPTION))
    return [Heading(say(words.WAITING)), total, Side(groups)]


def _difference(told: Told, part: Forecast) -> list[Block]:
    if told.against is None or told.gap is None:
        return []
    gap = told.of(f"{part.programme.id}.waiting.total", told.gap)
    caption = told.writer.say(
        words.DIFFERENCE_CAPTION, plan=told.made.plan.name, other=told.against.plan.name
    )
    return [
        Heading(told.writer.say(words.DIFFERENCE)),
        Figure(charts.fan(gap), caption, told.spread_table(gap)),
    ]


def _turns(told: Told, part: Forecast) -> list[Block]:
    rows = part.turn_by_priority_date()
    of_groups = [
        _turns_of(told, group, rows.filter(pl.col("priority_group") == group.number))
        for group in part.programme.groups
    ]
    return [Heading(told.writer.say(words.TURNS)), told.writer.say(words.TURNS_NOTE), *of_groups]


def _turns_of(told: Told, group: Group, rows: pl.DataFrame) -> Block:
    write, end = told.writer, told.writer.day(told.made.end)
    if rows.get_column("p10").is_null().all():
        return write.say(words.NO_TURNS, group=group.name, end=end)
    headers = [words.PRIORITY_YEAR, words.REQUESTS, words.EARLY, words.HALF, words.LATE]
    cells = [
        [
            str(row["year"]),
            write.number(row["requests"]),
            *(write.day(row[name]) for name in ("p10", "p50", "p90")),
            f"{write.number(100 * row['served_share'])} %",
        ]
        for row in rows.iter_rows(named=True)
    ]
    table = Table([*map(write.say, headers), write.say(words.CHANCE, end=end)], cells)
    spec = charts.turns(rows, told.made.start, told.made.end)
    return Figure(spec, write.say(words.TURNS_CAPTION, group=group.name, end=end), table)


def _money(told: Told, part: Forecast) -> list[Block]:
    write, rows = told.writer, part.money()
    names = {"growth": words.GROWTH, "freed": words.FREED, "used": words.USED}
    texts = {"brought": words.BROUGHT, **names, "left": words.LEFT}
    cells: list[list[Cell | str]] = [
        [str(row["year"]), *(_million(told, row, column) for column in texts)]
        for row in rows.iter_rows(named=True)
    ]
    table = Table([write.say(words.YEAR), *map(write.say, texts.values())], cells)
    shown = {column: write.say(text) for column, text in names.items()}
    spec = charts.money(rows, shown)
    figure = Figure(spec, write.say(words.MONEY_CAPTION), table, tuple(shown.values()))
    return [Heading(write.say(words.MONEY)), figure]


def _million(told: Told, row: dict[str, Any], column: str) -> Cell:
    middle, low, high = (told.writer.number(row[f"{column}{end}"] / 1e6, 1) for end in ("", "_p10", "_p90"))
    return Cell(middle, f"({low} – {high})")
