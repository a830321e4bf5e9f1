"""The charts of a forecast: the list per group, holders, money, what one plan changes, and when turns are likely."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import polars as pl
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.forecast import Difference, Forecast
from veerkracht.register.care.queries.forecasts import Answer
from veerkracht.rulebook.types import Group
from veerkracht.web import charts, words
from veerkracht.web.charts import theme
from veerkracht.web.views.today_charts import register_source

_FAN = ("p10", "p25", "p50", "p75", "p90")


def waiting(answer: Answer, source: charts.SourceLine) -> charts.Chart:
    """All groups together, large."""
    title = gettext("Requests that wait, all groups together")
    return replace(_stock(answer, source, "waiting.total", "list", title), width=theme.FULL)


def waiting_of(answer: Answer, group: Group, source: charts.SourceLine) -> charts.Chart:
    return _stock(answer, source, f"waiting.{group.id}", f"list-{group.id}", words.said(group.name))


def holders(answer: Answer, source: charts.SourceLine) -> charts.Chart:
    return _stock(answer, source, "holders", "holders", gettext("People with a budget"))


def granted(answer: Answer, source: charts.SourceLine) -> charts.Chart:
    return _flow(answer, source, "granted.total", "granted", gettext("Grants in each year"), "number")


def used(answer: Answer, source: charts.SourceLine) -> charts.Chart:
    title = gettext("Money for new budgets, in each year")
    return _flow(answer, source, "money.used", "money-used", title, "money")


def left(answer: Answer, source: charts.SourceLine) -> charts.Chart:
    title = gettext("Money not handed out, at the end of each year")
    return _flow(answer, source, "money.left", "money-left", title, "money")


def changed(difference: Difference, source: charts.SourceLine) -> charts.Chart:
    """What the plan changes in the list: the difference in each run, with a range of its own."""
    name = f"{difference.one.programme.id}.waiting.total"
    rows = _rows(difference.series(), name)
    said = _end_in_words(gettext("Difference"), rows)
    return charts.fan(
        id="difference",
        title=gettext("What the plan changes in the list"),
        words=said,
        fans=[charts.Fan(gettext("Requests more or fewer than without it"), rows, colour=2)],
        note=gettext(
            "Both plans are played with the same people and the same luck, so this range is narrower than that of "
            "each plan."
        ),
        sources=[source],
    )


def turns(one: Forecast, group: Group, rows: list[dict], source: charts.SourceLine) -> charts.Chart | None:
    """When a turn is likely by the year of the priority date; None when nobody's is within the horizon."""
    seen = [row for row in rows if row["p10"]]
    if not seen:
        return None
    items = [charts.Span(str(row["year"]), *(row[name] for name in _FAN)) for row in seen]
    return charts.spans(
        id=f"turns-{group.id}",
        title=words.said(group.name),
        words="; ".join(f"{row['year']}: {words.between(row['p10'], row['p90'])}" for row in seen),
        items=items,
        start=one.start,
        horizon=one.end,
        label=gettext("Priority date in"),
        note=gettext("By the year of the priority date. A line that reaches the end may go on beyond it."),
        sources=[source],
    )


def _stock(answer: Answer, source: charts.SourceLine, part: str, id: str, title: str) -> charts.Chart:
    """A number on each 30 June and 31 December, after what was published of it before the start."""
    one = answer.one
    name = f"{one.programme.id}.{part}"
    observed, sources = _published(name, one.start)
    return _chart(answer, name, id, title, observed, [*sources, source], "number", lambda on: True)


def _flow(
    answer: Answer, source: charts.SourceLine, part: str, id: str, title: str, kind: str
) -> charts.Chart:
    """What came together in each year, as it stands on 31 December."""
    one = answer.one
    name = f"{one.programme.id}.{part}"
    return _chart(answer, name, id, title, [], [source], kind, _is_year_end)


def _is_year_end(on: date) -> bool:
    return (on.month, on.day) == (12, 31)


def _chart(
    answer: Answer,
    name: str,
    id: str,
    title: str,
    observed: list[charts.Line],
    sources: list[charts.SourceLine],
    kind: str,
    keep: Callable[[date], bool],
) -> charts.Chart:
    both = [one for one in (answer.one, answer.against) if one]
    scale = 100 if kind == "money" else 1
    rows = [[row for row in _rows(one.series(), name, scale) if keep(row[0])] for one in both]
    fans = [
        charts.Fan(words.said(one.plan.name), of_one, colour=place)
        for place, (one, of_one) in enumerate(zip(both, rows, strict=True))
    ]
    said = " ".join(_end_in_words(fan.name, list(fan.rows), kind) for fan in fans)
    marks = [charts.Mark(answer.one.start, gettext("start"))] if observed else []
    return charts.fan(
        id=id, title=title, words=said, fans=fans, observed=observed, sources=sources, kind=kind, marks=marks
    )


def _rows(series: pl.DataFrame, name: str, scale: int = 1) -> list[tuple]:
    """(date, p10, p25, p50, p75, p90) of a series."""
    found = series.filter(pl.col("series") == name).select("date", pl.col(_FAN) * scale)
    return list(found.iter_rows())


def _published(name: str, until: date) -> tuple[list[charts.Line], list[charts.SourceLine]]:
    found = region.current().figures.series(name, until=until)
    if found.is_empty():
        return [], []
    sources = dict(found.select("source_title", "source_url").iter_rows())
    points = list(found.select("date", "value").iter_rows())
    return [charts.Line(gettext("published"), points, "dots")], [
        charts.SourceLine(*one) for one in sources.items()
    ]


def played(one: Forecast) -> charts.SourceLine:
    said = {"source": register_source().title, "runs": words.number(one.runs)}
    return charts.SourceLine(gettext("forecast from %(source)s, played %(runs)s times") % said)


def _end_in_words(name: str, rows: list[tuple], kind: str = "number") -> str:
    """Where it ends, for who can't see the drawing."""
    if not rows:
        return ""
    on, low, _, middle, _, high = rows[-1]
    write = (lambda value: words.money_short(round(value))) if kind == "money" else words.number
    return gettext("%(name)s: %(middle)s on %(on)s (8 chances in 10: %(low)s to %(high)s).") % {
        "name": name,
        "middle": write(middle),
        "on": words.day(on),
        "low": write(low),
        "high": write(high),
    }
