"""The permission matrix: read from `matrix.toml`, checked, and asked by cell."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from veerkracht.rulebook.errors import Fault
from veerkracht.rulebook.types import Text

_FILE = Path(__file__).with_name("matrix.toml")
# Who reads a file sees at least whose it is and what was asked; who sees the list sees what a line of it shows.
ALWAYS = {
    "request.read": frozenset({"identity", "request"}),
    "request.list": frozenset({"identity", "contact", "request", "turn", "money"}),
}


@dataclass(frozen=True)
class Action:
    """A verb. `on_case`: it is about one person's case, and so hangs on the relation to that case."""

    id: str
    name: Text
    on_case: bool


@dataclass(frozen=True)
class Cell:
    """One thing that is allowed: a role in a relation does an action, and sees these groups of fields.

    `source`: the law behind it, where there is one.
    """

    role: str
    relation: str
    action: str
    fields: frozenset[str]
    why: Text
    source: str = ""


@dataclass(frozen=True)
class Matrix:
    """All that is allowed; what has no cell is not. Names are for pages, in the file's sequence."""

    roles: dict[str, Text]
    relations: dict[str, Text]
    fields: dict[str, Text]
    actions: dict[str, Action]
    cells: tuple[Cell, ...]
    _by_role: dict[tuple[str, str], dict[str, frozenset[str]]]

    def relations_that_allow(self, role: str, action: str) -> dict[str, frozenset[str]]:
        """In which relations a role may do an action, with the groups of fields that each gives.

        Raises `LookupError` for an action that isn't in the matrix: a verb nobody thought about is a mistake.
        """
        if action not in self.actions:
            raise LookupError(f"no action {action!r} in {_FILE.name}")
        return self._by_role.get((role, action), {})

    def is_allowed(self, role: str, relation: str, action: str, field: str = "") -> bool:
        """Whether one cell is open; without a group of fields: the action itself."""
        given = self.relations_that_allow(role, action).get(relation)
        return given is not None and (not field or field in given)


@cache
def matrix() -> Matrix:
    """The matrix in force. Raises `Fault` when its file is wrong: nothing works on a matrix that is in doubt."""
    return parse(tomllib.loads(_FILE.read_text(encoding="utf-8")))


def parse(found: dict[str, Any]) -> Matrix:
    """The matrix in a parsed TOML file. Raises `Fault` naming the line of `[[allow]]` that is wrong."""
    roles, relations, fields = ({id: _text(t) for id, t in found[part].items()} for part in _NAMED)
    actions = {
        id: Action(id, _text(entry), bool(entry.get("case"))) for id, entry in found["actions"].items()
    }
    known = {"roles": roles, "relations": relations, "actions": actions, "fields": fields}
    cells = [cell for place, line in enumerate(found["allow"], 1) for cell in _cells(place, line, known)]
    by_role: dict[tuple[str, str], dict[str, frozenset[str]]] = {}
    for cell in cells:
        given = by_role.setdefault((cell.role, cell.action), {})
        given[cell.relation] = given.get(cell.relation, frozenset()) | cell.fields
    _check(by_role)
    return Matrix(roles, relations, fields, actions, tuple(cells), by_role)


_NAMED = ("roles", "relations", "fields")


def _cells(place: int, line: dict[str, Any], known: dict[str, dict[str, Any]]) -> Iterator[Cell]:
    for part, names in known.items():
        for name in line.get(part, []):
            if name not in names:
                raise Fault(
                    f"{_FILE.name}: [[allow]] number {place}: {part} has {name!r}, which is not known."
                )
    if not line.get("why"):
        raise Fault(f"{_FILE.name}: [[allow]] number {place} does not say why.")
    for role in line["roles"]:
        for relation in line["relations"]:
            for action in line["actions"]:
                given, why = frozenset(line.get("fields", [])), _text(line["why"])
                yield Cell(role, relation, action, given, why, line.get("source", ""))


def _check(by_role: dict[tuple[str, str], dict[str, frozenset[str]]]) -> None:
    for (role, action), relations in by_role.items():
        for relation, fields in relations.items():
            if missing := ALWAYS.get(action, frozenset()) - fields:
                raise Fault(
                    f"{_FILE.name}: {role}, {relation}: {action} comes with {', '.join(sorted(missing))}."
                )


def _text(entry: dict[str, str]) -> Text:
    return Text(nl=entry["nl"], en=entry["en"])
