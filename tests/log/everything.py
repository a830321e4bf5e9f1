"""Every action and gate of the register, found by looking; and something of each type to call them with."""

import importlib
import inspect
import io
import pkgutil
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import uuid4

from django.db import models

import veerkracht.register
from veerkracht.register.people.actors import Actor
from veerkracht.register.people.models import Person, User
from veerkracht.register.permissions import Case
from veerkracht.rulebook.types import Text

ON = date(2024, 1, 15)
_WHO = ("by", "actor")
# What an argument is when its type alone doesn't say.
_BY_NAME: dict[str, Any] = {"programme": "personal-budget", "programme_id": "personal-budget", "verb": "list"}
_PLAIN: dict[Any, Callable[[], Any]] = {
    str: lambda: "P-9999999",
    int: lambda: 999_999,
    bool: lambda: True,
    date: lambda: ON,
    bytes: lambda: b"x",
    Text: lambda: Text("x", "x"),
}


def actions() -> dict[str, Callable[..., Any]]:
    """Every public verb in a module or package `actions`, by its dotted name."""
    return dict(_found(lambda path: "actions" in path.split(".")))


def gates() -> dict[str, Callable[..., Any]]:
    """Every public function that opens something for an actor: in a module `access`, or a query of keeping."""
    return dict(_found(lambda path: path.endswith(".access") or path.startswith("keeping.queries.")))


def _found(wanted: Callable[[str], bool]) -> Iterator[tuple[str, Callable[..., Any]]]:
    root = veerkracht.register
    for module in pkgutil.walk_packages(root.__path__, f"{root.__name__}."):
        path = module.name.removeprefix(f"{root.__name__}.")
        if ".migrations" in path or path.startswith("world") or not wanted(path):
            continue
        for name, member in vars(importlib.import_module(module.name)).items():
            if not inspect.isfunction(member) or member.__module__ != module.name or name.startswith("_"):
                continue
            if set(_WHO) & set(inspect.signature(member).parameters):
                yield f"{path}.{name}", member


def called(function: Callable[..., Any], actor: Actor, person: Person) -> Any:
    """Call an action or gate as an actor, with something of each type that it must be given."""
    hints = get_type_hints(function)
    given = {}
    for name, parameter in inspect.signature(function).parameters.items():
        if name in _WHO:
            given[name] = actor
        elif parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD:
            given[name] = _BY_NAME.get(name) or some(hints[name], actor, person)
    return function(**given)


def some(kind: Any, actor: Actor, person: Person) -> Any:
    """Something of a type. A row of a table is only in memory, but points at the person and the user."""
    if kind in _PLAIN:
        return _PLAIN[kind]()
    if kind is Person:
        return person
    if kind is User:
        return actor.user
    if kind is Case:
        return Case(person, "personal-budget", person.area)
    if kind is io.BytesIO or getattr(kind, "__name__", "") == "BinaryIO":
        return io.BytesIO(b"x")
    if get_origin(kind) in (Union, type(int | str)):
        return some(get_args(kind)[0], actor, person)
    if inspect.isclass(kind) and issubclass(kind, models.Model):
        return _row(kind, actor, person)
    if get_origin(kind) is not None and get_args(kind):
        origin = get_origin(kind)
        return get_args(kind)[0] if not inspect.isclass(origin) else []
    if getattr(kind, "__name__", "") == "UUID":
        return uuid4()
    names = [name for name, one in inspect.signature(kind).parameters.items() if one.default is one.empty]
    hints = get_type_hints(kind)
    return kind(**{name: some(hints[name], actor, person) for name in names})


def _row(kind: type[models.Model], actor: Actor, person: Person) -> models.Model:
    row = kind(pk=999_999)
    for field in kind._meta.fields:
        if isinstance(field, models.ForeignKey) and field.related_model is not kind and not field.null:
            setattr(row, field.name, some(field.related_model, actor, person))
        elif field.name == "programme":
            row.programme = "personal-budget"  # type: ignore[attr-defined]
    return row
