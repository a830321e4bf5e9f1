"""What CPSV-AP asks of the classes that the directory uses: the shapes of release 3.2.0, as far as these classes go.

From https://semiceu.github.io/CPSV-AP/releases/3.2.0/shacl/cpsv-ap-SHACL.ttl (European Union, CC BY 4.0), written out
as tables so that what we publish is held to the standard without a network. A property that a class does not have there
must be one of Dublin Core's that IPDC-LPDC adds, or one under our own name.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TEXT, ANY = "rdf:langString", ""
OWN = "places:"
NAMESPACES = {
    "atu": "http://data.europa.eu/88u/dataset/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


@dataclass(frozen=True)
class Property:
    """`range`: a class, `TEXT` or `ANY`."""

    range: str
    least: int = 0
    most: int | None = None


NAMED = {"skos:prefLabel": Property(TEXT, 1), "dct:identifier": Property(ANY, 0, 1)}
CLASSES = {
    "cpsv:PublicService": {
        "dct:identifier": Property(ANY, 1, 1),
        "dct:title": Property(TEXT, 1),
        "dct:description": Property(TEXT, 1),
        "cv:hasCompetentAuthority": Property("cv:PublicOrganisation", 1),
        "dct:spatial": Property("dct:Location"),
        "cv:isClassifiedBy": Property("skos:Concept"),
        # Of an instance of IPDC-LPDC: once each.
        "dct:created": Property("xsd:dateTime", 1, 1),
        "dct:modified": Property("xsd:dateTime", 1, 1),
        "dct:creator": Property("cv:PublicOrganisation", 1, 1),
    },
    "cv:PublicOrganisation": {**NAMED, "dct:spatial": Property("atu:atu-type", 1)},
    "dct:Location": NAMED,
    "atu:atu-type": NAMED,
    "skos:Concept": NAMED,
    "locn:Address": {"locn:fullAddress": Property(TEXT, 1)},
    "xsd:dateTime": {},
    "xsd:date": {},
}


def faults(document: dict[str, Any]) -> list[str]:
    """Where a document differs from the standard; nothing when it does not."""
    context = document["@context"]
    wrong = [
        f"prefix {name}: {context[name]}"
        for name in context
        if context[name] != NAMESPACES.get(name, context[name])
    ]
    strange = sorted(set(context) - set(NAMESPACES) - {OWN.rstrip(":")})
    return [*wrong, *strange, *(fault for node in document["@graph"] for fault in _of_node(node))]


def _of_node(node: dict[str, Any]) -> Iterator[str]:
    kind = node.get("@type")
    if kind is None:
        # Without a class of the standard, only our own words and names stand in it.
        yield from (f"{name} of nothing" for name in node if not name.startswith((OWN, "skos:prefLabel")))
        return
    if kind not in CLASSES:
        yield f"no such class: {kind}"
        return
    known = CLASSES[kind]
    for name, rule in known.items():
        found = _several(node.get(name, []))
        if len(found) < rule.least or (rule.most is not None and len(found) > rule.most):
            yield f"{kind} has {len(found)} of {name}"
        yield from (f"{name} of {kind} is {one!r}" for one in found if not _fits(one, rule.range))
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in known and not name.startswith(OWN):
            yield f"{kind} has no {name}"
        yield from (fault for one in _several(value) if isinstance(one, dict) for fault in _inside(one))


def _inside(value: dict[str, Any]) -> Iterator[str]:
    """A literal is whole in itself; anything else is a node."""
    if "@value" in value:
        if not {"@value", "@type", "@language"} >= set(value):
            yield f"no literal: {value}"
        return
    yield from _of_node(value)


def _several(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _fits(one: Any, wanted: str) -> bool:
    if wanted == ANY:
        return isinstance(one, str)
    if not isinstance(one, dict):
        return False
    if wanted == TEXT:
        return bool(one.get("@language")) and isinstance(one.get("@value"), str) and bool(one["@value"])
    return one.get("@type") == wanted
