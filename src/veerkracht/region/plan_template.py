"""A new plan file, to be filled in: it can be used as it is, and says of every kind of measure how to write it."""

from __future__ import annotations

from datetime import date

from veerkracht.region import toml_text
from veerkracht.region.model import Region
from veerkracht.rulebook.errors import Fault

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
_MONEY = """
# Money: euro a year that is added from a day on. recurrent = true comes back every year, false is given once.
[[measure]]
id = "more-money"
kind = "money"
programme = "{programme}"
name = {{ nl = "Meer geld", en = "More money" }}
amount = 1_000_000
recurrent = true
from = {year}-01-01
# until = {later}-01-01          the first day on which it no longer holds
# spread = "quarters"         a quarter of it on the first day of each quarter
# yearly_until = {later}-01-01   again every year before this day
"""
_UNITS = """
# {what}: how many are added. area = the code of a municipality, zone, region or province ("" is everywhere).
[[measure]]
id = "more-{kind}"
kind = "{kind}"
programme = "{programme}"
name = {{ nl = "Meer {nl}", en = "More {kind}" }}
area = ""
steps = [
  {{ from = {year}-01-01, {kind} = 100 }},
  {{ from = {later}-01-01, {kind} = 50 }},
]
# cost = {{ amount = 30_000, low = 25_000, high = 40_000, each = true }}   euro a year of one
"""
_STAFF = """
# Pay, in percent, and training places a year. sector and profession as in staff.toml ("" is all).
[[measure]]
id = "more-pay"
kind = "pay"
sector = "{sector}"
name = {{ nl = "Hoger loon", en = "Higher pay" }}
percent = 1
from = {year}-01-01
# cost = {{ amount = 58_000, low = 45_000, high = 72_000, each = true }}   euro a year of one full-time worker
"""
_TRAINING = """
[[measure]]
id = "more-training"
kind = "training"
profession = "{profession}"
name = {{ nl = "Meer opleidingsplaatsen", en = "More training places" }}
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
    programmes = region.programmes.values()
    when = {"year": year, "later": year + 1}
    found = []
    money = next((one for one in programmes if one.resource == "money"), None)
    if money is not None:
        found.append(_MONEY.format(programme=money.id, **when) + _ranged(500_000, 1_500_000))
    for kind, what, nl in (("places", "Places", "plaatsen"), ("cases", "Cases of teams", "begeleidingen")):
        giver = next((one for one in programmes if one.resource == kind), None)
        if giver is not None:
            text = _UNITS.format(kind=kind, what=what, nl=nl, programme=giver.id, **when)
            found.append(text + _ranged(0, 150))
    if region.staff is not None:
        found.append(_STAFF.format(sector=region.staff.sectors[0].id, **when) + _ranged(0, 2))
        profession = region.staff.professions[0].id
        found.append(_TRAINING.format(profession=profession, **when) + _ranged(50, 120))
    ruled = next((one for one in programmes if one.parameters), None)
    if ruled is not None:
        first = ruled.parameters[0]
        ends = {"low": first.value, "high": first.value}
        found.append(_RULE.format(programme=ruled.id, parameter=first.id, value=first.value, **ends, **when))
    return found


def _ranged(low: int, high: int) -> str:
    return _WHY.replace("LOW", f"{low:_}").replace("HIGH", f"{high:_}")
