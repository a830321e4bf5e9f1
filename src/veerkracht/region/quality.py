"""Quality: what is measured, how, by whom, and which organisations can be compared (`quality.toml`).

A measurement is a round of indicators that somebody asks for; an indicator is one number of it. What nobody publishes
is not in the file, or says that it is unknown.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from veerkracht.region.holding import read_holds_in_order
from veerkracht.region.ids import UNREAD_DATE, read_by_id, read_id
from veerkracht.region.reader import Reader, one_of
from veerkracht.region.signals import SignalKind, read_signals
from veerkracht.rulebook.types import Assumption, Source, Text

FILE = "quality.toml"
PROPORTION, RATE, MEAN = KINDS = ("proportion", "rate", "mean")
LOWER, HIGHER, NEITHER = DIRECTIONS = ("lower", "higher", "neither")
# How many months a period lasts; it begins with the year or so many whole periods later.
PERIODS = {"quarter": 3, "half-year": 6, "year": 12}
ADJUSTMENTS = ("none", "stratum")
_NONE = "A file on quality needs at least one."
# What organisations can have in common: their kind, the province they are in, their size, the care they give.
KIND, AREA, SIZE, STRATUM = TRAITS = ("kind", "area", "size", "stratum")


@dataclass(frozen=True, slots=True)
class Band:
    """A size or a stratum. `from_`: the smallest denominator that is in a size."""

    id: str
    name: Text
    from_: int = 0


@dataclass(frozen=True, slots=True)
class Similar:
    """Which organisations are compared: those that have the same of each of `by`, traits of `TRAITS`."""

    id: str
    name: Text
    by: tuple[str, ...]
    why: Text


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """A day from which figures can't be compared with those before it."""

    on: date
    why: Text
    source: Source | None = None
    assumption: Assumption | None = None


