"""The gates to the log itself: who proves it and who reads it. Both are written down in it."""

from collections.abc import Mapping
from datetime import date

from veerkracht.register.log import verifying
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import require


def heads(actor: Actor, first: date | None = None, last: date | None = None) -> list[verifying.Head]:
    """The head of each day of the log, to print or to send elsewhere."""
    require("audit.verify", actor)
    record(actor, "verify", "log", detail={"heads": _days(first, last)})
    return verifying.heads(first, last)


def verify(
    actor: Actor,
    first: date | None = None,
    last: date | None = None,
    expected: Mapping[int, str] | None = None,
) -> verifying.Report:
    """Prove the log (`log.verifying.verify`), and write down what was found."""
    require("audit.verify", actor)
    report = verifying.verify(first, last, expected)
    broken = report.broken
    record(
        actor,
        "verify",
        "log",
        detail={
            "days": _days(first, last),
            "entries": report.entries,
            "broken": f"{broken.fault} {broken.entry_id}" if broken else "",
        },
    )
    return report


def _days(first: date | None, last: date | None) -> list[str]:
    return [str(first or ""), str(last or "")]
