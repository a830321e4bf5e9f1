"""`veerkracht forecast`: what a plan does to the list in the coming years."""

import json
import os
from datetime import date
from pathlib import Path
from typing import Any

import click
import polars as pl

from veerkracht.cli.output import CommandError, print_json, progress, say, start_django, table
from veerkracht.cli.round import Day
from veerkracht.region import Region
from veerkracht.rulebook.types import Programme, Text

HEADINGS = {
    "waiting": Text("Wie wacht op 31 december", "Who waits on 31 December"),
    "granted": Text("Toegekend in het jaar", "Granted in the year"),
    "money": Text("Geld, miljoen euro", "Money, million euro"),
    "turn": Text("Wanneer de beurt komt (geen belofte)", "When the turn comes (no promise)"),
    "difference": Text(
        "Wachtend op 31 december: “{one}” min “{other}”", "Waiting on 31 December: “{one}” less “{other}”"
    ),
}
RANGE = Text(
    "Midden (8 kansen op 10). {runs} berekeningen, startgetal {seed}, van {start} tot {end}.",
    "Middle (8 chances in 10). {runs} runs, seed {seed}, from {start} to {end}.",
)


@click.command(
    epilog="""\b
Examples:
  veerkracht forecast constant-policy
  veerkracht forecast care-and-welfare-525-million --against constant-policy --out report
  veerkracht forecast constant-policy --from-figures --start 2021-12-31 --years 2 --json
"""
)
@click.argument("plan")
@click.option("--against", metavar="PLAN", help="Another plan to set beside it, run by run.")
@click.option("--programme", "programme_id", help="Which programme (the first that hands out in rounds).")
@click.option("--start", "on", type=Day(), help="Start from the list of this day (now).")
@click.option("--from-figures", is_flag=True, help="Start from published figures, not from the register.")
@click.option("--years", default=10, show_default=True, help="How far to look ahead.")
@click.option("--runs", default=200, show_default=True, help="How many times the years are played.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@click.option("--workers", default=os.cpu_count() or 1, show_default=True, help="How many run at once.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Write a report and data here.")
@click.option("--json", "as_json", is_flag=True, help="Print the forecast as JSON.")
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
def command(
    plan: str,
    against: str | None,
    programme_id: str | None,
    on: date | None,
    from_figures: bool,
    years: int,
    runs: int,
    seed: int,
    workers: int,
    out: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Play PLAN through the coming years, many times, from the list as it stands.

    Shows how many wait in each group, what is granted, what money is used and left, and when a turn is likely: the
    middle outcome, and the range that holds eight of ten. Starts from the register when there is one, else from the
    region's published figures.
    """
    _keep_compiled()
    from veerkracht import region as regions
    from veerkracht.forecast import compare, run

    here = regions.current()
    programme = _programme(here, programme_id)
    for name in filter(None, (plan, against)):
        here.plan(name)
    start = _start(here, programme, on, from_figures=from_figures)

    def play(name: str) -> Any:
        with progress(f"{name}: {runs} runs", runs) as tick:
            return run(here, programme, name, start, years, runs, seed, workers, progress=tick)

    made = play(plan)
    other = play(against) if against else None
    difference = compare(made, other) if other else None
    if out:
        _write(out, here, made, other, difference)
    if as_json:
        print_json(_plain(made, other, difference))
    else:
        _print(made, difference, language)


def _keep_compiled() -> None:
    """Let the settings say where compiled code is kept, before any of it is read; without opening the register."""
    from django.conf import settings

    _ = settings.HOME


def _programme(here: Region, id: str | None) -> Programme:
    if id:
        return here.programme(id)
    for programme in here.programmes.values():
        if programme.handout == "round":
            return programme
    raise CommandError(
        f"{here.name.en} has no programme that hands out in rounds: there is nothing to forecast."
    )


def _start(here: Region, programme: Programme, on: date | None, *, from_figures: bool) -> Any:
    from veerkracht.forecast import start_from_figures
    from veerkracht.forecast.rounds.start import days_with_figures

    if not from_figures and _has_register(programme):
        return _register_start(programme, on)
    days = days_with_figures(here, programme)
    if on is None and not days:
        raise CommandError(
            f"{here.name.en} has no figures of {programme.id} from which a forecast can start."
        )
    day = on or days[-1]
    say(f"Starting from the published figures of {day}.")
    return start_from_figures(here, programme, day)


def _has_register(programme: Programme) -> bool:
    """Whether the register holds a list of this programme."""
    start_django()
    from veerkracht.register.care.models import Request

    return Request.objects.filter(programme=programme.id).exists()


def _register_start(programme: Programme, on: date | None) -> Any:
    from veerkracht.register import clock
    from veerkracht.register.care import turns

    today = clock.today()
    if on is not None and on > today:
        raise CommandError(f"The register can't be read as of {on}: today is {today}.")
    if on is not None and on < programme.begins:
        raise CommandError(f"{programme.id} began on {programme.begins}: there is no list of {on}.")
    return turns.start(programme, on)


def _plain(made: Any, other: Any, difference: Any) -> dict[str, Any]:
    """The forecast with its `series`; with another plan, that one and the difference beside it."""
    plain: dict[str, Any] = made.plain()
    if other is not None:
        plain |= {"against": other.plain(), "difference": difference.plain()}
    return plain


def _write(out: Path, here: Region, made: Any, other: Any, difference: Any) -> None:
    from veerkracht.forecast.show import report

    try:
        out.mkdir(parents=True, exist_ok=True)
        for language in here.languages:
            page = report.html(made, other, language, here.figures)
            (out / f"report-{language}.html").write_text(page, "utf-8")
        plain = _plain(made, other, difference)
        (out / "forecast.json").write_text(json.dumps(plain, ensure_ascii=False, indent=1), "utf-8")
        made.series().write_csv(out / "series.csv")
        made.turns().write_csv(out / "turns.csv")
        if difference is not None:
            difference.series().write_csv(out / "difference.csv")
    except OSError as error:
        raise CommandError(f"Can't write to {out}: {error.strerror}.") from error
    say(f"Written to {out}: {', '.join(sorted(path.name for path in out.iterdir()))}")


def _print(made: Any, difference: Any, language: str) -> None:
    facts = {"runs": made.runs, "seed": made.seed, "start": str(made.start), "end": str(made.end)}
    click.echo(f"{made.plan.name.get(language)}\n{RANGE.fill(**facts).get(language)}\n")
    _series_table(made, made.series(), "waiting", HEADINGS["waiting"], language)
    _series_table(made, made.series(), "granted", HEADINGS["granted"], language)
    _money_table(made, language)
    _turn_table(made, language)
    if difference is not None:
        names = {"one": difference.one.plan.name, "other": difference.other.plan.name}
        title = HEADINGS["difference"].fill(**names)
        _series_table(made, difference.series(), "waiting", title, language)


def _series_table(made: Any, series: pl.DataFrame, thing: str, title: Text, language: str) -> None:
    """A row a year, a column a group (and the route and the total): the median and the range of 80 %."""
    from veerkracht.forecast.show import words

    names = [name for name in made.values if name.startswith(f"{made.programme.id}.{thing}.")]
    at_year_end = series.filter((pl.col("date").dt.month() == 12) & (pl.col("date") > made.start))
    rows: dict[date, list[str]] = {}
    for name in names:
        for row in at_year_end.filter(pl.col("series") == name).iter_rows(named=True):
            cell = f"{row['p50']:,.0f} ({row['p10']:,.0f} – {row['p90']:,.0f})"
            rows.setdefault(row["date"], []).append(_number(cell, language))
    headers = [words.part_name(made.programme, name).get(language) for name in names]
    table(["", *headers], [[str(day), *cells] for day, cells in rows.items()], title.get(language))
    click.echo("")


def _money_table(made: Any, language: str) -> None:
    from veerkracht.forecast.show import words

    columns = {
        "brought": words.BROUGHT,
        "growth": words.GROWTH,
        "freed": words.FREED,
        "used": words.USED,
        "left": words.LEFT,
    }
    rows = [
        [str(row["year"]), *(_million(row, column, language) for column in columns)]
        for row in made.money().iter_rows(named=True)
    ]
    headers = ["", *(text.get(language) for text in columns.values())]
    table(headers, rows, HEADINGS["money"].get(language))
    click.echo("")


def _million(row: dict[str, Any], column: str, language: str) -> str:
    middle, low, high = (row[f"{column}{end}"] / 1e6 for end in ("", "_p10", "_p90"))
    return _number(f"{middle:,.1f} ({low:,.1f} – {high:,.1f})", language)


def _turn_table(made: Any, language: str) -> None:
    from veerkracht.forecast.show import words

    groups = {group.number: group.name.get(language) for group in made.programme.groups}
    turns = made.turn_by_priority_date().filter(pl.col("served_share") >= 0.01)
    later = f"> {made.end}"
    rows = [
        [
            groups.get(row["priority_group"], words.OUTSIDE.get(language)),
            str(row["year"] or "–"),
            row["requests"],
            *(str(row[name] or later) for name in ("p10", "p50", "p90")),
            f"{row['served_share']:.0%}",
        ]
        for row in turns.iter_rows(named=True)
    ]
    texts = [words.PRIORITY_YEAR, words.REQUESTS, words.EARLY, words.HALF, words.LATE]
    headers = ["", *(text.get(language) for text in texts)]
    headers.append(words.CHANCE.fill(end=str(made.end)).get(language))
    table(headers, rows, HEADINGS["turn"].get(language))
    click.echo("")


def _number(written: str, language: str) -> str:
    return written if language == "en" else written.translate(str.maketrans(",.", ".,"))
