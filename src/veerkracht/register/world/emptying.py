"""Makes room for a demo world: an empty register, or, when asked, an older demo world that goes; nothing else."""

from collections.abc import Iterator

from django.apps import apps
from django.core.management.color import no_style
from django.db import connections, models, router
from django.db.backends.base.base import BaseDatabaseWrapper

from veerkracht.register import append_only, clock
from veerkracht.register.care.models import Request, Round
from veerkracht.register.errors import Conflict
from veerkracht.register.money.models import Credit
from veerkracht.register.people.models import Person, User
from veerkracht.rulebook.types import Text

# What Django itself fills with each migration, and misses when it is gone.
_KEPT = {"contenttypes", "auth"}
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
    """Empty the register when it holds a demo world and `force` is set; only inside a transaction of both databases."""
    check_room(force=force)
    if not is_empty():
        empty()


def empty() -> None:
    """Take everything out of the register and the log, and let no append-only table stand unprotected after it."""
    for alias, held in append_only.APPEND_ONLY.items():
        for table in held:
            append_only.release(alias, table)
    # In any order: what points at what is only looked at when the transaction ends.
    for model in _tables():
        model._default_manager.all()._raw_delete(router.db_for_write(model))
    _count_from_one()
    for alias, held in append_only.APPEND_ONLY.items():
        for table in held:
            append_only.protect(alias, table)


def _count_from_one() -> None:
    """The same world gets the same numbers, whatever was there before it."""
    by_alias: dict[str, list[dict[str, str]]] = {}
    for model in _tables():
        if isinstance(key := model._meta.pk, models.AutoField):
            place = {"table": model._meta.db_table, "column": key.column}
            by_alias.setdefault(router.db_for_write(model), []).append(place)
    for alias, counted in by_alias.items():
        with connections[alias].cursor() as cursor:
            for statement in _restarts(connections[alias], counted):
                cursor.execute(statement)


def _restarts(connection: BaseDatabaseWrapper, counted: list[dict[str, str]]) -> list[str]:
    """Statements that a transaction which is broken off takes back: what Django gives for PostgreSQL (`setval`) stays,
    and would give the older world's numbers out again.
    """
    if connection.vendor != "postgresql":
        return list(connection.ops.sequence_reset_by_name_sql(no_style(), counted))
    with connection.cursor() as cursor:
        tables, columns = ([one[part] for one in counted] for part in ("table", "column"))
        cursor.execute(
            "SELECT pg_get_serial_sequence(quote_ident(name), key) "
            "FROM unnest(%s::text[], %s::text[]) AS counted (name, key)",
            [tables, columns],
        )
        return [f"ALTER SEQUENCE {sequence} RESTART" for (sequence,) in cursor.fetchall()]


def _tables() -> Iterator[type[models.Model]]:
    """Every table of the register and the log, sessions and sign-in with them; a new one needs no line here."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.app_label not in _KEPT and model._meta.managed and not model._meta.proxy:
            yield model
