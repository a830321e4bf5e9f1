"""Values as somebody may see them: with whom each is compared, and which are left out for who looks from outside."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import polars as pl

from veerkracht import region
from veerkracht.region.kept import once_for
from veerkracht.region.quality import AREA, KIND, SIZE, Indicator
from veerkracht.register.people.actors import Actor
from veerkracht.register.quality.access import is_of
from veerkracht.register.quality.intervals import Counted, Interval, interval
from veerkracht.register.quality.measured import definitions
from veerkracht.register.quality.models import IndicatorValue
from veerkracht.register.quality.protection import Count, hidden
from veerkracht.rulebook.types import Text

# Of each trait its id; who has the same are compared.
Key = tuple[str, ...]


@dataclass(frozen=True)
class Judged:
    """A value that holds, for somebody. `is_own`: of an organisation they work for.

    `is_hidden`: its counts are not shown to them. `is_small`: of too few to be shown as a share or a mean to anybody.
    """

    row: IndicatorValue
    indicator: Indicator
    key: Key
    is_own: bool
    is_hidden: bool

    @property
    def name(self) -> str:
        """Of whom it is: the organisation, and the service when it is of one."""
        return unit_name(self.row)

    @property
    def unit(self) -> tuple[int, int | None]:
        return self.row.organisation_id, self.row.service_id

    @property
    def is_small(self) -> bool:
        return self.row.denominator < self.indicator.least

    @property
    def counted(self) -> Counted:
        return counted(self.row)

    @property
    def interval(self) -> Interval:
        return interval(self.indicator.kind, self.counted)


def judged(actor: Actor, rows: Iterable[IndicatorValue]) -> list[Judged]:
    """Values with whom each is compared. All values of an indicator and a period must be among them: what is left out
    hangs on the others.
    """
    quality = definitions()
    known = quality.indicators if quality else {}
    rows = [row for row in rows if row.indicator in known]
    groups: dict[tuple[object, ...], list[IndicatorValue]] = defaultdict(list)
    for row in rows:
        key = key_of(row, known[row.indicator])
        groups[row.indicator, row.from_date, key].append(row)
    left_out = frozenset(id for group in groups.values() for id in _left_out(actor, group, known))
    return [_judged(actor, row, known[row.indicator], row.pk in left_out) for row in rows]


def _judged(actor: Actor, row: IndicatorValue, indicator: Indicator, is_left_out: bool) -> Judged:
    is_own = is_of(actor, row.organisation_id)
    is_small = indicator.persons and row.denominator < indicator.least
    return Judged(row, indicator, key_of(row, indicator), is_own, is_left_out or (is_small and not is_own))


def counted(row: IndicatorValue) -> Counted:
    spread = None if row.spread is None else float(row.spread)
    return Counted(float(row.numerator), row.denominator, spread)


def unit_name(row: IndicatorValue) -> str:
    return f"{row.organisation.name} · {row.service.name}" if row.service else row.organisation.name


def key_of(row: IndicatorValue, indicator: Indicator) -> Key:
    """What the organisation of a value has in common with those it is compared with."""
    return tuple(_trait(row, trait) for trait in indicator.similar.by)


def key_names(key: Key) -> tuple[Text, ...]:
    """The traits of a key in words."""
    quality = definitions()
    bands = {one.id: one.name for one in (*quality.sizes, *quality.strata)} if quality else {}
    provinces = _provinces()
    return tuple(bands.get(id) or Text(provinces.get(id, id), provinces.get(id, id)) for id in key if id)


def _trait(row: IndicatorValue, trait: str) -> str:
    if trait == KIND:
        return str(row.organisation.kind)
    if trait == AREA:
        return _province_of().get(row.service.area, "") if row.service else ""
    if trait == SIZE:
        quality = definitions()
        band = quality.size_of(row.denominator) if quality else None
        return band.id if band else ""
    return row.stratum


def _left_out(actor: Actor, group: list[IndicatorValue], known: dict[str, Indicator]) -> frozenset[int]:
    indicator = known[group[0].indicator]
    if not indicator.persons:
        return frozenset()
    # One's own counts are known to oneself, so the others must be safe without them.
    of_others = {
        row.pk: Count(float(row.numerator), row.denominator)
        for row in group
        if not is_of(actor, row.organisation_id) and row.denominator >= indicator.least
    }
    return hidden(indicator.kind, of_others, threshold())


def threshold() -> int:
    """Counts of fewer people than this are small; 1 (no count is) where the region does not say."""
    chosen = region.current().disclosure
    return chosen.threshold if chosen else 1


@once_for
def _areas(table: pl.DataFrame) -> tuple[dict[str, str], dict[str, str]]:
    """The province of each municipality and the name of each province."""
    rows = list(table.select("code", "province", "province_name").iter_rows())
    return {code: province or "" for code, province, _ in rows}, {id: name for _, id, name in rows if id}


def _province_of() -> dict[str, str]:
    return _areas(region.current().areas)[0]


def _provinces() -> dict[str, str]:
    return _areas(region.current().areas)[1]
