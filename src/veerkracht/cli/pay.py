"""`veerkracht pay`: what rises in pay cost in a year, and what a rise, posts or places in training buy."""

from datetime import date
from typing import Any

import click

from veerkracht.cli.numbers import number, spread
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import CommandError, print_json, table
from veerkracht.rulebook.types import Text

LANGUAGE = click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
COST = Text(
    "Kost per jaar in miljoen euro: midden (8 kansen op 10)",
    "Cost a year in million euro: middle (8 chances in 10)",
)
YEAR, FULL, TOGETHER = (
    Text("Jaar", "Year"),
    Text("Vol jaar, prijzen van het bestand", "Full year, prices of the file"),
    Text("Samen", "Together"),
)
UNKNOWN = Text("onbekend", "unknown")
PUBLISHED = Text("Bekendgemaakt: {cents} miljoen euro per jaar.", "Published: {cents} million euro a year.")
BOUGHT = Text(
    "Verschil met niets doen, eind {year}: midden (8 kansen op 10). {runs} berekeningen.",
    "Difference with doing nothing, end of {year}: middle (8 chances in 10). {runs} runs.",
)
SECTOR = Text("Sector", "Sector")
ALL_SECTORS = Text("Alle sectoren samen", "All sectors together")
ALIKE = Text("Als elke sector evenveel stijgt", "When every sector rises as much")
PER_MILLION = Text("Voltijdse banen per miljoen euro per jaar", "Full-time jobs for each million euro a year")
WHAT = {
    "fte": Text("Banen vervuld", "Jobs filled"),
    "vacancies": Text("Vacatures", "Posts open"),
    "quits": Text("Vertrek per jaar", "Leave, a year"),
    "places": Text("Plaatsen open", "Places open"),
}
_MILLION = 100_000_000  # cents
_EURO = 1_000_000


@click.group(
    "pay",
    epilog="""\b
Examples:
  veerkracht pay cost
  veerkracht pay cost --group regionalised --percent 5 --from 2027-01-01
  veerkracht pay buys --group regionalised --percent 5 --from 2027-01-01
  veerkracht pay buys --group regionalised --million 50 --from 2027-01-01 --json
  veerkracht pay buys --profession nurse --places 500 --from 2027-01-01 --years 10
""",
)
def command() -> None:
    """What rises in pay cost in a year, and what a rise, extra posts or places in training buy in staff."""


@command.command("cost", epilog="Example:  veerkracht pay cost --agreement via6")
@click.option("--agreement", default="", help="An agreement of the region; without more: the first there is.")
@click.option("--group", "groups", multiple=True, metavar="GROUP", help="Whose pay rises; may be said again.")
@click.option("--percent", type=float, help="By how much.")
@click.option("--from", "from_", type=Day(), help="From which day.")
@click.option(
    "--years", default=5, show_default=True, type=click.IntRange(1, 30), help="How many years to show."
)
@as_json
@LANGUAGE
def cost_command(
    agreement: str,
    groups: tuple[str, ...],
    percent: float | None,
    from_: date | None,
    years: int,
    as_json: bool,
    language: str,
) -> None:
    """What a rise costs in each year, with the steps of the index; of an agreement, or of a rise of one's own."""
    from veerkracht import region as regions
    from veerkracht.cli.forecast import keep_compiled

    keep_compiled()
    from veerkracht.forecast.pay import cost, rise_of

    here = regions.current()
    if groups:
        rises = [rise_of(here, group, percent or 0.0, from_) for group in groups]
        published = None
    else:
        rises, published = _agreed(here, agreement)
    first = min(rise.from_.year for rise in rises)
    found = cost(here, rises, range(first, first + years))
    if as_json:
        print_json(_plain_cost(found, published))
        return
    _print_cost(found, language)
    if published is not None:
        click.echo(PUBLISHED.fill(cents=number(published / _MILLION, language, 1)).get(language))


