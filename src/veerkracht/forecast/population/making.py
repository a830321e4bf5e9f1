"""Cohort-component projection by sex, single age and area, with its uncertainty.

Areas are projected once, with the middle value of what is uncertain. The region as a whole is projected in every run,
with what was drawn for it; a run's persons of an area are the middle ones, multiplied for each sex and age by what the
run's region has in proportion to the middle region. Survival, fertility and migration are drawn for the region as a
whole, so that this loses little, and costs a hundredth of projecting every area in every run.
"""

from dataclasses import dataclass, field
from datetime import date
from math import ceil, floor

import numpy as np

from veerkracht.forecast import luck
from veerkracht.forecast.arrays import Real
from veerkracht.forecast.calendar import check_years
from veerkracht.forecast.draws import Draws
from veerkracht.forecast.faults import ForecastFault
from veerkracht.forecast.inputs import Parameters, Uncertain
from veerkracht.forecast.population import base
from veerkracht.forecast.population.areas import Growth, birth_factors, recent_growth
from veerkracht.forecast.population.model import OWNER, Projection, moment, years_later
from veerkracht.forecast.population.rates import Year, improved, play_year, year_before
from veerkracht.region import Region
from veerkracht.region import population as tables
from veerkracht.region.population import Population
from veerkracht.rulebook.types import Text

_NO_POPULATION = Text(
    "{region} heeft geen bevolking: in de map hoort {file}.",
    "{region} has no population: its folder needs {file}.",
)

# How far the first count is played back, when a forecast starts before it.
_YEARS_BACK = 5
_TOO_EARLY = Text(
    "De bevolking van {start} is niet gekend: de eerste telling is van {first}, en wordt hoogstens {years} jaar "
    "teruggespeeld. Kies een latere start of geef een vroegere telling.",
    "The population of {start} is not known: the first count is of {first}, and is played back {years} years at most. "
    "Choose a later start or give an earlier count.",
)


def project(region: Region, start: date, years: int, draws: Draws) -> Projection:
    """The population from a day on, knowing only what was published by then. Raises `ForecastFault` for a region
    without a population, for years that can't be played, and for a start long before the first count."""
    if region.population is None:
        raise ForecastFault(_NO_POPULATION.fill(region=region.name, file=str(tables.FILE)))
    check_years(years)
    first = region.population.counts[0].on
    if floor(moment(start)) < first.year - _YEARS_BACK:
        raise ForecastFault(_TOO_EARLY.fill(start=f"{start}", first=f"{first}", years=_YEARS_BACK))
    return _projection(region.population, start, years, draws)


@dataclass(frozen=True)
class Rates:
    """What moves a population, once for the middle (floats) or for every run (arrays of runs)."""

    population: Population
    fertility: Real
    mortality_level: Real
    improvement: Real

    def mortality(self, year: int) -> Real:
        """[..., sexes, ages], deaths a person-year."""
        at_first = self.population.by_age[tables.MORTALITY] * _wide(self.mortality_level)
        falls = self.population.by_age[tables.IMPROVEMENT] * _wide(self.improvement)
        return improved(at_first, falls, year + 0.5 - moment(self.population.rates_on))

    def children(self) -> Real:
        """[..., ages], children a year of a woman."""
        shares = self.population.by_age[tables.FERTILITY, 0]
        return np.asarray(shares * np.asarray(self.fertility)[..., None], np.float64)


@dataclass
class Path:
    """The population on the way: every area with the middle values, the region in every run, year after year."""

    middle: Real
    region: Real
    kept: list[tuple[Real, Real]] = field(default_factory=list)
    flows: list[Year] = field(default_factory=list)


