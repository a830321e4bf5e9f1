"""One series of a forecast as a chart: what was published, then each plan with its ranges, or what they differ by."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

import polars as pl
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.forecast import Difference, Forecast
from veerkracht.forecast.show import naming
from veerkracht.web import charts, words
from veerkracht.web.views.today_charts import register_source

FAN = ("p10", "p25", "p50", "p75", "p90")


class Told(Protocol):
    """A forecast with one plan and with another: of a programme (`Pair`) or of all (`Answer`)."""

    @property
    def one(self) -> Any: ...
    @property
    def against(self) -> Any: ...
    @property
    def difference(self) -> Difference | None: ...
    @property
    def fictitious(self) -> bool: ...


@dataclass(frozen=True)
class Drawn:
    """How a series is drawn. `kind`: number | money | percent. `flow`: of a year, as it stands on 31 December."""

    name: str
    id: str
    title: str
    kind: str = "number"
    flow: bool = False
    note: str = ""
    width: int | None = None

    @property
    def scale(self) -> int:
        """Euro become cents, as pages write them."""
        return 100 if self.kind == "money" else 1

    def keeps(self, on: date, start: date) -> bool:
        """What came together in a year is known on its last day; on the day of the start there is nothing yet."""
        return not self.flow or (is_year_end(on) and on > start)


def is_year_end(on: date) -> bool:
    return (on.month, on.day) == (12, 31)


def chart(told: Told, drawn: Drawn) -> charts.Chart:
    """A series with one plan and with the other, after what was published of it before the start."""
    both = [one for one in (told.one, told.against) if one]
    found = [
        [row for row in rows(one.series(), drawn) if drawn.keeps(row[0], told.one.start)] for one in both
    ]
    fans = [
        charts.Fan(words.said(one.plan.name), of_one, colour=place)
        for place, (one, of_one) in enumerate(zip(both, found, strict=True))
    ]
    observed, sources = ([], []) if drawn.flow else published(drawn, told.one.start)
    return charts.fan(
        id=drawn.id,
        title=drawn.title,
        words=" ".join(end_in_words(fan.name, list(fan.rows), drawn.kind) for fan in fans),
        fans=fans,
        observed=observed,
        sources=[*sources, played(told, drawn.name)],
        kind=drawn.kind,
        marks=[charts.Mark(told.one.start, gettext("start"))] if observed else [],
        note=drawn.note,
        from_zero=drawn.kind != "percent",
        **({"width": drawn.width} if drawn.width else {}),
    )


def changed(told: Told, drawn: Drawn, fan: str) -> charts.Chart | None:
    """What one plan changes in a series: the difference in each run, with a range of its own; None when it is nothing.

    `fan`: what it counts.
    """
    if told.difference is None:
        return None
    found = [row for row in rows(told.difference.series(), drawn) if drawn.keeps(row[0], told.one.start)]
    if not any(value for row in found for value in row[1:]):
        return None
    return charts.fan(
        id=drawn.id,
        title=drawn.title,
        words=end_in_words(gettext("Difference"), found, drawn.kind),
        fans=[charts.Fan(fan, found, colour=2)],
        kind=drawn.kind,
        note=gettext(
            "Both plans are played with the same people and the same luck, so this range is narrower than that of "
            "each plan."
        ),
        sources=[played(told, drawn.name)],
        **({"width": drawn.width} if drawn.width else {}),
    )


def rows(series: pl.DataFrame, drawn: Drawn) -> list[tuple]:
    """(date, p10, p25, p50, p75, p90) of a series."""
    found = series.filter(pl.col("series") == drawn.name).select("date", pl.col(FAN) * drawn.scale)
    return list(found.iter_rows())


def published(drawn: Drawn, until: date) -> tuple[list[charts.Line], list[charts.SourceLine]]:
    found = region.current().figures.series(drawn.name, until=until)
    if found.is_empty():
        return [], []
    sources = dict(found.select("source_title", "source_url").iter_rows())
    points = list(found.select("date", pl.col("value") * drawn.scale).iter_rows())
    return [charts.Line(gettext("published"), points, "dots")], [
        charts.SourceLine(*one) for one in sources.items()
    ]


def played(told: Told, name: str) -> charts.SourceLine:
    """What a series was played from: the register's list, or published figures."""
    source = register_source(told.fictitious).title if _is_of_register(told.one, name) else _figures()
    said = {"source": source, "runs": words.number(told.one.runs)}
    return charts.SourceLine(gettext("forecast from %(source)s, played %(runs)s times") % said)


def _is_of_register(one: Any, name: str) -> bool:
    parts = (one,) if isinstance(one, Forecast) else one.rounds
    return naming.owner_of(name) in {part.programme.id for part in parts}


def _figures() -> str:
    return gettext("published figures and assumptions")


WRITE: dict[str, Callable[[float], str]] = {
    "number": words.number,
    "money": lambda value: words.money_short(round(value)),
    "percent": lambda value: words.percent(value, 1),
}


def end_in_words(name: str, found: list[tuple], kind: str = "number") -> str:
    """Where it ends, for who can't see the drawing."""
    if not found:
        return ""
    on, low, _, middle, _, high = found[-1]
    write = WRITE[kind]
    return gettext("%(name)s: %(middle)s on %(on)s (8 chances in 10: %(low)s to %(high)s).") % {
        "name": name,
        "middle": write(middle),
        "on": words.day(on),
        "low": write(low),
        "high": write(high),
    }