@command.command(
    "buys", epilog="Example:  veerkracht pay buys --group regionalised --percent 5 --from 2027-01-01"
)
@click.option("--group", "groups", multiple=True, metavar="GROUP", help="For whom; may be said again.")
@click.option("--percent", type=float, help="A rise in pay of so many percent.")
@click.option("--million", type=float, help="So many million euro a year for extra posts.")
@click.option("--places", type=float, help="So many extra places in training a year.")
@click.option("--profession", default="", help="For which profession the places are.")
@click.option("--from", "from_", type=Day(), required=True, help="From which day.")
@click.option("--years", default=5, show_default=True, help="How many years to play.")
@click.option("--runs", default=200, show_default=True, help="How many times the years are played.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@as_json
@LANGUAGE
def buys_command(groups: tuple[str, ...], profession: str, as_json: bool, language: str, **said: Any) -> None:
    """What a rise, money for posts or places in training give in jobs filled, posts open, people who leave and places
    that stay open; with the range that says how little is known."""
    from veerkracht import region as regions
    from veerkracht.cli.forecast import keep_compiled

    keep_compiled()
    from veerkracht.forecast.pay import Asked, buys

    kind, amount = _kind(**{name: said.pop(name) for name in ("percent", "million", "places")})
    here = regions.current()
    found = buys(here, Asked(kind, amount, groups=groups, profession=profession, **said))
    if as_json:
        print_json(_plain_bought(found))
    else:
        _print_bought(here, found, language)


def _agreed(here: Any, agreement: str) -> tuple[Any, int | None]:
    known = here.pay.agreements if here.pay else {}
    id = agreement or next(iter(known), "")
    if id not in known:
        raise CommandError(f"There is no agreement “{id}”; there are: {', '.join(known) or 'none'}.")
    return here.pay.rises_of(id), known[id].cents


def _kind(percent: float | None, million: float | None, places: float | None) -> tuple[str, float]:
    """The one thing that is bought. Raises `CommandError` for none or several."""
    said = {"pay": percent, "posts": million and million * _EURO, "training": places}
    given = [(kind, value) for kind, value in said.items() if value is not None]
    if len(given) != 1:
        raise CommandError("Say one of --percent, --million and --places.")
    return given[0]


def _plain_cost(found: Any, published: int | None) -> dict[str, Any]:
    from veerkracht.forecast.pay import Range

    def ranges(cents: Any) -> Any:
        return None if cents is None else Range.of(cents)

    groups = [
        {
            "group": one.group.id,
            "fte": one.fte and float(one.fte),
            "each_cents": one.each_cents,
            "percent": float(one.percent),
            "full_year_cents": ranges(one.full),
            "by_year_cents": {
                str(year): None if one.cents is None else ranges(one.cents[:, at])
                for at, year in enumerate(found.years)
            },
        }
        for one in found.groups
    ]
    total = {str(year): ranges(found.total(year)) for year in found.years}
    return {
        "groups": groups,
        "total_cents": total,
        "full_year_cents": ranges(found.full()),
        "published_cents": published,
        "unknown": [group.id for group in found.unknown],
    }


def _print_cost(found: Any, language: str) -> None:
    rows = [
        [
            str(year),
            *(_millions(None if one.cents is None else one.cents[:, at], language) for one in found.groups),
            _millions(found.total(year), language),
        ]
        for at, year in enumerate(found.years)
    ]
    full = (_millions(one.full, language) for one in found.groups)
    rows.append([FULL.get(language), *full, _millions(found.full(), language)])
    names = (one.group.name.get(language) for one in found.groups)
    table([YEAR.get(language), *names, TOGETHER.get(language)], rows, COST.get(language))


def _millions(cents: Any, language: str) -> str:
    from veerkracht.forecast.pay import Range

    if cents is None:
        return UNKNOWN.get(language)
    found = Range.of(cents)
    return spread(found.median / _MILLION, found.low / _MILLION, found.high / _MILLION, language, 1)


def _plain_bought(found: Any) -> dict[str, Any]:
    def spreads(*, together: bool) -> list[dict[str, Any]]:
        values = (found.together if together else found.more) or {}
        return [
            {"sector": sector or "all", "what": what, "year": year}
            | _plain(found.spread(sector, what, year, together=together))
            for sector, what in values
            for year in found.years
        ]

    last = found.years[-1]
    per_million = {what: found.per_million(what, last) for what in WHAT}
    return {
        "asked": found.asked,
        "sectors": found.sectors,
        "euro_a_year": None if found.euro is None else float(found.euro.mean()),
        "more": spreads(together=False),
        "when_all_rise_alike": spreads(together=True),
        "per_million": {what: one and _plain(one) for what, one in per_million.items()},
    }


def _plain(spread_: Any) -> dict[str, float]:
    return {name: round(getattr(spread_, name), 4) for name in ("p10", "p25", "p50", "p75", "p90")}


def _print_bought(here: Any, found: Any, language: str) -> None:
    last = found.years[-1]
    names = {one.id: one.name.get(language) for one in here.staff.sectors}
    rows = [
        [name, *(_spread(found.spread(sector, what, last), language) for what in WHAT)]
        for sector, name in {**names, "": ALL_SECTORS.get(language)}.items()
    ]
    if found.together is not None:
        alike = (_spread(found.spread("", what, last, together=True), language) for what in WHAT)
        rows.append([ALIKE.get(language), *alike])
    title = BOUGHT.fill(year=str(last), runs=found.asked.runs).get(language)
    table([SECTOR.get(language), *(name.get(language) for name in WHAT.values())], rows, title)
    if found.euro is not None:
        click.echo(f"{COST.get(language)}: {_millions_of(found.euro, language)}")
    click.echo(f"{PER_MILLION.get(language)}: {_spread(found.per_million('fte', last), language, 1)}")


def _millions_of(euro: Any, language: str) -> str:
    import numpy as np

    low, middle, high = np.quantile(euro, (0.1, 0.5, 0.9)) / _EURO
    return spread(middle, low, high, language, 1)


def _spread(one: Any, language: str, decimals: int = 0) -> str:
    return UNKNOWN.get(language) if one is None else spread(one.p50, one.p10, one.p90, language, decimals)
