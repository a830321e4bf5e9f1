"""The matrix as data: what may stand in it, and that the code asks for nothing else."""

import ast
import tomllib
from copy import deepcopy
from pathlib import Path

import pytest

from veerkracht.config.home import PACKAGE
from veerkracht.register.people.actors import COMMAND, PERSON, ROLES
from veerkracht.register.permissions.matrix import _FILE, matrix, parse
from veerkracht.rulebook.errors import Fault

FOUND = tomllib.loads(_FILE.read_text())
ASKING = {"may", "require", "scope", "which", "people_scope", "fields"}


def verbs_in(file: Path) -> set[str]:
    """Texts that look like a verb, in a module that asks the matrix."""
    tree = ast.parse(file.read_text())
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return {text for text in texts if isinstance(text, str) and text in matrix().actions}


def asked_verbs(file: Path) -> set[str]:
    """The verbs that are asked for by name: `require("request.change", …)`."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ASKING:
            words = [argument for argument in node.args if isinstance(argument, ast.Constant)]
            found |= {word.value for word in words if isinstance(word.value, str) and "." in word.value}
    return found


def sources() -> list[Path]:
    return [file for floor in ("register", "web", "api", "cli") for file in (PACKAGE / floor).rglob("*.py")]


def test_every_verb_that_the_code_asks_for_is_in_the_matrix():
    asked = set().union(*map(asked_verbs, sources()))
    assert asked - set(matrix().actions) == set()


def test_every_action_of_the_matrix_is_asked_for_somewhere():
    used = set().union(*map(verbs_in, sources()))
    assert set(matrix().actions) - used == set()


def test_its_roles_are_those_that_somebody_can_have():
    assert set(matrix().roles) == {*ROLES, PERSON, COMMAND}


def test_every_action_is_open_to_somebody_and_every_role_may_something():
    assert {cell.action for cell in matrix().cells} == set(matrix().actions)
    assert {cell.role for cell in matrix().cells} == set(matrix().roles)


@pytest.mark.parametrize("role", ["analyst", "auditor", "administrator", "records"])
def test_who_works_with_no_files_has_no_cell_that_opens_one(role):
    files = {"request.read", "request.list", "request.export", "document.read", "number.read"}
    assert {cell.action for cell in matrix().cells if cell.role == role} & files == set()


def test_an_address_in_hiding_is_for_the_case_team_and_the_person():
    seen = {(cell.role, cell.relation) for cell in matrix().cells if "hidden-address" in cell.fields}
    teams = {
        (role, relation) for role in ("officer", "assessor", "case-worker") for relation in ("own", "team")
    }
    assert seen == {*teams, ("person", "self")}


def test_what_has_no_cell_is_not_allowed():
    assert not matrix().is_allowed("analyst", "area", "request.read")
    assert matrix().is_allowed("officer", "area", "request.read", "money")
    assert not matrix().is_allowed("officer", "area", "request.read", "hidden-address")


def test_a_verb_that_nobody_thought_about_is_a_mistake():
    with pytest.raises(LookupError):
        matrix().relations_that_allow("officer", "request.shred")


@pytest.mark.parametrize("part", ["roles", "relations", "actions", "fields"])
def test_a_name_that_is_not_known_is_found(part):
    wrong = deepcopy(FOUND)
    wrong["allow"][2][part] = ["nowhere"]
    with pytest.raises(Fault, match=f"number 3: {part} has 'nowhere'"):
        parse(wrong)


def test_a_line_says_why():
    wrong = deepcopy(FOUND)
    del wrong["allow"][0]["why"]
    with pytest.raises(Fault, match="number 1 does not say why"):
        parse(wrong)


def test_who_sees_the_list_sees_what_a_line_of_it_shows():
    wrong = deepcopy(FOUND)
    wrong["allow"][0]["fields"] = ["identity", "request"]
    with pytest.raises(Fault, match="comes with contact, money, turn"):
        parse(wrong)


def test_everything_in_it_has_a_name_in_both_languages():
    named = [*matrix().roles.values(), *matrix().relations.values(), *matrix().fields.values()]
    named += [action.name for action in matrix().actions.values()] + [cell.why for cell in matrix().cells]
    assert [text for text in named if not (text.nl and text.en)] == []
