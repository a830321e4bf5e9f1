"""The page that describes the interface: made from its own description, so that the two can't differ.

It stands open: it says nothing about anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from veerkracht.api.app import api


@dataclass(frozen=True)
class Field:
    name: str
    kind: str
    required: bool


@dataclass(frozen=True)
class Operation:
    """`sends`, `gives`: names of shapes; `asks`: what stands in the address."""

    method: str
    path: str
    summary: str
    description: str
    asks: tuple[Field, ...]
    sends: str
    gives: str


@dataclass(frozen=True)
class Shape:
    name: str
    description: str
    fields: tuple[Field, ...]


@require_GET
def page(request: HttpRequest) -> HttpResponse:
    schema = api.get_openapi_schema()
    sections: dict[str, list[Operation]] = {}
    for tag, operation in _operations(schema):
        sections.setdefault(tag, []).append(operation)
    context = {
        "sections": sections,
        "shapes": [_shape(name, found) for name, found in sorted(schema["components"]["schemas"].items())],
        "schema_address": reverse("api:openapi-json"),
    }
    return render(request, "api/docs.html", context)


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, Operation]]:
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            body = told.get("requestBody", {}).get("content", {}).get("application/json", {})
            good = told["responses"][200]["content"]["application/json"]["schema"]
            yield (
                str(told["tags"][0]),
                Operation(
                    method=method.upper(),
                    path=path,
                    summary=str(told["summary"]),
                    description=str(told.get("description", "")),
                    asks=tuple(
                        Field(one["name"], _kind(one["schema"]), one["required"])
                        for one in told.get("parameters", [])
                    ),
                    sends=_kind(body["schema"]) if body else "",
                    gives=_kind(good),
                ),
            )


def _shape(name: str, found: dict[str, Any]) -> Shape:
    required = found.get("required", [])
    fields = (Field(key, _kind(one), key in required) for key, one in found.get("properties", {}).items())
    return Shape(name, str(found.get("description", "")), tuple(fields))


def _kind(schema: dict[str, Any]) -> str:
    """A type of JSON schema in a few signs: `[Row]`, `date | null`."""
    if "$ref" in schema:
        return schema["$ref"].rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_kind(one) for one in schema["anyOf"])
    if "enum" in schema:
        return " | ".join(schema["enum"])
    if schema.get("type") == "array":
        return f"[{_kind(schema['items'])}]"
    return str(schema.get("format") or schema.get("const") or schema.get("type", "…"))
