"""A new plan file, to be filled in: it can be used as it is, and says of every kind of measure how to write it."""

from __future__ import annotations

from datetime import date

from veerkracht.region import toml_text
from veerkracht.region.model import Region
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text

_HEAD = """\
# A plan: what could be done, from when, and what it rests on. How to write one: docs/writing-a-plan.md
# Check it with:  veerkracht plan check FILE      Play it with:  veerkracht forecast FILE --against PLAN
"""
_NAMES = """\
name = { nl = "Mijn plan", en = "My plan" }
summary = { nl = "Wat dit plan doet, in een paar zinnen.", en = "What this plan does, in a few sentences." }
"""
_WHY = """\
# Where the number comes from: source = { title = "…", url = "https://…" }, or an assumption with its range.
assumption = { why = { nl = "Een oefening.", en = "An exercise." }, low = LOW, high = HIGH }
"""
_MEASURE = """{hint}[[measure]]
id = "more-{kind}"
kind = "{kind}"
{of} = "{owner}"
name = {{ nl = "{name.nl}", en = "{name.en}" }}
"""
_MONEY_HINT = """
# Money: euro a year that is added from a day on. recurrent = true comes back every year, false is given once.
"""
_MONEY = """\
amount = 1_000_000
recurrent = true
from = {year}-01-01
# until = {later}-01-01          the first day on which it no longer holds
# spread = "quarters"         a quarter of it on the first day of each quarter
# yearly_until = {later}-01-01   again every year before this day
"""
_UNITS_HINT = """
# {what}: how many are added. area = the code of a municipality, zone, region or province ("" is everywhere).
"""
_UNITS = """\
area = ""
steps = [
  {{ from = {year}-01-01, {kind} = 100 }},
  {{ from = {later}-01-01, {kind} = 50 }},
]
# cost = {{ amount = 30_000, low = 25_000, high = 40_000, each = true }}   euro a year of one
"""
_PAY_HINT = """
# Pay, in percent, and training places a year. sector and profession as in staff.toml ("" is all).
"""
_PAY = """\
percent = 1
from = {year}-01-01
# cost = {{ amount = 58_000, low = 45_000, high = 72_000, each = true }}   euro a year of one full-time worker
"""
_TRAINING = """\
training_places = 100
from = {year}-09-01
"""
_RULE = """
# A rule from a day on: a section of the programme file, which item of it, and its new values.
# [[measure]]
# id = "another-number"
# kind = "rule"
# programme = "{programme}"
# name = {{ nl = "Een ander getal", en = "Another number" }}
# section = "parameter"
# item = "{parameter}"
# change = {{ value = {value}, low = {low}, high = {high} }}
# from = {year}-01-01
# assumption = {{ why = {{ nl = "Een oefening.", en = "An exercise." }} }}
"""


def plan_template(region: Region, id: str, on_top_of: str, year: int | None = None) -> str:
    """The text of a new plan on top of another ("" for none), with an example of each kind that the region can play.

    `year`: when its measures begin (without it: next year). Raises `Fault` for a plan that does not exist and for an
    id that is taken.
    """
    if id in region.plans:
        raise Fault(
            f"{region.name.en} has a plan “{id}” already: give the new one another name than {_names(region)}."
        )
    if on_top_of:
        region.plan(on_top_of)
    begin = year or date.today().year + 1
    head = f"{_HEAD}id = {toml_text.value(id)}\n{_NAMES}"
    if on_top_of:
        head += f"# Everything in this plan holds too.\nbuilds_on = {toml_text.value(on_top_of)}\n"
    return head + "".join(_examples(region, begin))


def _names(region: Region) -> str:
    return ", ".join(region.plans)


def _examples(region: Region, year: int) -> list[str]:
    when = {"year": year, "later": year + 1}
    found = _resources(region, when)
    if region.staff is not None:
        sector, profession = region.staff.sectors[0].id, region.staff.professions[0].id
        pay = _measure("pay", ("sector", sector), Text("Hoger loon", "Higher pay"), _PAY_HINT)
        trained = Text("Meer opleidingsplaatsen", "More training places")
        found.append(pay + _PAY.format(**when) + _ranged(0, 2))
        training = _measure("training", ("profession", profession), trained, "\n")
        found.append(training + _TRAINING.format(**when) + _ranged(50, 120))
    ruled = next((one for one in region.programmes.values() if one.parameters), None)
    if ruled is not None:
        first = ruled.parameters[0]
        ends = {"low": first.value, "high": first.value}
        found.append(_RULE.format(programme=ruled.id, parameter=first.id, value=first.value, **ends, **when))
    return found


def _resources(region: Region, when: dict[str, int]) -> list[str]:
    """An example of each thing that a programme of the region gives: money, places, cases."""
    places, cases = Text("Meer plaatsen", "More places"), Text("Meer begeleidingen", "More cases")
    units = {"places": ("Places", places), "cases": ("Cases of teams", cases)}
    gives = {one.resource: one.id for one in reversed(region.programmes.values())}
    found = []
    if "money" in gives:
        more = _measure("money", ("programme", gives["money"]), Text("Meer geld", "More money"), _MONEY_HINT)
        found.append(more + _MONEY.format(**when) + _ranged(500_000, 1_500_000))
    for kind, (what, name) in units.items():
        if kind in gives:
            more = _measure(kind, ("programme", gives[kind]), name, _UNITS_HINT.format(what=what))
            found.append(more + _UNITS.format(kind=kind, **when) + _ranged(0, 150))
    return found


def _measure(kind: str, of: tuple[str, str], name: Text, hint: str) -> str:
    """The beginning of a measure: what it is, of which programme, sector or profession, and what it is called."""
    return _MEASURE.format(hint=hint, kind=kind, of=of[0], owner=of[1], name=name)


def _ranged(low: int, high: int) -> str:
    return _WHY.replace("LOW", f"{low:_}").replace("HIGH", f"{high:_}")
