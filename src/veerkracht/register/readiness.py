"""Whether this installation can do its work, and a few numbers of it: cheap, and without a word about anybody."""

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from django.conf import settings
from django.db import connections, router
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count
from django.db.utils import Error

from veerkracht.register.care.models import Round
from veerkracht.register.payments import stuck
from veerkracht.register.payments.models import Order
from veerkracht.register.supply.models import Hold


@dataclass(frozen=True)
class Check:
    """One thing that must hold. `words`: what was found, for the engineer; no secrets, no persons."""

    name: str
    ok: bool
    words: str


def readiness() -> tuple[Check, ...]:
    """Every check, the failed ones too: databases reachable, migrations applied, log writable, room on the disk."""
    found = []
    for alias in connections:
        found.append(_tried(f"database-{alias}", lambda alias=alias: _reachable(alias)))
        found.append(_tried(f"migrations-{alias}", lambda alias=alias: _migrated(alias)))
    found.append(_tried("log-writable", _log_writable))
    found.append(_tried("disk", _room))
    return tuple(found)


def numbers() -> Iterator[tuple[str, str, dict[str, int]]]:
    """Name, what it is, and counts by state; those that the database can't give now are left out."""
    yield "disk_free_bytes", "Room where the data are.", {"home": shutil.disk_usage(settings.HOME).free}
    try:
        holds = Hold.objects.filter(state="held").count()
        rounds = dict(Round.objects.values_list("state").annotate(many=Count("pk")).order_by())
        orders = dict(Order.objects.values_list("state").annotate(many=Count("pk")).order_by())
        waiting = Counter(one.state for one in stuck.stuck())
    except Error:
        return
    yield "holds", "Places held now.", {"held": holds}
    yield "rounds", "Rounds by state.", rounds
    yield "payment_orders", "Payment orders by state.", orders
    # Always with each state in which an order can be stuck, so that an alarm sees it go back to none.
    by_state = {state.value: waiting[state] for state in stuck.OPEN}
    yield "payment_orders_stuck", "Payment orders that wait too long for a step or for the bank.", by_state


def _tried(name: str, check: Callable[[], tuple[bool, str]]) -> Check:
    try:
        return Check(name, *check())
    except (Error, OSError) as error:
        # Not its text: an address with a password may stand in it.
        return Check(name, False, f"failed: {type(error).__name__}")


def _reachable(alias: str) -> tuple[bool, str]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 1")
    return True, f"answers ({connections[alias].vendor})"


def _migrated(alias: str) -> tuple[bool, str]:
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    missing = len({one for one in _known() if router.allow_migrate(alias, one[0])} - applied)
    return not missing, "all applied" if not missing else f"{missing} not applied: run `veerkracht run` once"


@cache
def _known() -> frozenset[tuple[str, str]]:
    """The migrations that come with this version."""
    return frozenset(MigrationLoader(None).disk_migrations)


def _log_writable() -> tuple[bool, str]:
    connection = connections["log"]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_table_privilege('log_logentry', 'INSERT') AND NOT pg_is_in_recovery()")
            ok = bool(cursor.fetchone()[0])
    else:
        ok = os.access(connection.settings_dict["NAME"], os.W_OK)
    return ok, "may be written" if ok else "can't be written: nothing that must be logged will work"


def _room() -> tuple[bool, str]:
    free = shutil.disk_usage(settings.HOME).free // 1_000_000
    return free >= settings.DISK_LEAST_MB, f"{free} MB free, at least {settings.DISK_LEAST_MB} wanted"
