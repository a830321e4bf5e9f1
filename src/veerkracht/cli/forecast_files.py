"""The files that `veerkracht forecast --out` writes: the report in every language, and all that it rests on as data."""

import json
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from veerkracht.cli.output import CommandError, progress, say

# Causes are played plan after plan with one thing switched off at a time: fewer runs, or they would take the longest.
CAUSES_RUNS = 20
_YEAR_END = (12, 31)


def plain(made: Any, other: Any, difference: Any) -> dict[str, Any]:
    """The forecast with its `series`; with another plan, that one and the difference beside it."""
    found: dict[str, Any] = made.plain()
    if other is not None:
        found |= {"against": other.plain(), "difference": difference.plain()}
    return found


def make_folder(out: Path) -> None:
    """The folder for the report, before minutes are played for a report that can't be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=out):
            pass
    except OSError as error:
        raise CommandError(
            f"Can't write to {out}: {error.strerror}. Give another folder with --out."
        ) from error


def write(out: Path, setting: Any, made: Any, other: Any, difference: Any) -> None:
    """The report in every language of the region, and all data. `setting`: where the causes are played from."""
    from veerkracht.forecast.hindcast.track import track_record
    from veerkracht.forecast.show import report

    here = setting.region
    causes = _causes(setting, difference) if difference is not None else []
    try:
        for language in here.languages:
            about = report.told(made, other, language, here, track_record(here), causes)
            (out / f"report-{language}.html").write_text(report.html(about), "utf-8")
            (out / f"report-{language}.pdf").write_bytes(report.pdf_file(about))
        (out / "forecast.json").write_text(
            json.dumps(plain(made, other, difference), ensure_ascii=False, indent=1), "utf-8"
        )
        made.series().write_csv(out / "series.csv")
        for part in made.rounds:
            part.turns().write_csv(out / f"turns-{part.programme.id}.csv")
        if difference is not None:
            difference.series().write_csv(out / "difference.csv")
    except OSError as error:
        raise CommandError(f"Can't write to {out}: {error.strerror}.") from error
    say(f"Written to {out}: {', '.join(sorted(path.name for path in out.iterdir()))}")


def _causes(setting: Any, difference: Any) -> list[Any]:
    """By which causes the plans differ at the end in who waits, where they do; of the first runs only."""
    from veerkracht.forecast.choices import waterfall

    on = max(day for day in difference.one.records if (day.month, day.day) == _YEAR_END)
    column = difference.one.records.index(on)
    plans = difference.one.plan.id, difference.other.plan.id
    few = replace(setting, runs=min(setting.runs, CAUSES_RUNS))
    found = []
    for name in _waiting(difference):
        if difference.values[name][:, column].any():
            with progress(f"{name}: causes") as tick:
                found.append(waterfall(few, plans[0], name, on, plans[1], progress=tick))
    return found


def _waiting(difference: Any) -> list[str]:
    """The series of who waits for each programme: requests where they are counted, else persons."""
    owners = dict.fromkeys(name.partition(".")[0] for name in difference.values)
    kinds = dict.fromkeys(owners, ("waiting.total", "waiting.persons"))
    known = {
        owner: [f"{owner}.{kind}" for kind in of if f"{owner}.{kind}" in difference.values]
        for owner, of in kinds.items()
    }
    return [names[0] for names in known.values() if names]
