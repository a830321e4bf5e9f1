"""What the demo world must show, read from a region's published figures; nothing here is a figure of its own.

What no figure says (how fast people leave, how long a decision takes) stands in `Habits`: assumptions of the demo,
which shape invented histories and are never shown as facts.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from veerkracht.region import Measure, Region, plan_money
from veerkracht.register.errors import Invalid
from veerkracht.register.world.calendar import day, quarter_ends, to_date, year_of
from veerkracht.rulebook.types import Programme, Text

DEMO_DAYS_AFTER = 15
# The plan whose past money is what really came; its turns are computed too.


@dataclass(frozen=True)
class Habits:
    """Assumptions of the demo world: shares a year and days, so that histories look as in life."""

    leave: float = 0.04
    move_up: float = 0.02
    holder_leaves: float = 0.034
    died: float = 0.35
    declined: float = 0.015
    lapsed: float = 0.006
    refused_part: float = 0.07
    incomplete: float = 0.05
    increase_when_closed: float = 0.3
    pending_routes: float = 120 / 17_678
    undecided: float = 450 / 17_678
    refused_a_year: float = 60 / 17_678
    couples: float = 40 / 17_678
    rest_of_increases: float = 0.06


@dataclass(frozen=True)
class Front:
    """The priority date of the next in line in a group, as published for a day."""

    on: int
    date: int


@dataclass(frozen=True)
class Voted:
    """Money for the programme, cents a year, as a plan of the region gives it; an estimate says so in its source."""

    on: date
    name: Text
    cents: int
    source_title: str
    source_url: str


@dataclass(frozen=True)
class Blueprint:
    """`stocks`: requests per day of `grid` (rows) and group (columns). Days are numbers since 1970-01-01."""

    programme: Programme
    date: date
    demo_day: date
    scale: float
    anchors: tuple[int, ...]
    grid: tuple[int, ...]
    stocks: NDArray[np.int64]
    fronts: tuple[tuple[Front, ...], ...]
    persons: int
    waiting_holders: int
    holders: dict[int, int]
    grants: dict[str, dict[int, float]]
    spread: NDArray[np.float64]
    areas: tuple[str, ...]
    inhabitants: NDArray[np.float64]
    languages: tuple[str, ...]
    zone: str
    voted: tuple[Voted, ...] = ()
    habits: Habits = field(default_factory=Habits)

    @property
    def groups(self) -> int:
        return self.stocks.shape[1]

    @property
    def requests(self) -> int:
        """How many wait in the priority groups on the world's date."""
        return int(self.stocks[-1].sum())

    @property
    def taken_over(self) -> int:
        """The day on which what waited in an older register was taken over: a month after the programme began."""
        return day(self.programme.begins) + 30

    def granted(self, name: str, year: int) -> float | None:
        """Grants of a year, scaled: of a group, of all `route`s, or `total`. None when no figure says."""
        known = self.grants.get(name, {}).get(year)
        return None if known is None else known * self.scale

    def granted_beyond_first(self, year: int) -> float:
        """Grants of a year to groups after the first, scaled, where only the sum of all groups was published."""
        groups = self.programme.groups
        alone = [self.granted(group.id, year) for group in groups[1:]]
        if any(number is not None for number in alone):
            return 0.0
        together, first = self.granted("groups", year), self.granted(groups[0].id, year)
        return 0.0 if together is None or first is None else max(together - first, 0.0)

    def granted_on_route(self, route: str) -> float:
        """The latest published grants of one route, all its kinds together; 0 when none were published."""
        return sum(
            next(reversed(values.values()), 0.0)
            for name, values in self.grants.items()
            if name == route or name.startswith(f"{route}-")
        )

    def scaled(self, share: float) -> int:
        """A number that is a share of those who wait."""
        return round(share * self.requests)

    def parameter(self, id: str, on: int, otherwise: float) -> float:
        """A parameter of the programme's file on a day, or an assumption of the demo."""
        found = (p.value for p in self.programme.parameters if p.id == id and p.holds(to_date(on)))
        return next(found, otherwise)


