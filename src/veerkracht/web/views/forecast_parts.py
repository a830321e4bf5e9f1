"""What of an answer a tab of the forecast is about, and what a tab shows."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext

from veerkracht.forecast import Difference, Forecast, compare
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts, words

OVERVIEW, STAFF, POPULATION, MONEY, CAUSES = "", "staff", "population", "money", "causes"


@dataclass(frozen=True)
class Tab:
    """A part of the answer with an address of its own."""

    id: str
    name: str


@dataclass(frozen=True)
class Content:
    """A tab: its template, what that needs, and the charts in it, each of which can be taken along."""

    template: str
    context: dict[str, Any]
    charts: Sequence[charts.Chart | None]


@dataclass(frozen=True)
class Pair:
    """A programme that hands out in rounds, with one plan and with the other."""

    one: Forecast
    against: Forecast | None
    fictitious: bool

    @cached_property
    def difference(self) -> Difference | None:
        return compare(self.one, self.against) if self.against else None

    @property
    def both(self) -> list[Forecast]:
        return [one for one in (self.one, self.against) if one]


def pair_of(answer: Answer, programme: str) -> Pair | None:
    """None for a programme that does not hand out in rounds."""
    found = [_part(one, programme) for one in (answer.one, answer.against)]
    return Pair(found[0], found[1], answer.fictitious) if found[0] else None


def _part(of: Any, programme: str) -> Forecast | None:
    return next((part for part in of.rounds if part.programme.id == programme), None) if of else None


def programmes_of(answer: Answer) -> list[Programme]:
    """The programmes that were played, in the order of the region."""
    played = {programme.id for part in answer.one.parts for programme in _programmes(part)}
    return [programme for id, programme in answer.region.programmes.items() if id in played]


def _programmes(part: Any) -> Iterator[Programme]:
    yield from (part.programme,) if isinstance(part, Forecast) else part.programmes


def tabs(answer: Answer) -> list[Tab]:
    """The parts that this answer has."""
    found = [Tab(OVERVIEW, gettext("Overview"))]
    found += [Tab(one.id, words.said(one.name)) for one in programmes_of(answer)]
    names = answer.one.values
    shared = ((STAFF, gettext("Staff")), (POPULATION, gettext("Population")))
    found += [Tab(id, name) for id, name in shared if any(one.startswith(f"{id}.") for one in names)]
    found += [Tab(MONEY, gettext("Money")), Tab(CAUSES, gettext("Why, and how sure"))]
    return found
