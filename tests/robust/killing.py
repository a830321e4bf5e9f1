"""Work that a process does until it is killed at a random moment, and what must hold after that.

Used by the tests (a few kills) and by `benchmarks/faults.py` (a hundred).
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests import factories
from tests.robust import acts, last_version
from tests.robust.pairs import Pairs
from tests.robust.processes import Call, beside, run_on
from veerkracht.register import verify
from veerkracht.register.care.models import Request, Round, Step
from veerkracht.register.log.models import LogEntry
from veerkracht.register.supply import actions as supply
from veerkracht.register.supply.models import LIVE_HOLDS, Hold, HoldStep

# Seconds that work takes at most on a slow machine, after which it was not going to be killed any more.
LONGEST = 900


class Work(Protocol):
    """`prepare` gives what the process does; `settle` fails unless it is whole or not there, and finishes it."""

    def prepare(self) -> Call: ...
    def settle(self) -> None: ...


@dataclass
class Tally:
    """How often it was killed while it worked, and how often it was done before that."""

    killed: int = 0
    done: int = 0


def kill_at_random(work: Work, times: int, luck: random.Random, took: float = 0) -> Tally:
    """Let the work be killed so many times, and check each time that nothing is lost, doubled or broken.

    At least once it is killed before it is done, however fast the machine has become since it was timed.
    `took`: seconds that it takes when nobody kills it; measured first when that isn't known.
    """
    took, tally = took or _undisturbed(work), Tally()
    while tally.killed + tally.done < times or not tally.killed:
        with beside(*work.prepare()) as process:
            process.join(luck.uniform(0, took))
            killed = process.exitcode is None
        tally.killed += killed
        tally.done += not killed
        took *= 1 if killed else 0.7
        broken = verify.run()
        assert broken == [], broken
        work.settle()
        broken = verify.run()
        assert broken == [], broken
    return tally


def _undisturbed(work: Work) -> float:
    """How long the work takes, in seconds, when nobody kills it and everything it needs has been started before."""
    took = 0.0
    for _ in range(2):
        began = time.monotonic()
        with beside(*work.prepare()) as process:
            process.join(LONGEST)
            assert process.exitcode == 0, process.exitcode
        took = time.monotonic() - began
        work.settle()
    return took


class Rounds:
    """A round that is signed: money, steps and requests together, or the round as it was reviewed."""

    def __init__(self) -> None:
        factories.make_credit(90_000_000)
        self.signer = factories.make_actor("signer")
        self.officer = factories.make_actor("officer")

    def prepare(self) -> Call:
        factories.make_many(20)
        self.round = factories.make_round(500_000, state="reviewed", officer=self.officer)
        return acts.sign, self.round.pk, self.signer.user.username

    def settle(self) -> None:
        granted = Step.objects.filter(round=self.round, kind="granted").count()
        state = Round.objects.get(pk=self.round.pk).state
        expected = self.round.summary["granted"]
        assert (state, granted) in (("reviewed", 0), ("signed", expected))
        if state == "reviewed":
            acts.sign(self.round.pk, self.signer.user.username)
        assert Step.objects.filter(round=self.round, kind="granted").count() == expected


class Imports:
    """A file that is brought in: all of its rows, or none."""

    ROWS = 300

    def __init__(self, write: Callable[[int, str], Path]) -> None:
        self.write, self.number = write, 0
        self.officer = factories.make_user("officer").username

    def prepare(self) -> Call:
        self.number += 1
        self.before = Request.objects.count()
        self.file = str(self.write(self.ROWS, f"F{self.number}"))
        return acts.bring_in, self.file, self.officer

    def settle(self) -> None:
        assert Request.objects.count() - self.before in (0, self.ROWS)
        acts.bring_in(self.file, self.officer)
        assert Request.objects.count() - self.before == self.ROWS


class Holds:
    """A place that is held, confirmed and given back, over and over."""

    TIMES = 20

    def __init__(self) -> None:
        self.unit = factories.make_units()[0]
        self.admission = factories.make_actor("admission")

    def prepare(self) -> Call:
        return acts.hold_and_release, self.unit.pk, self.admission.user.username, self.TIMES

    def settle(self) -> None:
        live = Hold.objects.filter(unit=self.unit, state__in=LIVE_HOLDS)
        assert live.count() <= 1
        for one in live:
            supply.release_hold(one, by=self.admission)
        again = supply.hold_place(self.unit, by=self.admission, minutes=5)
        supply.release_hold(again, by=self.admission)
        # The log is written first: it may know of a step that never came, but no step is unknown to it.
        assert LogEntry.objects.filter(object_type="hold").count() >= HoldStep.objects.count()


class Upgrades:
    """The last version's databases brought to this version: as they were, or upgraded."""

    def __init__(self, made: Pairs) -> None:
        self.made, self.old = made, made.make()
        run_on(self.old, last_version.build)
        self.before = run_on(self.old, last_version.applied, "default")

    def prepare(self) -> Call:
        self.names = self.made.make(like=self.old)
        return acts.migrate_on, self.names

    def settle(self) -> None:
        halfway = run_on(self.names, last_version.applied, "default")
        run_on({}, acts.migrate_on, self.names)
        run_on(self.names, last_version.check)
        after = run_on(self.names, last_version.applied, "default")
        # Never something in between.
        assert halfway in (self.before, after), halfway


def works(write: Callable[[int, str], Path], made: Pairs) -> dict[str, Callable[[], Any]]:
    """Every kind of work by name, on the register as it is."""
    return {
        "rounds": Rounds,
        "imports": lambda: Imports(write),
        "holds": Holds,
        "upgrades": lambda: Upgrades(made),
    }