def blueprint(region: Region, programme: Programme, size: int | None = None) -> Blueprint:
    """Read what the world must show. `size`: how many wait, instead of the published number; then all is scaled.

    Raises `Invalid` when the region has no figures for the programme's priority groups.
    """
    series = Figures(region, programme.id)
    counts = [series.values(f"waiting.{group.id}") for group in programme.groups]
    anchors = sorted(set.intersection(*(set(count) for count in counts))) if counts else []
    if len(anchors) < 2:
        raise Invalid(
            Text(
                nl=f"Voor {programme.id} zijn er te weinig gepubliceerde cijfers om een demowereld op te bouwen.",
                en=f"There are too few published figures about {programme.id} to build a demo world on.",
            )
        )
    published = np.array([[count[anchor] for count in counts] for anchor in anchors])
    total = int(published[-1].sum())
    scale = 1.0 if size is None else size / total
    grid = quarter_ends(anchors[0], anchors[-1])
    last = anchors[-1]
    persons = series.values("waiting.persons").get(last, total)
    holding = series.values("waiting.share-with-budget").get(last, 0.0)
    waiting = round(persons * scale)
    return Blueprint(
        programme=programme,
        date=to_date(last),
        demo_day=to_date(last) + timedelta(days=DEMO_DAYS_AFTER),
        scale=scale,
        anchors=tuple(anchors),
        grid=tuple(grid),
        stocks=_stocks(anchors, published, grid, scale),
        fronts=tuple(
            _fronts(series.values(f"next-in-line.{group.id}"), anchors) for group in programme.groups
        ),
        persons=waiting,
        waiting_holders=round(holding * waiting),
        holders={on: round(n * scale) for on, n in series.values("holders").items() if on >= anchors[0]},
        grants=series.by_year("granted."),
        spread=series.spread(tuple(programme.schemes[0].points)),
        areas=tuple(region.areas["code"].cast(pl.String)),
        inhabitants=region.areas["inhabitants"].cast(pl.Float64).to_numpy(),
        languages=tuple(region.languages),
        zone=region.time_zone,
        voted=_voted(region, programme.id, scale, anchors),
    )


class Figures:
    """The published figures of one programme: the first published row of a day counts."""

    def __init__(self, region: Region, programme: str):
        self._prefix = f"{programme}."
        self._frame = region.figures.frame.filter(
            pl.col("series").str.starts_with(self._prefix) & (pl.col("status") != "assumption")
        )

    def values(self, name: str) -> dict[int, float]:
        rows = self._frame.filter(pl.col("series") == self._prefix + name)
        found: dict[int, float] = {}
        for on, value in rows.select("date", "value").iter_rows():
            found.setdefault(day(on), value)
        return dict(sorted(found.items()))

    def by_year(self, start: str) -> dict[str, dict[int, float]]:
        """Every series that starts so: name to year to value; only figures of a whole year."""
        names = self._frame["series"].unique().to_list()
        parts = [name.removeprefix(self._prefix) for name in names]
        return {
            part.removeprefix(start): {
                year_of(on): value for on, value in self.values(part).items() if to_date(on).month == 12
            }
            for part in parts
            if part.startswith(start)
        }

    def spread(self, categories: tuple[str, ...]) -> NDArray[np.float64]:
        """The share of holders in each category; the same for all when it was not published."""
        shares = np.array([self._latest(f"holders.category-{category.lower()}") for category in categories])
        return shares / shares.sum() if shares.sum() else np.full(len(categories), 1 / len(categories))

    def _latest(self, name: str) -> float:
        return next(reversed(self.values(name).values()), 0.0)


def _stocks(
    anchors: list[int], published: NDArray[np.float64], grid: list[int], scale: float
) -> NDArray[np.int64]:
    """Requests per group on each day of the grid: as published on the anchors, in a straight line between them."""
    columns = [np.interp(grid, anchors, published[:, g]) for g in range(published.shape[1])]
    stocks = np.maximum(np.rint(np.stack(columns, axis=1) * scale), 1).astype(np.int64)
    wanted = round(float(published[-1].sum()) * scale)
    stocks[-1, -1] += wanted - stocks[-1].sum()
    return stocks


def _fronts(ages: dict[int, float], anchors: list[int]) -> tuple[Front, ...]:
    return tuple(Front(on, on - int(age)) for on, age in ages.items() if on in anchors)


def _voted(region: Region, programme: str, scale: float, anchors: list[int]) -> tuple[Voted, ...]:
    """The money of the plan that stands for what came, while the world lasts; scaled with it."""
    first, last = to_date(anchors[0]), to_date(anchors[-1])
    measures = plan_money(region, region.turns_plan)
    return tuple(
        Voted(
            one.from_,
            one.name,
            round(one.amount_cents_per_year * scale),
            _origin(one),
            one.source.url if one.source else "",
        )
        for one in measures
        if one.programme == programme and one.kind == "money" and one.recurrent and first < one.from_ <= last
    )


def _origin(measure: Measure) -> str:
    title = measure.source.title if measure.source else ""
    guess = "raming / estimate" if measure.assumption else ""
    return "; ".join(part for part in (title, guess) if part)[:300]
