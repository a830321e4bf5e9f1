"""The charts of a programme that hands out in rounds: the list per group, holders, money, and likely turns."""

from typing import Any

from django.utils.translation import gettext

from veerkracht.rulebook.types import Group
from veerkracht.web import charts, words
from veerkracht.web.charts import theme
from veerkracht.web.views import forecast_series as series
from veerkracht.web.views.forecast_parts import Pair
from veerkracht.web.views.forecast_series import FAN, Drawn

Rows = list[dict[str, Any]]


def all_of(pair: Pair) -> dict[str, Any]:
    """Every chart but those of turns, by what it shows; under `groups` one for each group."""
    groups = pair.one.programme.groups
    return {
        "waiting": _of(
            pair,
            "waiting.total",
            "list",
            gettext("Requests that wait, all groups together"),
            width=theme.FULL,
        ),
        "groups": [
            _of(pair, f"waiting.{group.id}", f"list-{group.id}", words.said(group.name)) for group in groups
        ],
        "changed": _changed(pair),
        "holders": _of(pair, "holders", "holders", gettext("People with a budget")),
        "granted": _of(pair, "granted.total", "granted", gettext("Grants in each year"), flow=True),
        "used": _money(pair, "money.used", gettext("Money for new budgets, in each year")),
        "left": _money(pair, "money.left", gettext("Money not handed out, at the end of each year")),
    }


def _of(pair: Pair, part: str, id: str, title: str, **how: Any) -> charts.Chart:
    return series.chart(pair, Drawn(f"{pair.one.programme.id}.{part}", id, title, **how))


def _money(pair: Pair, part: str, title: str) -> charts.Chart:
    return _of(pair, part, part.replace(".", "-"), title, kind="money", flow=True)


def _changed(pair: Pair) -> charts.Chart | None:
    name = f"{pair.one.programme.id}.waiting.total"
    drawn = Drawn(name, "difference", gettext("What the plan changes in the list"))
    return series.changed(pair, drawn, gettext("Requests more or fewer than without it"))


def turns(pair: Pair, group: Group, rows: Rows) -> charts.Chart | None:
    """When a turn is likely by the year of the priority date; None when nobody's is within the horizon."""
    seen = [row for row in rows if row["p10"]]
    if not seen:
        return None
    items = [charts.Span(str(row["year"]), *(row[name] for name in FAN)) for row in seen]
    return charts.spans(
        id=f"turns-{group.id}",
        title=words.said(group.name),
        words="; ".join(f"{row['year']}: {words.between(row['p10'], row['p90'])}" for row in seen),
        items=items,
        start=pair.one.start,
        horizon=pair.one.end,
        label=gettext("Priority date in"),
        note=gettext("By the year of the priority date. A line that reaches the end may go on beyond it."),
        sources=[series.played(pair, pair.one.programme.id)],
    )
