"""What series are called, and what they count: `<owner>.<thing>[.<part>]`.

The owner is a programme, "staff" (followed by a sector) or "population". What parts are called (groups, categories,
sectors, professions) the region's files say.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Protocol

from veerkracht.forecast.flows import FLOWS
from veerkracht.region.staff import Workforce
from veerkracht.rulebook.types import Programme, Text

STAFF, POPULATION = "staff", "population"
_AND_OLDER = re.compile(r"(\d+)-plus")
# Who is helped is told of the day, though what was published of it is of a year.
_FLOWS = (FLOWS - {"helped"}) | {"admitted", "ended", "hires"}
THINGS: dict[str, Text] = {
    "waiting.total": Text("Wachtende vragen", "Waiting requests"),
    "waiting.persons": Text("Wachtende personen", "Waiting persons"),
    "waiting": Text("Wachtend, {part}", "Waiting, {part}"),
    "next-in-line": Text("Volgende in de rij, {part} (dagen)", "Next in line, {part} (days)"),
    "holders": Text("Personen met een budget", "Persons with a budget"),
    "granted.route": Text("Toegekend buiten de wachtrij", "Granted outside the queue"),
    "granted.total": Text("Toegekend, alles", "Granted, all"),
    "granted": Text("Toegekend, {part}", "Granted, {part}"),
    "arrivals": Text("Nieuwe vragen, {part}", "New requests, {part}"),
    "arrivals.total": Text("Nieuwe vragen", "New requests"),
    "exits": Text("Weg zonder hulp, {part}", "Gone without help, {part}"),
    "exits.total": Text("Weg zonder hulp", "Gone without help"),
    "moves-in": Text("Verhuisd naar {part}", "Moved to {part}"),
    "moves-out": Text("Verhuisd uit {part}", "Moved from {part}"),
    "money.used": Text("Toegekend geld", "Money granted"),
    "money.left": Text("Geld over", "Money left"),
    "money.freed": Text("Vrijgekomen geld", "Money that came free"),
    "money.growth": Text("Nieuw geld", "New money"),
    "money.paid": Text("Betaald geld", "Money paid"),
    "places.recognised": Text("Erkende plaatsen", "Recognised places"),
    "places.open": Text("Plaatsen die open zijn", "Places that are open"),
    "places.staffed": Text("Plaatsen met genoeg personeel", "Places with enough staff"),
    "places": Text("Plaatsen, {part}", "Places, {part}"),
    "residents.total": Text("Bewoners", "Residents"),
    "residents.heavy": Text("Bewoners met zware zorg", "Residents with heavy care"),
    "residents.heavy-without-norm": Text(
        "Bewoners met zware zorg zonder geld aan de norm",
        "Residents with heavy care without money at the norm",
    ),
    "residents": Text("Bewoners, {part}", "Residents, {part}"),
    "occupancy": Text("Bezetting van wat open is", "Occupancy of what is open"),
    "helped.persons": Text("Geholpen personen", "Persons helped"),
    "helped": Text("Geholpen, {part}", "Helped, {part}"),
    "residents.heavy-share": Text("Aandeel bewoners met zware zorg", "Share of residents with heavy care"),
    "cases.recognised": Text("Hulp die erkend is, tegelijk", "Help that is recognised, at one time"),
    "cases.open": Text("Hulp die open is, tegelijk", "Help that is open, at one time"),
    "cases.staffed": Text("Hulp met genoeg personeel, tegelijk", "Help with enough staff, at one time"),
    "served-share": Text("Opgenomen per nieuwe vraag, {part}", "Admitted per new request, {part}"),
    "ended.total": Text("Hulp beëindigd", "Help that ended"),
    "admitted": Text("Opgenomen, {part}", "Admitted, {part}"),
    "admitted.total": Text("Opgenomen", "Admitted"),
    "wait.days": Text(
        "Gewacht tot de opname (dagen, gemiddeld)", "Waited until admission (days, on average)"
    ),
    "fte": Text("Voltijdse banen", "Full-time equivalents"),
    "vacancies": Text("Openstaande vacatures", "Open vacancies"),
    "hires": Text("Aangeworven", "Hired"),
    "sickness": Text("Afwezig door ziekte", "Absent through illness"),
    "total": Text("Inwoners", "Inhabitants"),
}
_STAFF_LEFT = Text("Vertrokken", "Left")
_PARTS = {
    "died": Text("overleden", "died"),
    "withdrew": Text("vraag ingetrokken", "withdrew"),
    "light": Text("lichte zorg", "light care"),
    "heavy": Text("zware zorg", "heavy care"),
}
_WITH_PART = Text("{thing}, {part}", "{thing}, {part}")
_OF = Text("{of}: {thing}", "{of}: {thing}")
_POPULATION = Text("Bevolking", "Population")
_AGE = Text("{age} jaar en ouder", "{age} years and older")


class Names(Protocol):
    """Where parts have their names from: a region does."""

    @property
    def programmes(self) -> Mapping[str, Programme]: ...
    @property
    def staff(self) -> Workforce | None: ...


def owner_of(series: str) -> str:
    return series.split(".", 1)[0]


def kind_of(series: str) -> str:
    """What its values are: number, percent (a share) or money (euro)."""
    thing = _thing(series)
    if thing in ("occupancy", "sickness") or thing.endswith("share"):
        return "percent"
    return "money" if thing.startswith("money.") else "number"


def is_flow(series: str) -> bool:
    """Whether it counts what came together in the year, and not what stands on the day."""
    return _thing(series).split(".")[0] in _FLOWS


def is_detail(series: str) -> bool:
    """Whether it is of a part (a group, a category, a profession) of something that has a series of its own."""
    thing = _thing(series)
    return thing not in THINGS and not _AND_OLDER.fullmatch(thing)


def name_of(names: Names, series: str) -> Text:
    """A series in words, without its owner."""
    owner, thing = owner_of(series), _thing(series)
    older = _AND_OLDER.fullmatch(thing)
    if older:
        return _AGE.fill(age=older[1])
    if owner == STAFF and thing == "exits":
        return _STAFF_LEFT
    if thing in THINGS:
        return THINGS[thing]
    head, _, part = thing.partition(".")
    said = part_name(names, owner, part) if part else Text(thing, thing)
    if head not in THINGS:
        return Text(series, series)
    known = THINGS[head]
    filled = known.fill(part=said)
    return filled if filled != known else _WITH_PART.fill(thing=known, part=said)


def full_name(names: Names, series: str) -> Text:
    """A series in words, with what it is of before it."""
    owner = owner_of(series)
    if owner == STAFF:
        of = part_name(names, STAFF, series.split(".")[1])
    elif owner in names.programmes:
        of = names.programmes[owner].name
    else:
        of = _POPULATION if owner == POPULATION else Text(owner, owner)
    return _OF.fill(of=of, thing=name_of(names, series))


def part_name(names: Names, owner: str, part: str) -> Text:
    """What the region calls a part (a group, a category, a sector, a profession); its id when it has no name."""
    if owner in names.programmes:
        known = _parts_of(names.programmes[owner])
    else:
        staff = names.staff
        known = {one.id: one.name for one in (*staff.sectors, *staff.professions)} if staff else {}
    return known.get(part) or _PARTS.get(part) or Text(part.replace("-", " "), part.replace("-", " "))


def _parts_of(programme: Programme) -> dict[str, Text]:
    groups = {group.id: group.name for group in programme.groups}
    return groups | {category.id: category.name for category in programme.care_categories}


def _thing(series: str) -> str:
    """What is left when its owner is taken off; of staff also the sector."""
    owner, _, rest = series.partition(".")
    return rest.partition(".")[2] if owner == STAFF else rest
