"""A region: everything its folder says, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from veerkracht.region.access import Access
from veerkracht.region.assessments import Assessments
from veerkracht.region.crisis import Crisis
from veerkracht.region.disclosure import Disclosure
from veerkracht.region.figures import Figures
from veerkracht.region.hindcast import Hindcasts
from veerkracht.region.holidays import Holiday
from veerkracht.region.homes import Lists
from veerkracht.region.levers import Lever
from veerkracht.region.losses import Shelters
from veerkracht.region.money.model import Money
from veerkracht.region.offers import OfferRules
from veerkracht.region.open_money import OpenMoney
from veerkracht.region.pay import Pay
from veerkracht.region.payments import PaymentRules
from veerkracht.region.places import Places
from veerkracht.region.plans import Plan
from veerkracht.region.population import Population
from veerkracht.region.quality import Quality
from veerkracht.region.residence import ResidenceRules
from veerkracht.region.shelter import Shelter
from veerkracht.region.staff import Workforce
from veerkracht.region.supply import Supply
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.home_rules import HomeRules
from veerkracht.rulebook.now import NowProgramme
from veerkracht.rulebook.types import Programme, Source, Text

Thing = TypeVar("Thing", Programme, Plan)


@dataclass(frozen=True)
class Region:
    """`areas`: one row a municipality, columns of `areas.SCHEMA`. `texts`: longer texts by their name.
    `programmes`: those for which people wait; `programmes_now`: those given at once or not at all, which have no list.

    `turns_plan`: the plan with whose money expected turns are estimated. `supplies`: the homes or teams of a
    programme, by its id. `stale_after_months`: a number that nobody has checked for longer is shown as stale; None:
    no number is. `access`: on which grounds files may be shared; None: the region does not say, and nothing is shared.
    `money`: envelopes, measures and budget lines; None: the region tells nothing of them.
    `national_numbers`: the number schemes by which national numbers are checked (`region.number_schemes`),
    `enterprise_numbers` those of organisations. `payments`: how it pays; None: it pays nobody.
    `lists`: what the lists of homes share; None: no home keeps a list here. `homes`: the own rules of homes, by id.
    `residence`: how stays in homes end and what they cost; None: it has none.
    `places`: its words for what there is of places; None: the region gives none.
    `open_money`: how it publishes what its money did; None: it does not.
    `offers`: how a place that comes free is offered, by programme. `losses`: places without a list, by their id.
    """

    id: str
    name: Text
    folder: Path
    languages: tuple[str, ...]
    currency: str
    time_zone: str
    disclaimer: Text
    turns_plan: str
    holidays: tuple[Holiday, ...]
    areas: pl.DataFrame
    areas_source: Source | None
    programmes: dict[str, Programme]
    figures: Figures
    plans: dict[str, Plan]
    programmes_now: dict[str, NowProgramme] = field(default_factory=dict)
    texts: dict[str, Text] = field(default_factory=dict)
    levers: tuple[Lever, ...] = ()
    supplies: dict[str, Supply] = field(default_factory=dict)
    lists: Lists | None = None
    homes: dict[str, HomeRules] = field(default_factory=dict)
    hindcasts: Hindcasts | None = None
    population: Population | None = None
    staff: Workforce | None = None
    pay: Pay | None = None
    quality: Quality | None = None
    residence: ResidenceRules | None = None
    shelter: Shelter | None = None
    crisis: Crisis | None = None
    assessments: Assessments | None = None
    stale_after_months: int | None = None
    national_numbers: tuple[str, ...] = ()
    enterprise_numbers: tuple[str, ...] = ()
    payments: PaymentRules | None = None
    open_money: OpenMoney | None = None
    disclosure: Disclosure | None = None
    access: Access | None = None
    money: Money | None = None
    offers: dict[str, OfferRules] = field(default_factory=dict)
    losses: dict[str, Shelters] = field(default_factory=dict)
    places: Places | None = None

    @property
    def kinds_of_help(self) -> dict[str, Text]:
        """What a service can give, by id: every programme, those without a list last."""
        return {one.id: one.name for one in (*self.programmes.values(), *self.programmes_now.values())}

    def programme(self, id: str) -> Programme:
        """The programme with this id. Raises `Fault` naming those there are."""
        return self._one(self.programmes, id, "programme")

    def plan(self, id: str) -> Plan:
        """The plan with this id. Raises `Fault` naming those there are."""
        return self._one(self.plans, id, "plan")

    def holidays_in(self, year: int) -> dict[date, Text]:
        """The public holidays of a year in the order of the calendar."""
        return dict(sorted((holiday.in_year(year), holiday.name) for holiday in self.holidays))

    def is_working_day(self, day: date) -> bool:
        """Whether offices are open: no Saturday, Sunday or public holiday."""
        return day.weekday() < 5 and day not in self.holidays_in(day.year)

    def _one(self, known: dict[str, Thing], id: str, what: str) -> Thing:
        if id in known:
            return known[id]
        raise Fault(f"{self.name.en} has no {what} “{id}”; it has: {', '.join(known) or 'none'}.")
