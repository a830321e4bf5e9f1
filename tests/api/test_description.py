"""The description and the code are compared both ways: neither says more than the other."""

import re
from collections import Counter
from importlib import import_module
from pathlib import Path

import pytest
from django.test import Client
from ninja import Schema

from veerkracht.api.app import api
from veerkracht.config.home import PROJECT

DOCS = PROJECT / "docs" / "api.md"


def described() -> set[tuple[str, str]]:
    return {
        (method.upper(), path)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }


def lived() -> set[tuple[str, str]]:
    """Every operation that an address really leads to."""
    found = set()
    for router in api._get_bound_routers():
        for path, view in router.path_operations.items():
            for operation in view.operations:
                found |= {(method, f"/api/v1{path}") for method in operation.methods}
    return found


def test_every_operation_is_described_and_every_description_is_one():
    assert described() == lived()


def test_the_documentation_names_every_operation_and_no_other():
    named = set(re.findall(r"^\| `(GET|POST) (/api/v1/[^`]*)` ", DOCS.read_text(), re.MULTILINE))
    assert named == described()


def test_every_operation_says_what_it_answers_when_it_goes_wrong():
    lacking = [
        (path, method)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method, told in methods.items()
        if not {401, 404, 422, 429} <= set(told["responses"])
    ]
    assert lacking == []


def test_no_two_shapes_of_a_body_or_an_answer_have_one_name():
    """The description knows a shape by its name: of two the one would be described as the other. Filters stand in an
    address, not in a body.
    """
    shapes = {
        shape
        for folder in (
            PROJECT / "src" / "veerkracht" / "api",
            PROJECT / "src" / "veerkracht" / "api" / "routes",
        )
        for file in folder.glob("[a-z]*.py")
        for shape in vars(import_module(_module(file))).values()
        if isinstance(shape, type) and issubclass(shape, Schema) and shape.__name__ != "Filters"
    }
    assert [name for name, count in Counter(one.__name__ for one in shapes).items() if count > 1] == []


def _module(file: Path) -> str:
    return ".".join(file.relative_to(PROJECT / "src").with_suffix("").parts)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_shows_every_operation_and_carries_no_script(db, language):
    html = Client().get(f"/{language}/for-programs/").content.decode()
    shown = set(re.findall(r"<h3><code>(\w+) ([^<]+)</code>", html))
    assert shown == described()
    assert (
        re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|https?://(?!testserver)", html) == []
    )


def test_the_description_for_machines_is_json_that_anybody_may_read(db):
    answer = Client().get("/api/v1/openapi.json")
    assert (answer.status_code, answer.json()["info"]["title"]) == (200, "Veerkracht")


def test_every_module_of_operations_is_in_use():
    folder = Path(api.__class__.__module__.replace(".", "/")).parent
    modules = {file.stem for file in (PROJECT / "src" / folder / "routes").glob("[a-z]*.py")}
    tags = {
        told["tags"][0] for methods in api.get_openapi_schema()["paths"].values() for told in methods.values()
    }
    assert len(tags) == len(modules)
