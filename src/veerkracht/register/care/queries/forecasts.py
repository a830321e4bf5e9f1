"""Forecasts from the register's own list, kept on disk until the list, the money or the rules change."""

import hashlib
import os
import pickle
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path
from threading import Lock, get_ident

from veerkracht import forecast, region
from veerkracht.register import clock
from veerkracht.register.care.access import require
from veerkracht.register.care.programmes import programme_of
from veerkracht.register.care.queries.freshness import fingerprint, folder, may_keep, tidy
from veerkracht.register.care.turns import DEFAULT_RUNS, DEFAULT_SEED, DEFAULT_YEARS, start
from veerkracht.register.money.queries import balances
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.types import Programme

_KEPT = 24
# One forecast at a time in a process: a second asker then finds the first one's answer.
_one_at_a_time = Lock()

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Question:
    """What is asked of a forecast. `start`: the register on that day's evening; None: as it stands."""

    programme: str
    plan: str
    start: date | None = None
    years: int = DEFAULT_YEARS
    runs: int = DEFAULT_RUNS
    seed: int = DEFAULT_SEED


@dataclass(frozen=True)
class Answer:
    """A forecast and, when another plan was asked beside it, what it does differently from that."""

    one: forecast.Forecast
    against: forecast.Forecast | None
    difference: forecast.Difference | None


def answer(actor: Actor, question: Question, against: str = "", progress: Progress | None = None) -> Answer:
    """The forecast of a plan from the register, and beside another plan; computed when it is not kept.

    For who may see the programme's figures. `progress(done, total)` counts runs. Raises `Refused` and the faults of
    `forecast.run`.
    """
    require("figures.read", actor, question.programme)
    programme = programme_of(question.programme)
    plans = [question.plan, *([against] if against else [])]
    found = [
        _made(programme, question, plan, share_of(progress, number, len(plans)))
        for number, plan in enumerate(plans)
    ]
    one, other = found[0], found[1] if against else None
    return Answer(one, other, forecast.compare(one, other) if other else None)


def is_kept(actor: Actor, question: Question, against: str = "") -> bool:
    """Whether the answer is there at once."""
    require("figures.read", actor, question.programme)
    programme = programme_of(question.programme)
    plans = [question.plan, *([against] if against else [])]
    return may_keep() and all(_file(programme, question, plan).exists() for plan in plans)


def played(programme: Programme, question: Question, progress: Progress | None = None) -> forecast.Forecast:
    """A forecast with a programme that may be a draft; kept like any other."""
    return _made(programme, question, question.plan, progress)


def is_played(programme: Programme, question: Question) -> bool:
    """Whether `played` has its forecast at once."""
    return may_keep() and _file(programme, question, question.plan).exists()


def _made(
    programme: Programme, question: Question, plan: str, progress: Progress | None
) -> forecast.Forecast:
    if not may_keep():
        return _play(programme, question, plan, progress)
    file = _file(programme, question, plan)
    # What is kept is read at once, also while another forecast is being made.
    kept = _read(file)
    if kept is None:
        with _one_at_a_time:
            kept = _read(file)
            if kept is None:
                kept = _play(programme, question, plan, progress)
                _write(kept, file)
    return kept


def _play(
    programme: Programme, question: Question, plan: str, progress: Progress | None
) -> forecast.Forecast:
    return forecast.run(
        region.current(),
        programme,
        plan,
        start(programme, question.start),
        question.years,
        question.runs,
        question.seed,
        progress=progress,
    )


def share_of(progress: Progress | None, number: int, of: int) -> Progress | None:
    """The progress of one of several forecasts (the first is 0) as part of the whole."""
    return None if progress is None else lambda done, total: progress(number * total + done, of * total)


def _file(programme: Programme, question: Question, plan: str) -> Path:
    here = region.current()
    rests_on = (
        fingerprint(),
        clock.today(),
        sorted(balances(programme.id).items()),
        programme,
        here.plans,
        question.start,
        question.years,
        question.runs,
        question.seed,
        version("veerkracht"),
    )
    digest = hashlib.sha256(repr((plan, rests_on)).encode()).hexdigest()
    return folder("forecasts") / f"{programme.id}-{digest[:32]}"


def _read(file: Path) -> forecast.Forecast | None:
    try:
        return pickle.loads(file.read_bytes())  # noqa: S301  see the import
    except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError, TypeError):
        # Not there, or of another version of the engine: computed again.
        return None


def _write(made: forecast.Forecast, file: Path) -> None:
    draft = file.with_suffix(f".{os.getpid()}-{get_ident()}")
    draft.write_bytes(pickle.dumps(made))
    draft.replace(file)
    tidy(file.parent, _KEPT)
