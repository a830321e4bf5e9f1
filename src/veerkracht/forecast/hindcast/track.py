"""The track record: what forecasts from days of the past said, beside what came."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from veerkracht.forecast.fingerprint import fingerprint
from veerkracht.forecast.hindcast.points import SCHEMA
from veerkracht.forecast.hindcast.record import verdict
from veerkracht.forecast.hindcast.scores import RANGES
from veerkracht.forecast.hindcast.summary import summary
from veerkracht.forecast.spread import QUANTILES, plain_rows
from veerkracht.region import Region

FOLDER, FILE = "calibration", "track-record.json"
_DAYS = ("start", "date")


@dataclass(frozen=True)
class Track:
    """`points`: one row a series, start, variant and date, columns of `points.SCHEMA`.

    `skipped`: what could not be played, and why. `made_of`: the fingerprint of the inputs. `stale`: those inputs have
    changed since, so that the same command would give other numbers today.
    """

    region_id: str
    plan: str
    programmes: tuple[str, ...]
    starts: tuple[date, ...]
    runs: int
    seed: int
    points: pl.DataFrame
    made_of: str
    skipped: tuple[str, ...] = ()
    stale: bool = False

    @property
    def scores(self) -> pl.DataFrame:
        """One row a point: its scores, and the errors of the naive yardsticks beside them."""
        ranges = [f"inside_{percent}" for percent in RANGES]
        said = {"naive_same": "same", "naive_trend": "trend", "yardstick_error": "yardstick"}
        return self.points.select(
            "series",
            "horizon_years",
            "variant",
            "start",
            "date",
            "observed",
            "error",
            pl.col("error").alias("bias"),
            "crps",
            *[(pl.col(theirs) - pl.col("observed")).alias(name) for name, theirs in said.items()],
            (pl.col("same") - pl.col("observed")).abs().alias("crps_same"),
            (pl.col("trend") - pl.col("observed")).abs().alias("crps_trend"),
            *ranges,
        )

    def summary(self, *by: str) -> pl.DataFrame:
        """Scores together, see `summary.summary`; by default for each variant and series."""
        return summary(self.points, *(by or ("variant", "series")))

    def plain(self) -> dict[str, Any]:
        """The track record as plain values: `series` as a forecast gives them, and `scores`."""
        said = ["series", "start", "variant", "date", "observed", *QUANTILES, "mean"]
        return {
            "region": self.region_id,
            "plan": self.plan,
            "programmes": list(self.programmes),
            "starts": [day.isoformat() for day in self.starts],
            "runs": self.runs,
            "seed": self.seed,
            "made_of": self.made_of,
            "stale": self.stale,
            "skipped": list(self.skipped),
            "series": plain_rows(self.points.select(said)),
            "scores": plain_rows(self.scores),
            "summary": self._plain_summary(),
        }

    def _plain_summary(self) -> list[dict[str, Any]]:
        """The summary, each row with what it means in both languages."""
        found = self.summary()
        told = [verdict(row) for row in found.iter_rows(named=True)]
        return [
            {
                **plain,
                "text": {"nl": " ".join(one.nl for one in said), "en": " ".join(one.en for one in said)},
            }
            for plain, said in zip(plain_rows(found), told, strict=True)
        ]


def made_of(region: Region, plan_id: str, programmes: tuple[str, ...]) -> str:
    """The fingerprint of what a track record is made of."""
    return fingerprint(region, plan_id, programmes, region.hindcasts)


def store(track: Track, region: Region) -> None:
    """Keep a track record in the region's folder, so that pages show it without computing anything.

    What is kept there of other programmes stays, as long as it is not stale.
    """
    folder = region.folder / FOLDER
    folder.mkdir(exist_ok=True)
    kept_before = track_record(region)
    if kept_before is not None and not kept_before.stale:
        track = _with_others_of(kept_before, track, region)
    points = track.points.with_columns(pl.col(_DAYS).dt.to_string("%Y-%m-%d"))
    kept = {
        "region": track.region_id,
        "plan": track.plan,
        "programmes": track.programmes,
        "starts": [day.isoformat() for day in track.starts],
        "runs": track.runs,
        "seed": track.seed,
        "made_of": track.made_of,
        "skipped": track.skipped,
        "columns": points.columns,
        "points": [[_short(value) for value in row] for row in points.iter_rows()],
    }
    lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in kept.pop("points"))  # type: ignore[attr-defined]
    head = json.dumps(kept, ensure_ascii=False, indent=1)[:-2]
    (folder / FILE).write_text(f'{head},\n "points": [\n{lines}\n]}}\n', "utf-8")


def _with_others_of(before: Track, track: Track, region: Region) -> Track:
    """A track record with the programmes of an earlier one that it does not have itself."""
    others = tuple(id for id in before.programmes if id not in track.programmes)
    if not others or before.plan != track.plan:
        return track
    is_own = pl.col("series").str.split(".").list.first().is_in(track.programmes)
    # Series that programmes share, such as the population, may be there of starts that only the others have.
    kept = before.points.filter(~is_own).join(
        track.points, on=["series", "start", "variant", "date"], how="anti"
    )
    programmes = tuple(id for id in region.programmes if id in (*others, *track.programmes))
    return replace(
        track,
        programmes=programmes,
        starts=tuple(sorted({*before.starts, *track.starts})),
        runs=min(before.runs, track.runs),
        points=pl.concat([kept.select(track.points.columns), track.points]),
        made_of=made_of(region, track.plan, programmes),
        skipped=tuple(dict.fromkeys((*before.skipped, *track.skipped))),
    )


def _short(value: Any) -> Any:
    return round(value, 4) if isinstance(value, float) else value


def track_record(region: Region) -> Track | None:
    """The stored track record; None when there is none. `stale` says whether its inputs have changed since."""
    path = region.folder / FOLDER / FILE
    if not path.exists():
        return None
    kept = json.loads(path.read_text("utf-8"))
    points = pl.DataFrame(
        kept["points"], schema={name: _read_as(name) for name in kept["columns"]}, orient="row"
    ).with_columns(pl.col(_DAYS).str.to_date("%Y-%m-%d"))
    programmes = tuple(kept["programmes"])
    known = all(id in region.programmes for id in programmes) and kept["plan"] in region.plans
    return Track(
        region_id=kept["region"],
        plan=kept["plan"],
        programmes=programmes,
        starts=tuple(date.fromisoformat(day) for day in kept["starts"]),
        runs=kept["runs"],
        seed=kept["seed"],
        points=points,
        made_of=kept["made_of"],
        skipped=tuple(kept["skipped"]),
        stale=not known or made_of(region, kept["plan"], programmes) != kept["made_of"],
    )


def _read_as(name: str) -> pl.DataType | type[pl.DataType]:
    return pl.String() if name in _DAYS else SCHEMA[name]
