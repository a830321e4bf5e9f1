"""What the databases hold by themselves holds indeed: rules by name, references, tables that only grow, numbers."""

from collections.abc import Callable, Iterable

from django.apps import apps
from django.db import connection, models
from django.db.models import Count, Max

from veerkracht.register import append_only, constraints
from veerkracht.register.care.models import Request
from veerkracht.register.people.models import Counter, Person
from veerkracht.register.verify.invariant import Check
from veerkracht.rulebook.types import Text


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    held = {
        name: (constraints.MESSAGES[name], _held_by_database(name)) for name in sorted(constraints.named())
    }
    return {
        **held,
        "append_only": (constraints.MESSAGES["append_only"], append_only.unprotected),
        "references_lead_somewhere": (
            Text(
                nl="Waar een rij naar verwijst, bestaat.",
                en="What a row points to is there.",
            ),
            _dangling,
        ),
        "numbers_are_given_out_once": (
            Text(
                nl="Een volgend nummer is hoger dan alle nummers die er zijn.",
                en="A next number is higher than all there are.",
            ),
            _counters,
        ),
    }


def _dangling() -> Iterable[str]:
    # PostgreSQL never lets a reference dangle; SQLite does for who opens the file without asking it to look.
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_key_check")
        for table, row, target, _ in cursor.fetchall():
            yield f"{table} {row}: {target}"


def _held_by_database(name: str) -> Callable[[], Iterable[str]]:
    return lambda: _breaking(*_model_and_constraint(name))


def _model_and_constraint(name: str) -> tuple[type[models.Model], models.BaseConstraint]:
    for model in apps.get_models():
        for constraint in model._meta.constraints:
            if constraint.name == name:
                return model, constraint
    raise LookupError(name)


def _breaking(model: type[models.Model], constraint: models.BaseConstraint) -> Iterable[str]:
    rows = model._default_manager.all()
    if isinstance(constraint, models.CheckConstraint):
        broken = rows.exclude(constraint.condition)
        return [f"{model._meta.model_name} {key}" for key in broken.values_list("pk", flat=True)]
    if constraint.condition:
        rows = rows.filter(constraint.condition)
    # Two unknowns are not the same: a unique rule leaves them out.
    rows = rows.filter(**{f"{field}__isnull": False for field in constraint.fields})
    doubles = rows.values(*constraint.fields).annotate(times=Count("pk")).filter(times__gt=1).order_by()
    return [f"{model._meta.model_name} {row}" for row in doubles]


def _counters() -> Iterable[str]:
    last = dict(Counter.objects.values_list("name", "last"))
    for model in (Person, Request):
        highest = model._default_manager.aggregate(highest=Max("number"))["highest"]
        if highest and highest[1:].lstrip("-").isdigit():
            prefix, _, digits = highest.partition("-")
            if int(digits) > last.get(prefix, 0):
                yield f"{prefix}: {highest}"
