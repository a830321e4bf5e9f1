"""What takes longer than a reader waits: made beside the page, once, whoever asks and in whichever process."""

import fcntl
import hashlib
import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from threading import Thread
from typing import IO, TypeVar

from django.db import connections

from veerkracht.register.care import turns
from veerkracht.register.care.queries import trial
from veerkracht.register.care.queries.drafts import Draft
from veerkracht.register.care.queries.forecasts import Answer, Progress, answer, is_kept
from veerkracht.register.care.queries.freshness import (
    fingerprint,
    folder,
    may_keep,
    tidy,
    turns_are_fresh,
)
from veerkracht.register.care.queries.questions import Question
from veerkracht.register.care.queries.trial_results import TurnChange
from veerkracht.register.errors import text_of
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require
from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text

PATIENCE = 2.0
THREAD = "underway"
_KEPT = 100
_log = logging.getLogger(__name__)

Made = TypeVar("Made")


@dataclass(frozen=True)
class Underway:
    """What is being made. `done` of `total` runs (0 of 0 before the first); `fault` says why it can't be, `broke`
    that this is our fault and not that of what was asked.
    """

    done: int = 0
    total: int = 0
    fault: Text = field(default_factory=Text)
    broke: bool = False


def answer_soon(actor: Actor, question: Question, *, patience: float = PATIENCE) -> Answer | Underway:
    """`forecasts.answer` when it is kept or made within `patience` seconds; else how far it is: ask again.

    Raises `Refused`, and inside a transaction (where nothing is kept) also the faults of `forecast.run`.
    """
    return soon(
        repr((actor.programme, question)),
        lambda: is_kept(actor, question),
        lambda progress: answer(actor, question, progress),
        patience,
    )


def first_answer(actor: Actor, question: Question) -> Answer | Underway:
    """The full answer when it is kept, else one of fewer runs (`Question.quick`): for a first look within seconds.

    Raises what `answer_soon` raises.
    """
    wanted = question if is_kept(actor, question) or not may_keep() else question.quick
    return answer_soon(actor, wanted)


def turns_soon(
    actor: Actor, programme_id: str, draft: Draft, on: date, *, plan: str, patience: float = PATIENCE
) -> tuple[TurnChange, ...] | Underway:
    """`trial.turns_changed`, in the same way. Raises `Refused` and what is wrong with the draft."""
    question = trial.rough(plan)
    return soon(
        repr((programme_id, draft, on, plan)),
        lambda: trial.turns_are_there(actor, programme_id, draft, on, question),
        lambda progress: trial.turns_changed(actor, programme_id, draft, on, question, progress=progress),
        patience,
    )


def turns_again_soon(actor: Actor, programme_id: str, *, patience: float = PATIENCE) -> Underway | None:
    """Compute the expected turns that are kept again, if the list has changed since; None when that is done, else how
    far it is. Raises `Refused`.
    """
    require("turns.compute", actor, programme_id)

    def again(progress: Progress | None) -> None:
        if not turns_are_fresh(programme_id):
            turns.renew(programme_id, by=actor, progress=progress)

    return soon(f"turns of {programme_id}", lambda: turns_are_fresh(programme_id), again, patience)


def soon(
    asked: str, is_there: Callable[[], bool], make: Callable[[Progress | None], Made], patience: float
) -> Made | Underway:
    """What `make` gives, when it is there or within `patience` seconds; else how far it is."""
    if is_there() or not may_keep():
        return make(None)
    note = _note(asked)
    if (told := _told(note)).fault:
        return told
    thread = _begin(note, make)
    if thread:
        thread.join(patience)
    return make(None) if is_there() else _told(note)


def _note(asked: str) -> Path:
    """The file that says how far it is."""
    digest = hashlib.sha256(f"{asked}|{fingerprint()}".encode()).hexdigest()
    return folder("underway") / digest[:32]


def _begin(note: Path, make: Callable[[Progress | None], object]) -> Thread | None:
    """Start making it, unless somebody is at it."""
    held = note.with_suffix(".lock").open("w")
    try:
        # Let go by the system when its holder ends, however it ends: nothing can stay underway for ever.
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    _write(note, Underway())
    tidy(note.parent, _KEPT)
    thread = Thread(target=_make, args=(note, held, make), name=THREAD, daemon=True)
    thread.start()
    return thread


def _make(note: Path, held: IO[str], make: Callable[[Progress | None], object]) -> None:
    try:
        make(lambda done, total: _write(note, Underway(done, total)))
    except Fault as fault:
        _write(note, Underway(fault=text_of(fault)))
    except Exception as error:  # noqa: BLE001  logged, and said on the page instead of asking for ever
        _log.exception("What was being made broke off")
        name = type(error).__name__
        _write(note, Underway(fault=Text(name, name), broke=True))
    finally:
        connections.close_all()
        held.close()


def _told(note: Path) -> Underway:
    """How far it is. A fault is told once: who asks again after it has it tried again."""
    try:
        told = json.loads(note.read_text())
        said = Underway(**told | {"fault": Text(**told["fault"])})
    except (OSError, ValueError, TypeError):
        return Underway()
    if said.fault:
        note.unlink(missing_ok=True)
    return said


def _write(note: Path, said: Underway) -> None:
    # Replaced in one go: who reads meanwhile sees the one or the other, never half of it.
    draft = note.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(said)))
    draft.replace(note)
