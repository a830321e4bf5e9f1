"""A forecast that takes longer than a reader waits: made beside the page, once, whoever asks and in whichever process."""

import fcntl
import hashlib
import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Thread
from typing import IO

from django.db import connections

from veerkracht.register.care.queries.forecasts import Answer, Question, answer, is_kept
from veerkracht.register.care.queries.freshness import fingerprint, folder, may_keep, tidy
from veerkracht.register.people.actors import Actor
from veerkracht.rulebook.errors import Fault

_PATIENCE = 2.0
_KEPT = 100
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Underway:
    """A forecast that is being made. `done` of `total` runs (0 of 0 before the first); `fault` says why it can't be."""

    done: int = 0
    total: int = 0
    fault: str = ""
    broke: bool = False


def answer_soon(
    actor: Actor, question: Question, against: str = "", *, patience: float = _PATIENCE
) -> Answer | Underway:
    """The answer when it is kept or made within `patience` seconds; else how far it is. Ask again to see it grow.

    Raises `Refused`, and inside a transaction (where nothing is kept) also the faults of `forecast.run`.
    """
    if is_kept(actor, question, against) or not may_keep():
        return answer(actor, question, against)
    note = _note(question, against)
    if (told := _told(note)).fault:
        return told
    thread = _begin(note, actor, question, against)
    if thread:
        thread.join(patience)
    if is_kept(actor, question, against):
        return answer(actor, question, against)
    return _told(note)


def _note(question: Question, against: str) -> Path:
    """The file that says how far this question is."""
    digest = hashlib.sha256(repr((question, against, fingerprint())).encode()).hexdigest()
    return folder("underway") / digest[:32]


def _begin(note: Path, actor: Actor, question: Question, against: str) -> Thread | None:
    """Start making the answer, unless somebody is at it."""
    held = note.with_suffix(".lock").open("w")
    try:
        # Let go by the system when its holder ends, however it ends: nothing can stay underway for ever.
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        held.close()
        return None
    _write(note, Underway())
    tidy(note.parent, _KEPT)
    thread = Thread(target=_make, args=(note, held, actor, question, against), daemon=True)
    thread.start()
    return thread


def _make(note: Path, held: IO[str], actor: Actor, question: Question, against: str) -> None:
    try:
        answer(actor, question, against, lambda done, total: _write(note, Underway(done, total)))
    except Fault as fault:
        _write(note, Underway(fault=str(fault)))
    except Exception as error:
        _log.exception("A forecast broke off")
        _write(note, Underway(fault=type(error).__name__, broke=True))
    finally:
        connections.close_all()
        held.close()


def _told(note: Path) -> Underway:
    """How far it is. A fault is told once: who asks again after it has it tried again."""
    try:
        said = Underway(**json.loads(note.read_text()))
    except (OSError, ValueError):
        return Underway()
    if said.fault:
        note.unlink(missing_ok=True)
    return said


def _write(note: Path, said: Underway) -> None:
    # Replaced in one go: who reads meanwhile sees the one or the other, never half of it.
    draft = note.with_suffix(".draft")
    draft.write_text(json.dumps(asdict(said)))
    draft.replace(note)