@dataclass(frozen=True, slots=True)
class Measurement:
    """Indicators that are asked together. `until`: the first day on which it is no longer asked.

    `sector`, `programme`: of whom; "" where it is of none that the region's files know.
    """

    id: str
    name: Text
    measured_by: Text
    from_: date
    until: date | None
    sector: str
    programme: str
    note: Text
    breaks: tuple[SeriesBreak, ...]
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A figure that was published for all together, in the unit of the indicator (a share, or a mean)."""

    value: float
    on: date
    of: Text
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is counted: `numerator` among `denominator`, without `exclusions`.

    `per`: a rate is shown per so many of the denominator; 1 for other kinds. `low`, `high`: from where to where the
    scores of a mean go, when that is known. `least`: with a smaller denominator no value is shown. `unknown`: what
    could not be found about its definition. `persons`: whether people are counted, of whom a small
    count could tell.
    """

    id: str
    name: Text
    measurement: Measurement
    kind: str
    direction: str
    numerator: Text
    denominator: Text
    exclusions: Text
    period: str
    adjustment: str
    similar: Similar
    least: int
    per: int = 1
    low: float | None = None
    high: float | None = None
    unknown: Text = field(default_factory=Text)
    persons: bool = True
    references: tuple[Reference, ...] = ()
    source: Source | None = None
    assumption: Assumption | None = None

    @property
    def programme(self) -> str:
        return self.measurement.programme

    def period_of(self, day: date) -> tuple[date, date]:
        """The first and the last day of the period in which a day is."""
        months = PERIODS[self.period]
        begins = date(day.year, (day.month - 1) // months * months + 1, 1)
        after = begins.month - 1 + months
        return begins, date(begins.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)

    def breaks_between(self, first: date, second: date) -> tuple[SeriesBreak, ...]:
        """The breaks after one day up to and including another."""
        return tuple(one for one in self.measurement.breaks if first < one.on <= second)


@dataclass(frozen=True, slots=True)
class Gap:
    """What nobody measures or publishes, as far as could be found."""

    sector: str
    text: Text
    source: Source | None
    assumption: Assumption | None


@dataclass(frozen=True)
class Quality:
    """All of the file. `least_similar`: fewer organisations than this are not compared with each other."""

    least_similar: int
    sizes: tuple[Band, ...]
    strata: tuple[Band, ...]
    similar: dict[str, Similar]
    measurements: dict[str, Measurement]
    indicators: dict[str, Indicator]
    gaps: tuple[Gap, ...] = field(default=())
    signals: dict[str, SignalKind] = field(default_factory=dict)

    def size_of(self, denominator: int) -> Band | None:
        """The size that a denominator is in; None below the smallest."""
        fitting = [band for band in self.sizes if band.from_ <= denominator]
        return fitting[-1] if fitting else None

    def stratum(self, id: str) -> Band | None:
        return next((band for band in self.strata if band.id == id), None)


def read_quality(reader: Reader, programmes: Collection[str], sectors: Collection[str]) -> Quality | None:
    """The quality that a file describes; None when it has a fault. `programmes`, `sectors`: ids it may name."""
    before = len(reader.faults.all)
    least_similar = reader.integer("least_similar", low=3)
    sizes = tuple(_band(table, sized=True) for table in reader.tables("size"))
    strata = tuple(_band(table, sized=False) for table in reader.tables("stratum"))
    _rising(reader, sizes)
    similar = read_by_id(reader, "similar", _similar, _NONE)
    measurements = read_by_id(
        reader, "measurement", lambda table: _measurement(table, programmes, sectors), _NONE
    )
    indicators = read_by_id(
        reader, "indicator", lambda table: _indicator(table, measurements, similar), _NONE
    )
    gaps = tuple(_gap(table, sectors) for table in reader.tables("gap"))
    signals = read_signals(reader, programmes)
    reader.done()
    if least_similar is None or len(reader.faults.all) > before:
        return None
    return Quality(least_similar, sizes, strata, similar, measurements, indicators, gaps, signals)


def _band(reader: Reader, *, sized: bool) -> Band:
    from_ = reader.integer("from", low=1) if sized else 0
    band = Band(read_id(reader), reader.words("name"), from_ or 0)
    reader.origin()
    reader.done()
    return band


def _rising(reader: Reader, sizes: tuple[Band, ...]) -> None:
    for index, (one, other) in enumerate(pairwise(sizes), 1):
        if other.from_ <= one.from_:
            reader.fault(
                ("size", index, "from"), "Sizes go from small to large.", other.from_, f"over {one.from_}"
            )


def _similar(reader: Reader) -> Similar:
    by = reader.strings("by")
    for index, trait in enumerate(by):
        if trait not in TRAITS:
            reader.fault(
                ("by", index), "This is not one of the possible words.", trait, one_of(TRAITS, trait)
            )
    similar = Similar(read_id(reader), reader.words("name"), by, reader.words("why"))
    reader.done()
    return similar


def _measurement(reader: Reader, programmes: Collection[str], sectors: Collection[str]) -> Measurement:
    holds = read_holds_in_order(reader)
    measurement = Measurement(
        id=read_id(reader),
        name=reader.words("name"),
        measured_by=reader.words("measured_by"),
        sector=_known(reader, "sector", sectors),
        programme=_known(reader, "programme", programmes),
        note=reader.words("note", required=False),
        breaks=tuple(_break(table, holds["from_"]) for table in reader.tables("break")),
        **holds,
    )
    reader.done()
    return measurement


def _break(reader: Reader, from_: date) -> SeriesBreak:
    on = reader.day("on") or UNREAD_DATE
    if UNREAD_DATE < on <= from_:
        reader.fault("on", "A series can't break before it begins.", on, f"a date after {from_}")
    source, assumption = reader.origin()
    found = SeriesBreak(on, reader.words("why"), source, assumption)
    reader.done()
    return found


def _known(reader: Reader, key: str, known: Collection[str]) -> str:
    """An id that another file gives, or "". Of a file that could not be read nothing is known."""
    id = reader.string(key, required=False)
    if id and known and id not in known:
        reader.fault(key, f"There is no such {key}.", id, one_of(sorted(known), id))
    return id


def _indicator(
    reader: Reader, measurements: dict[str, Measurement], similar: dict[str, Similar]
) -> Indicator | None:
    kind = reader.choice("kind", KINDS)
    measurement = measurements.get(reader.choice("measurement", measurements or ("",)))
    compared = similar.get(reader.choice("similar", similar or ("",)))
    source, assumption = reader.origin()
    low, high = _scale(reader, kind)
    id, references = read_id(reader), tuple(_reference(table, kind) for table in reader.tables("reference"))
    words = {key: reader.words(key) for key in ("name", "numerator", "denominator")}
    may_lack = {key: reader.words(key, required=False) for key in ("exclusions", "unknown")}
    direction, period = reader.choice("direction", DIRECTIONS), reader.choice("period", tuple(PERIODS))
    adjustment, least = reader.choice("adjustment", ADJUSTMENTS), reader.integer("least", low=2)
    per = reader.integer("per", low=1) if kind == RATE else 1
    persons = reader.flag("persons", default=True)
    if compared and (STRATUM in compared.by) != (adjustment == STRATUM):
        expected = "a comparison by stratum, and only then, adjusted by stratum"
        reader.fault("adjustment", "This does not go with who is compared.", adjustment, expected)
    reader.done()
    if measurement is None or compared is None:
        return None
    return Indicator(
        id=id,
        measurement=measurement,
        kind=kind,
        direction=direction,
        period=period,
        adjustment=adjustment,
        similar=compared,
        least=least or 0,
        per=per or 1,
        low=low,
        high=high,
        persons=persons,
        references=references,
        source=source,
        assumption=assumption,
        **words,
        **may_lack,
    )


def _scale(reader: Reader, kind: str) -> tuple[float | None, float | None]:
    """The ends of the scores of a mean: both, or neither when they are not known."""
    if kind != MEAN:
        return None, None
    low, high = reader.number("low", required=False), reader.number("high", required=False)
    if (low is None) != (high is None) or (low is not None and high is not None and high <= low):
        reader.fault("high", "A scale has two ends, the lower first.", high, f"a number above {low}")
    return low, high


def _reference(reader: Reader, kind: str) -> Reference:
    value = reader.number("value", low=None if kind == MEAN else 0)
    if kind == PROPORTION and value is not None and value > 1:
        reader.fault("value", "This number is not possible here.", value, "a share from 0 to 1")
    source, assumption = reader.origin()
    reference = Reference(value or 0, reader.day("on") or UNREAD_DATE, reader.words("of"), source, assumption)
    reader.done()
    return reference


def _gap(reader: Reader, sectors: Collection[str]) -> Gap:
    source, assumption = reader.origin()
    gap = Gap(_known(reader, "sector", sectors), reader.words("text"), source, assumption)
    reader.done()
    return gap