class _Making:
    """What one projection is made of."""

    def __init__(self, population: Population, start: date, draws: Draws) -> None:
        self.population, self.start = population, start
        parameters = Parameters(OWNER, population.parameters, start)
        needed = (
            "fertility",
            "mortality.level",
            "mortality.improvement",
            "migration.level",
            "mortality.year-to-year",
        )
        numbers = [parameters.need(name) for name in needed]
        self.half_life = parameters.need("migration.local-half-life").value
        self.parameters: tuple[Uncertain, ...] = tuple(numbers)
        fertility, level, improvement, migration, self.year_to_year = (draws.of(number) for number in numbers)
        self.seed = draws.seed
        self.in_run = Rates(population, fertility, level, improvement)
        self.in_middle = Rates(population, *(np.array(number.value) for number in numbers[:3]))
        self.migration, self.more_migration = numbers[3].value, migration - numbers[3].value
        self.known = population.known_on(start)
        first = self.known[0] if self.known else population.counts[0]
        counted = base.split(first.persons, first.ages, population.by_age[tables.PROFILE])
        self.first_year = min(first.on.year, floor(moment(start)))
        self.births_by_area = birth_factors(counted, self.in_middle.children())
        self.growth = self._growth(counted)
        self.persons = self._played_back(counted, first.on.year)

    def _played_back(self, persons: Real, year: int) -> Real:
        """The persons of a count at the January from which a start before it is played."""
        for earlier in range(year - 1, self.first_year - 1, -1):
            stayed = np.maximum(persons - self.migrants(persons, earlier), 0.0)
            persons = year_before(stayed, self.in_middle.mortality(earlier))
        return persons

    def _growth(self, persons: Real) -> Growth:
        year = self._year_of_areas(persons, self.first_year, np.zeros(1))
        inhabitants = persons.sum((1, 2))
        natural = (year.births - year.deaths) / np.maximum(inhabitants, 1e-9)
        return recent_growth(self.population.totals, self.start, natural, inhabitants)

    def _year_of_areas(self, persons: Real, year: int, migrants: Real) -> Year:
        children = self.in_middle.children() * self.births_by_area[:, None]
        return play_year(persons, self.in_middle.mortality(year), children, migrants)

    def migrants(self, persons: Real, year: int) -> Real:
        """Net migrants of each area, [areas, sexes, ages]: differences between areas fade away."""
        fades = 0.5 ** (max(year - self.start.year, 0) / self.half_life)
        rate = self.growth.region * self.migration + self.growth.beyond * fades
        heads: Real = persons.sum((1, 2)) * rate
        return np.asarray(heads[:, None, None] * self.population.by_age[tables.MIGRATION], np.float64)

    def last_count(self) -> tuple[Real, int]:
        """Persons of each area at the last known count, [areas, sexes, ages]; later counts correct the projection of
        the first, band by band."""
        persons, year = self.persons, self.first_year
        for count in self.known[1:]:
            for passing in range(year, count.on.year):
                migrants = self.migrants(persons, passing)
                persons = self._year_of_areas(persons, passing, migrants).persons
            persons, year = base.scaled_to_bands(persons, count.persons, count.ages), count.on.year
        return persons, year

    def scale(self, path: Path, year: int) -> None:
        """Bring every area to its total of 1 January, when that was published by the start."""
        totals = self.population.totals
        for day, published, persons in zip(totals.days, totals.published, totals.persons, strict=True):
            if day == date(year, 1, 1) and published <= self.start:
                before = path.middle.sum(0)
                path.middle = path.middle * base.factors_to_totals(path.middle, persons)[:, None, None]
                after = path.middle.sum(0)
                path.region = path.region * np.divide(
                    after, before, out=np.ones_like(after), where=before > 0
                )

    def mortality_in_runs(self, year: int) -> Real:
        """Rates of every run, with what is particular to the year: flu, heat, a mild winter."""
        chance = luck.normals(self.seed, self.year_to_year.size, f"{OWNER}: mortality of {year}")
        return self.in_run.mortality(year) * _wide(np.exp(self.year_to_year * chance))

    def play(self, path: Path, year: int) -> None:
        """One year of all areas in the middle, and of the region in every run."""
        migrants = self.migrants(path.middle, year)
        more = self.more_migration * self.growth.region * path.middle.sum()
        in_run = migrants.sum(0) + more[:, None, None] * self.population.by_age[tables.MIGRATION]
        areas = self._year_of_areas(path.middle, year, migrants)
        women = path.middle[:, 0].sum(0)
        births = (path.middle[:, 0] * self.births_by_area[:, None]).sum(0)
        mean_factor = np.divide(births, women, out=np.ones_like(women), where=women > 0)
        children = self.in_run.children() * mean_factor
        region = play_year(path.region, self.mortality_in_runs(year), children, in_run)
        path.middle, path.region = areas.persons, region.persons
        path.flows.append(region)


def _projection(population: Population, start: date, years: int, draws: Draws) -> Projection:
    making = _Making(population, start, draws)
    persons, first = making.last_count()
    begins, ends = floor(moment(start)), ceil(moment(years_later(start, years)))
    path = Path(persons, np.broadcast_to(persons.sum(0), (draws.runs, *persons.shape[1:])))
    for year in range(first, ends + 1):
        making.scale(path, year)
        path.kept.append((path.middle, path.region))
        if year < ends:
            making.play(path, year)
    skipped = begins - first
    flows = path.flows[skipped:]
    return Projection(
        start=start,
        years=years,
        januaries=tuple(range(begins, ends + 1)),
        middle=np.stack([middle for middle, _ in path.kept[skipped:]]),
        region=np.stack([region for _, region in path.kept[skipped:]], axis=1),
        births=np.stack([year.births for year in flows], axis=1),
        deaths=np.stack([year.deaths for year in flows], axis=1),
        migration=np.stack([year.migration for year in flows], axis=1),
        parameters=making.parameters,
    )


def _wide(value: Real) -> Real:
    """With two axes more, for sexes and ages."""
    return np.asarray(value, np.float64)[..., None, None]
