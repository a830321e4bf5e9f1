"""The tables of `veerkracht plan`."""

from collections.abc import Iterable
from typing import Any

import click

from veerkracht.cli.numbers import number, spread
from veerkracht.cli.output import table
from veerkracht.region import Plan
from veerkracht.rulebook.types import Text

KINDS = {
    "money": Text("geld", "money"),
    "places": Text("plaatsen", "places"),
    "cases": Text("begeleidingen", "cases"),
    "pay": Text("loon", "pay"),
    "training": Text("opleiding", "training"),
    "rule": Text("regel", "rule"),
}
UNITS = {
    "money": Text("€ {of} miljoen", "€ {of} million"),
    "pay": Text("{of} %", "{of} %"),
    "training": Text("{of} opleidingsplaatsen", "{of} training places"),
    "places": Text("{of} plaatsen", "{of} places"),
    "cases": Text("{of} begeleidingen", "{of} cases"),
}
UNKNOWN = Text("onbekend", "unknown")
NONE = Text("niets", "nothing")
TOP = Text("Bovenop: {of}", "On top of: {of}")
COST_IN = Text("kost in {year}, miljoen euro", "costs in {year}, million euro")
MEASURES = Text("Maatregelen", "Measures")
COSTS = Text("Kosten per jaar, miljoen euro", "Cost by year, million euro")
ENVELOPES = Text("Aangekondigd of afgesproken geld", "Money announced or agreed")
STANDING = Text(
    "Komt er bij elk plan (staat bij het aanbod)", "Comes whatever the plan (stands with the supply)"
)
RESTS_ON = Text("Waarop dit rust", "What this rests on")
OPEN = Text("{of} van onbekende kostprijs", "{of} of unknown cost")
PLUS_OPEN = Text(" + {of} onbekend", " + {of} unknown")
ONLY_SHOWN = Text(
    "* Getoond, niet gespeeld: onbekend, of wat het betaalt staat er als plaatsen, loon of een regel bij.",
    "* Shown, not played: unknown, or what it pays stands beside it as places, pay or a rule.",
)
HEADERS = {
    "plan": Text("plan", "plan"),
    "name": Text("naam", "name"),
    "top": Text("bovenop", "on top of"),
    "measures": Text("maatregelen", "measures"),
    "measure": Text("maatregel", "measure"),
    "kind": Text("soort", "kind"),
    "what": Text("wat er bijkomt", "what is added"),
    "from": Text("vanaf", "from"),
    "decided": Text("beslist", "decided"),
    "year": Text("jaar", "year"),
    "recurrent": Text("blijvend", "recurrent"),
    "once": Text("eenmalig", "one-off"),
    "unknown": Text("niet geteld", "not counted"),
    "envelope": Text("geld", "envelope"),
    "amount": Text("miljoen euro", "million euro"),
    "within": Text("deel van", "part of"),
    "measured": Text("daarvan in maatregelen", "of which in measures"),
    "units": Text("aantal", "number"),
    "until": Text("tot", "until"),
}
_MOST_STEPS = 3


def brief(plan: Plan) -> dict[str, Any]:
    name = {"nl": plan.name.nl, "en": plan.name.en}
    return {
        "id": plan.id,
        "name": name,
        "on_top_of": plan.builds_on or None,
        "measures": len(plan.measures),
    }


def plans(found: Iterable[Plan], language: str) -> None:
    rows = [(plan.id, plan.name.get(language), plan.builds_on or "–", len(plan.measures)) for plan in found]
    table(_headers(language, "plan", "name", "top", "measures"), rows)


def one_plan(said: dict[str, Any], language: str) -> None:
    """`said`: what `forecast.plans.describe.plain` gives."""
    click.echo(said["name"][language])
    if said["summary"][language]:
        click.echo(said["summary"][language])
    top = said["on_top_of"] or NONE.get(language)
    click.echo(f"{TOP.fill(of=top).get(language)}\n")
    if said["measures"]:
        _measures(said, language)
        _costs(said, language)
    if said["envelopes"]:
        _envelopes(said, language)
    if not said["on_top_of"] and said["whatever_the_plan"]:
        _standing(said, language)
    _rests_on(said, language)


def _headers(language: str, *names: str) -> list[str]:
    return [HEADERS[name].get(language) for name in names]


def _measures(said: dict[str, Any], language: str) -> None:
    last = max(row["year"] for row in said["by_year"])
    rows = [_measure(one, last, language) for one in said["measures"]]
    headers = _headers(language, "measure", "kind", "what", "from", "decided")
    headers.insert(3, COST_IN.fill(year=str(last)).get(language))
    table(headers, rows, MEASURES.get(language))
    if not all(one["played"] for one in said["measures"]):
        click.echo(ONLY_SHOWN.get(language))
    click.echo("")


