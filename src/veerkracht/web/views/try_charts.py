"""The charts of a trial: who wins and who loses, by group, area and age."""

from collections.abc import Sequence

from django.utils.translation import gettext

from veerkracht import region
from veerkracht.region.hexmap import hexagons
from veerkracht.register.care.queries.trial_results import Change, Trial
from veerkracht.web import charts, words
from veerkracht.web.views.today_charts import A_CITY, areas_source, register_source


def all_of(trial: Trial) -> dict[str, charts.Chart]:
    source = register_source()
    return {
        "by_group": _gains("by-group", gettext("By group"), gettext("Group"), trial.by_group, source),
        "by_age": _gains("by-age", gettext("By age"), gettext("Age"), trial.by_age, source),
        "by_province": _gains(
            "by-province", gettext("By province"), gettext("Province"), trial.by_province, source
        ),
        "by_area": _by_area(trial, source),
    }


def _gains(
    id: str, title: str, label: str, changes: Sequence[Change], source: charts.SourceLine
) -> charts.Chart:
    items = [charts.Gain(words.said(one.name), one.requests, one.winners, one.losers) for one in changes]
    said = gettext("%(name)s: %(winners)s win, %(losers)s lose")
    return charts.gains(
        id=id,
        title=title,
        words="; ".join(
            said % {"name": one.name, "winners": one.winners, "losers": one.losers} for one in items
        ),
        items=items,
        label=label,
        of_label=gettext("Waiting requests"),
        winners_label=gettext("Win: a grant only by the draft"),
        losers_label=gettext("Lose: a grant only as it is"),
        sources=[source],
    )


def _by_area(trial: Trial, source: charts.SourceLine) -> charts.Chart:
    """One hexagon a municipality: those that win less those that lose."""
    changed = {one.id: one for one in trial.by_area}
    here = region.current()
    inhabitants = dict(here.areas.select("code", "inhabitants").iter_rows())
    names = dict(here.areas.select("code", "name").iter_rows())
    areas = [
        _hexagon(row, names[row["code"]], inhabitants[row["code"]] or 0, changed.get(row["code"]))
        for row in hexagons(here.areas).iter_rows(named=True)
    ]
    return charts.hexmap(
        id="by-area",
        title=gettext("By municipality"),
        words=gettext("Winners less losers, one hexagon for each municipality. The table has all."),
        areas=areas,
        value_label=gettext("Winners less losers"),
        count_label=gettext("Waiting requests"),
        area_label=gettext("Municipality"),
        note=gettext("Grants more or fewer than by the rules in force. Each hexagon is a municipality."),
        width=720,
        balance=True,
        sources=[source, *areas_source()],
    )


def _hexagon(place: dict, name: str, inhabitants: int, change: Change | None) -> charts.Hexagon:
    return charts.Hexagon(
        code=place["code"],
        name=name,
        column=place["column"],
        row=place["row"],
        value=change.winners - change.losers if change else 0,
        count=change.requests if change else 0,
        label=name[:3] if inhabitants >= A_CITY else "",
    )
