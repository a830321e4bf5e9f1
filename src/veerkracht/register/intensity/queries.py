"""Care intensity by area and by home: what pages, files and commands read. Every function asks the gate first."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from veerkracht import region
from veerkracht.region.care_backlog import Backlog, BacklogDay, backlog, published_cost
from veerkracht.register import clock
from veerkracht.register.assessments.scoring import definitions
from veerkracht.register.errors import Invalid, Refused
from veerkracht.register.intensity.counting import Intensity, together
from veerkracht.register.intensity.homes import Home, homes_of, safe
from veerkracht.register.intensity.rules import STEP, Rules, measured_programmes, rules_on
from veerkracht.register.log.record import record
from veerkracht.register.people import areas
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.judged import threshold
from veerkracht.register.supply.access import list_counted_services
from veerkracht.register.supply.models import Service
from veerkracht.rulebook.types import Text

# By which areas homes are shown together, small to large; each is safe by itself and beside the other.
ZONE, PROVINCE = LEVELS = ("zone", "province")


@dataclass(frozen=True)
class Area:
    """All homes of an area together. `is_hidden`: too few people to tell. `shows_categories`: no category is small."""

    code: str
    name: str
    found: Intensity
    is_hidden: bool
    shows_categories: bool


@dataclass(frozen=True)
class Overview:
    """Care intensity on a day: of all that somebody may know, by area, and by home of the area that was asked for.

    `total`: of all areas, with no code. `by_level`: the areas of each level, by name; `level` was asked for.
    """

    on: date
    rules: Rules
    level: str
    total: Area
    by_level: Mapping[str, tuple[Area, ...]]
    homes: tuple[Home, ...]

    @property
    def areas(self) -> tuple[Area, ...]:
        return self.by_level[self.level]


@dataclass(frozen=True)
class Past:
    """The backlog as it follows from figures. `cost`: from when, and how much a year others said that closing it is."""

    asked: Backlog
    days: tuple[BacklogDay, ...]
    cost: tuple[date, float] | None


def per_area(
    actor: Actor, programme: str = "", *, on: date | None = None, level: str = PROVINCE, area: str = ""
) -> Overview:
    """Care intensity on a day (today) by area, with the homes of one of the areas (`area`: its code; "" for all); four
    queries for however many homes.

    Raises `Refused` for who may not count places, and `Invalid` for a programme whose money follows no instrument, a
    level or an area that isn't there, or a day to come.
    """
    if level not in LEVELS:
        listed = ", ".join(LEVELS)
        raise Invalid(Text(nl=f"Kies een van: {listed}.", en=f"Choose one of: {listed}."), "level")
    within = areas.codes(level, area) if area else None
    found, rules, day = _all(actor, programme, on)
    shown = [one for one in found if within is None or one.service.area in within]
    return Overview(
        on=day,
        rules=rules,
        level=level,
        total=_rows({"": [one.found for one in found]}, {}, level)[0],
        by_level={one: _areas(found, one) for one in LEVELS},
        homes=tuple(shown),
    )


def per_home(actor: Actor, programme: str = "", *, on: date | None = None) -> list[Home]:
    """Care intensity on a day (today), home by home, by name. Raises as `per_area`."""
    return _all(actor, programme, on)[0]


def of_home(actor: Actor, id: int, *, on: date | None = None) -> tuple[Home, Rules]:
    """One home as somebody may see it among the others. Raises `Refused`, the same whether it exists or not."""
    programme = Service.objects.filter(pk=id).values_list("programme", flat=True).first() or ""
    found, rules, _day = _all(actor, programme if programme in measured_programmes() else "", on)
    one = next((home for home in found if home.service.pk == id), None)
    if one is None:
        record(actor, "refused", "service", detail={"asked": str(id)[:20]})
        raise Refused()
    return one, rules


def past(programme: str = "") -> Past | None:
    """How many residents with heavy care were not financed at the norm, year by year; None where the region's figures
    do not say. Of published figures alone, so for everybody.
    """
    asked = definitions().backlog
    if asked is None or programme not in ("", asked.programme):
        return None
    figures = region.current().figures
    step = rules_on(asked.programme, asked.until).span(STEP)
    days = backlog(asked, figures, step)
    return Past(asked, tuple(days), published_cost(asked, figures)) if days else None


def closes_the_backlog(plan_measures: Iterable[str]) -> bool:
    """Whether one of these measures of plans is the one that closed the backlog."""
    asked = definitions().backlog
    return asked is not None and asked.measure in set(plan_measures)


def _all(actor: Actor, programme: str, on: date | None) -> tuple[list[Home], Rules, date]:
    today = clock.today()
    if on is not None and on > today:
        raise Invalid(Text(nl="Deze dag moet nog komen.", en="This day is still to come."), "on")
    measured = measured_programmes()
    wanted = programme or actor.programme or next(iter(measured), "")
    services = list(list_counted_services(actor, wanted))
    if wanted not in measured:
        listed = ", ".join(measured) or "–"
        raise Invalid(Text(nl=f"Kies een van: {listed}.", en=f"Choose one of: {listed}."), "programme")
    rules = rules_on(wanted, on or today)
    return homes_of(actor, services, rules, on or today), rules, on or today


def _areas(homes: Sequence[Home], level: str) -> tuple[Area, ...]:
    area_of = dict(areas.table().select("code", areas.SETS[level]).iter_rows())
    by_code: dict[str, list[Intensity]] = defaultdict(list)
    for one in homes:
        by_code[area_of.get(one.service.area) or ""].append(one.found)
    return _rows(by_code, dict(areas.choices(level)), level)


def _rows(
    by_code: Mapping[str, Sequence[Intensity]], names: Mapping[str, str], level: str
) -> tuple[Area, ...]:
    found = {code: together(ones) for code, ones in by_code.items()}
    hidden, told = _hidden(found, level), _told(found)
    rows = [
        Area(code, names.get(code) or code, one, code in hidden, code in told and code not in hidden)
        for code, one in found.items()
    ]
    return tuple(sorted(rows, key=lambda one: (one.name, one.code)))


def _hidden(found: Mapping[str, Intensity], level: str) -> frozenset[str]:
    """Areas left out, within the larger area of which the whole is told."""
    larger = areas.SETS[PROVINCE] if level == ZONE else areas.SETS[level]
    groups: dict[str, list[str]] = defaultdict(list)
    of = dict(areas.table().select(areas.SETS[level], larger).iter_rows()) if level == ZONE else {}
    for code in found:
        groups[of.get(code, "")].append(code)
    left_out = set()
    for codes in groups.values():
        numbered = dict(enumerate(codes))
        left_out |= {numbered[id] for id in safe({id: found[code] for id, code in numbered.items()})}
    return frozenset(left_out)


def _told(found: Mapping[str, Intensity]) -> frozenset[str]:
    """Areas of which each category can be told: none is small, and not all but one of the areas are told, from which
    that one would follow.
    """
    least = threshold()
    safely = {
        code
        for code, one in found.items()
        if all(count == 0 or count >= least for count in one.residents.by_category.values())
    }
    if len(found) - len(safely) == 1 and safely:
        safely.discard(min(safely, key=lambda code: (found[code].residents.total, code)))
    return frozenset(safely)