def _measure(one: dict[str, Any], last: int, language: str) -> tuple[str, ...]:
    kind = KINDS[one["kind"]].get(language)
    if one["kind"] == "money":
        kind = f"{kind}, {HEADERS['recurrent' if one['recurrent'] else 'once'].get(language)}"
    star = "" if one["played"] else " *"
    (cost,) = (row for row in one["cost"] if row["year"] == last)
    return (
        one["name"][language] + star,
        kind,
        _added(one, language),
        number(cost["amount"] / 1e6, language, 1) if cost["known"] else UNKNOWN.get(language),
        one["steps"][0]["from"],
        min(step["decided"] for step in one["steps"]),
    )


def _added(one: dict[str, Any], language: str) -> str:
    """What a measure adds: each step when they are few, else how many and all together."""
    if one["kind"] == "rule":
        changes = ", ".join(f"{key} = {value}" for key, value in one["change"].items())
        return f"{one['section']} {one.get('item', '')}: {changes}"
    steps = one["steps"]
    if any(step["number"] is None for step in steps):
        return UNKNOWN.get(language)
    if len(steps) > _MOST_STEPS:
        total = sum(step["number"] for step in steps)
        return f"{_unit(one['kind'], total, language)} ({len(steps)} ×)"
    return " + ".join(_unit(one["kind"], step["number"], language) for step in steps)


def _unit(kind: str, of: float, language: str) -> str:
    in_millions = of / 1e6 if kind == "money" else of
    decimals = 1 if kind in ("money", "pay") else 0
    return UNITS[kind].fill(of=number(in_millions, language, decimals)).get(language)


def _costs(said: dict[str, Any], language: str) -> None:
    """A row a year: what each kind of measure costs, and all together."""
    years: dict[int, dict[bool, dict[str, Any]]] = {}
    for row in said["by_year"]:
        years.setdefault(row["year"], {})[row["recurrent"]] = row
    of_kind = {(row["year"], row["kind"]): row["amount"] / 1e6 for row in said["by_kind"]}
    kinds = list(dict.fromkeys(row["kind"] for row in said["by_kind"]))
    rows = []
    for year, sums in years.items():
        open_ = sum(row["unknown"] for row in sums.values())
        rows.append(
            (
                str(year),
                *(number(of_kind[year, kind], language, 1) for kind in kinds),
                _millions(sums[True], language),
                _millions(sums[False], language),
                OPEN.fill(of=str(open_)).get(language) if open_ else "–",
            )
        )
    headers = _headers(language, "year", "recurrent", "once", "unknown")
    headers[1:1] = [KINDS[kind].get(language) for kind in kinds]
    table(headers, rows, COSTS.get(language))
    click.echo("")


def _millions(row: dict[str, Any], language: str) -> str:
    amount, low, high = (row[name] / 1e6 for name in ("amount", "low", "high"))
    if low == high:
        return number(amount, language, 1)
    return spread(amount, low, high, language, 1)


def _envelopes(said: dict[str, Any], language: str) -> None:
    names = {one["id"]: one["name"][language] for one in (*said["envelopes"], *said["measures"])}
    rows = [
        (
            one["name"][language],
            UNKNOWN.get(language) if one["amount"] is None else number(one["amount"] / 1e6, language, 1),
            one["decided"],
            names.get(one["within"], "–"),
            _in_measures(one, language),
        )
        for one in said["envelopes"]
    ]
    headers = _headers(language, "envelope", "amount", "decided", "within", "measured")
    table(headers, rows, ENVELOPES.get(language))
    click.echo("")


def _in_measures(one: dict[str, Any], language: str) -> str:
    """What of an envelope has become a measure: a known sum, and how many without."""
    if not one["pays"]:
        return "–"
    known = number(one["in_measures"] / 1e6, language, 1)
    open_ = PLUS_OPEN.fill(of=str(one["unknown"])).get(language) if one["unknown"] else ""
    return known + open_


def _standing(said: dict[str, Any], language: str) -> None:
    rows = [
        (
            one["text"][language] or one["id"],
            spread(one["units"], one["low"], one["high"], language),
            one["from"],
            one["until"],
            one["decided"],
        )
        for one in said["whatever_the_plan"]
    ]
    headers = _headers(language, "measure", "units", "from", "until", "decided")
    table(headers, rows, STANDING.get(language))
    click.echo("")


def _rests_on(said: dict[str, Any], language: str) -> None:
    click.echo(RESTS_ON.get(language))
    for one in said["measures"]:
        source, assumption = one["source"], one["assumption"]
        parts = []
        if source:
            parts.append(" ".join(part for part in (source["title"], source["url"], source["note"]) if part))
        if assumption:
            parts.append(assumption["why"][language])
        click.echo(f"- {one['name'][language]}: {' — '.join(parts)}")
