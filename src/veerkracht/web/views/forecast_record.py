"""The track record: what forecasts made from days of the past would have said, beside what came."""

from dataclasses import dataclass
from typing import Any

import polars as pl
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from veerkracht import region
from veerkracht.forecast.hindcast import record
from veerkracht.forecast.hindcast.track import Track, track_record
from veerkracht.forecast.show import naming
from veerkracht.register.care.access import require
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme
from veerkracht.web import charts, words
from veerkracht.web.views.forecast_headlines import name_of
from veerkracht.web.views.forecast_series import WRITE
from veerkracht.web.who import signed_in

_FAN = ("p10", "p25", "p50", "p75", "p90")


@dataclass(frozen=True)
class SeriesRecord:
    """How forecasts of one series did: a chart, and for each variant its scores and what they mean."""

    name: str
    drawn: charts.Chart
    scores: list[dict[str, Any]]


@dataclass(frozen=True)
class ProgrammeRecord:
    """The series of a programme that were played from days of the past."""

    id: str
    name: str
    series: list[SeriesRecord]


@signed_in
def page(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every series in the actor's scope with its ranges beside what came, and its scores in words."""
    require("figures.read", actor, actor.programme)
    track = track_record(region.current())
    variant = request.GET.get("variant", "")
    variant = variant if variant in record.VARIANTS else next(iter(record.VARIANTS))
    found = _programmes(track, actor, variant) if track else []
    drawings = [series.drawn for programme in found for series in programme.series]
    if file := charts.download(request, drawings):
        return file
    context = {
        "track": track,
        "programmes": found,
        "variants": [(id, words.said(text)) for id, text in record.VARIANTS.items()],
        "variant": variant,
        "starts": [words.day(day) for day in track.starts] if track else [],
    }
    return render(request, "web/forecast_record.html", context)


def _programmes(track: Track, actor: Actor, variant: str) -> list[ProgrammeRecord]:
    here = region.current().programmes
    seen = [one for id, one in here.items() if id in track.programmes and actor.programme in ("", id)]
    return [found for one in seen if (found := _programme(track, one, variant)).series]


def _programme(track: Track, programme: Programme, variant: str) -> ProgrammeRecord:
    names = track.points.get_column("series").unique(maintain_order=True).to_list()
    own = [name for name in names if naming.owner_of(name) == programme.id]
    scores = track.summary()
    series = [_series(track, name, variant, scores.filter(pl.col("series") == name)) for name in own]
    return ProgrammeRecord(programme.id, words.said(programme.name), series)


def _series(track: Track, name: str, variant: str, scores: pl.DataFrame) -> SeriesRecord:
    rows = [_score(row, naming.kind_of(name)) for row in scores.iter_rows(named=True)]
    return SeriesRecord(name_of(name), _chart(track, name, variant), rows)


def _score(row: dict[str, Any], kind: str) -> dict[str, Any]:
    scale = 100 if kind == "money" else 1
    covered = {
        f"inside_{share}": record.COVERED.fill(inside=row[f"inside_{share}"], points=row["points"])
        for share in (50, 80, 95)
    }
    return {
        "variant": record.VARIANTS.get(row["variant"]),
        "is_good": record.is_good(row),
        "error": WRITE[kind](row["error"] * scale),
        "crps": WRITE[kind](row["crps"] * scale),
        "than": [_ratio(row[f"than_{other}"]) for other in ("same", "trend", "yardstick")],
        "verdict": record.verdict(row),
        **covered,
    }


def _ratio(value: float | None) -> str:
    return "–" if value is None else words.number(value, 2)


def _chart(track: Track, name: str, variant: str) -> charts.Chart:
    points = track.points.filter((pl.col("series") == name) & (pl.col("variant") == variant)).sort("date")
    scale = 100 if naming.kind_of(name) == "money" else 1
    fans = [
        charts.Fan(
            gettext("made on %(day)s") % {"day": words.day(start)},
            list(points.filter(pl.col("start") == start).select("date", pl.col(_FAN) * scale).iter_rows()),
            colour=place,
        )
        for place, start in enumerate(track.starts)
        if not points.filter(pl.col("start") == start).is_empty()
    ]
    came = region.current().figures.series(name).filter(pl.col("date") <= points.get_column("date").max())
    observed = list(came.select("date", pl.col("value") * scale).iter_rows())
    return charts.fan(
        id=name.replace(".", "-"),
        title=name_of(name),
        words=gettext(
            "What came, beside what %(count)s forecasts said before it; all numbers are in the table."
        )
        % {"count": len(fans)},
        fans=fans,
        observed=[charts.Line(gettext("what came"), observed, "dots")],
        kind=naming.kind_of(name),
        from_zero=False,
    )
