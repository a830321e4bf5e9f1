"""Makes room for a demo world: an empty register, or, when asked, an older demo world that goes; nothing else."""

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import models

from veerkracht.register import append_only, clock
from veerkracht.register.care.models import Budget, Request, Round, RoundLine, RoundList, Step, Turn, TurnRun
from veerkracht.register.errors import Conflict
from veerkracht.register.log.in_register import models as in_register
from veerkracht.register.log.models import LogEntry, Permit, PermitClosure, PermitRow
from veerkracht.register.money.models import Account, Credit, Entry, Posting
from veerkracht.register.people.models import (
    Counter,
    Membership,
    Organisation,
    Person,
    PersonalCode,
    Setting,
    User,
)
from veerkracht.register.plans.models import OwnPlan
from veerkracht.rulebook.types import Text

# Whoever points at another goes first.
_IN_ORDER: tuple[type[models.Model], ...] = (
    Turn,
    TurnRun,
    RoundList,
    RoundLine,
    Posting,
    Entry,
    Credit,
    Account,
    Step,
    Budget,
    Round,
    Request,
    PersonalCode,
    Membership,
    Session,
    OwnPlan,
    User,
    Organisation,
    Person,
    Counter,
    Setting,
    in_register.KeptHead,
    in_register.PermitRow,
    in_register.Permit,
    in_register.PermitClosure,
)
EXISTS = Text(
    nl="Er is al een demowereld. Met --force komt er een nieuwe in de plaats.",
    en="There is a demo world already. With --force a new one takes its place.",
)
REAL = Text(
    nl="Dit register bevat gegevens die niet van een demowereld zijn. Die worden nooit overschreven.",
    en="This register holds data that are not of a demo world. Those are never overwritten.",
)


def is_empty() -> bool:
    return not any(model._default_manager.exists() for model in (Person, Request, User, Round, Credit))


def check_room(*, force: bool) -> None:
    """Raise `Conflict` for a demo world without `force`, and for anything that is no demo world."""
    if is_empty():
        return
    if clock.demo_day() is None or Person.objects.filter(fictitious=False).exists():
        raise Conflict(REAL)
    if not force:
        raise Conflict(EXISTS)


def make_room(*, force: bool) -> None:
    """Empty the register when it holds a demo world and `force` is set; only inside a transaction."""
    check_room(force=force)
    if not is_empty():
        empty()


def empty() -> None:
    """Take everything out of the register and the log, and let no append-only table stand unprotected after it."""
    for alias, held in append_only.APPEND_ONLY.items():
        for table in held:
            append_only.release(alias, table)
    for model in (*_many_to_many(), *_IN_ORDER):
        model._default_manager.all()._raw_delete("default")
    for model in (PermitRow, Permit, PermitClosure, LogEntry):
        model._default_manager.all()._raw_delete("log")
    for alias, held in append_only.APPEND_ONLY.items():
        for table in held:
            append_only.protect(alias, table)


def _many_to_many() -> list[type[models.Model]]:
    """What joins users to Django's own groups and permissions."""
    return [field.remote_field.through for field in apps.get_model("people", "User")._meta.local_many_to_many]
