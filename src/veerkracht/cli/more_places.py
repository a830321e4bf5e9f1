"""`veerkracht more-places`: what one more crisis place buys, and where."""

from datetime import date
from typing import Any

import click
import numpy as np

from veerkracht.cli.numbers import number, spread
from veerkracht.cli.options import Day, as_json
from veerkracht.cli.output import print_json, say, table
from veerkracht.rulebook.types import Text

ZONE = Text("Zone", "Zone")
SEARCHES = Text("Zoekvragen per jaar", "Searches a year")
NONE = Text("Zonder plaats per jaar", "Without a place a year")
SHARE = Text("Deel zonder plaats (%)", "Share without a place (%)")
BOUGHT = Text("Eén plaats meer: zoveel minder", "One more place: so many fewer")
MORE = Text("Plaatsen meer", "Places more")
TITLE = Text(
    "{name}: midden (8 kansen op 10), {kept} berekeningen", "{name}: middle (8 chances in 10), {kept} runs"
)
KEPT = Text(
    "Van {drawn} trekkingen passen deze {kept} bij het deel zonder plaats dat bekend is; ze hebben {places} {unit}.",
    "Of {drawn} draws these {kept} agree with the share without a place that is known; they have {places} {unit}.",
)
_SHOWN = (0.5, 0.1, 0.9)


@click.command(
    epilog="""\b
Examples:
  veerkracht more-places crisis-bed-minor
  veerkracht more-places crisis-bed-minor --runs 300 --workers 2 --json
"""
)
@click.argument("kind", required=False)
@click.option("--on", type=Day(), help="With the numbers that hold on this day (today).")
@click.option("--runs", default=100, show_default=True, help="How many draws to keep.")
@click.option("--seed", default=1, show_default=True, help="The same seed gives the same numbers.")
@click.option("--workers", default=1, show_default=True, help="How many threads play.")
@as_json
@click.option("--language", type=click.Choice(["nl", "en"]), default="en", show_default=True)
def command(
    kind: str | None, on: date | None, runs: int, seed: int, workers: int, as_json: bool, language: str
) -> None:
    """How many searches a year would no longer end with "no place found", with one more place in each zone.

    KIND is a kind of help of the crisis desk; without it, the kinds that can be reckoned are listed. By what the
    region's files know and assume, with their ranges.
    """
    from veerkracht import region as regions
    from veerkracht.cli.forecast import keep_compiled

    keep_compiled()
    from veerkracht.forecast.losses import Asked, more_places, shelters_of

    here = regions.current()
    if kind is None:
        table(("kind", "name"), [(one.kind, one.name.get(language)) for one in here.losses.values()])
        return
    shelters = shelters_of(here, kind)
    found = more_places(shelters, Asked(on or date.today(), runs, seed, workers))
    if as_json:
        print_json(_plain(found))
        return
    _print(found, language)


def _middle(values: Any) -> tuple[float, float, float]:
    return tuple(float(one) for one in np.quantile(values, _SHOWN))  # type: ignore[return-value]


def _print(found: Any, language: str) -> None:
    if found.is_fitted:
        places = spread(*_middle(found.places.sum(axis=1)), language)
        facts = {"drawn": found.drawn, "kept": found.kept, "places": places}
        say(KEPT.fill(**facts, unit=found.shelters.unit).get(language))
    rows = [
        [
            zone.name.get(language),
            *(spread(*_middle(values[:, place]), language) for values in (found.searched, found.none)),
            spread(*_middle(100 * found.none_share[:, place]), language),
            spread(*_middle(found.bought[:, place]), language, 1),
        ]
        for place, zone in enumerate(found.shelters.zones)
    ]
    title = TITLE.fill(name=found.shelters.name, kept=found.kept).get(language)
    table([one.get(language) for one in (ZONE, SEARCHES, NONE, SHARE, BOUGHT)], rows, title)
    left = [
        (number(more, language), spread(*_middle(100 * found.left[:, place]), language))
        for place, more in enumerate((0, *found.steps.tolist()))
    ]
    table([MORE.get(language), SHARE.get(language)], left)


def _plain(found: Any) -> dict[str, Any]:
    """As data: quantiles of every number, by zone and for more places in all."""
    names = ("places", "searched", "none", "none_share", "elsewhere", "used", "bought")
    zones = {
        zone.id: {name: _range(getattr(found, name)[:, place]) for name in names}
        for place, zone in enumerate(found.shelters.zones)
    }
    steps = [
        {"places_more": more, "none_share": _range(found.left[:, place])}
        for place, more in enumerate((0, *found.steps.tolist()))
    ]
    return {
        "kind": found.shelters.kind,
        "kept": found.kept,
        "drawn": found.drawn,
        "zones": zones,
        "steps": steps,
    }


def _range(values: Any) -> dict[str, float]:
    middle, low, high = _middle(values)
    return {"p10": round(low, 4), "p50": round(middle, 4), "p90": round(high, 4)}
