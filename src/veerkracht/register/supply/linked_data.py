"""The directory as linked data, in the form of a catalogue of public services (CPSV-AP 3.2; IPDC-LPDC instances).

These hold no free places and no address of a service, so those stand there under words of our own, each with its time.
"""

from collections.abc import Iterable
from typing import Any

from veerkracht import region
from veerkracht.register.supply.queries.directory import Entry
from veerkracht.rulebook.types import Text

CONTEXT = {
    "atu": "http://data.europa.eu/88u/dataset/",
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dct": "http://purl.org/dc/terms/",
    "locn": "http://www.w3.org/ns/locn#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "places": "urn:veerkracht:places#",
}


def graph(entries: Iterable[Entry], address: str) -> dict[str, Any]:
    """Services as JSON-LD. `address`: of the directory, to which the number of a service is added."""
    return {"@context": CONTEXT, "@graph": [_service(entry, address) for entry in entries]}


def _service(entry: Entry, address: str) -> dict[str, Any]:
    said = [entry.programme_name, *entry.for_whom]
    about = Text(nl=_sentences([one.nl for one in said]), en=_sentences([one.en for one in said]))
    organisation = _organisation(entry)
    return {
        "@id": f"{address}{entry.id}/",
        "@type": "cpsv:PublicService",
        "dct:identifier": str(entry.id),
        # The seven that an instance must have: name, description, created, modified, creator, authority, area.
        "dct:title": _as_it_is(entry.name),
        "dct:description": _in_languages(about),
        "dct:created": _moment(entry.created_at),
        "dct:modified": _moment(entry.changed_at),
        "dct:creator": organisation,
        "cv:hasCompetentAuthority": organisation,
        "dct:spatial": _area(entry, "dct:Location"),
        **_kind(entry),
        **_address(entry),
        **_places(entry),
    }


def _organisation(entry: Entry) -> dict[str, Any]:
    number = {"dct:identifier": entry.enterprise_number} if entry.enterprise_number else {}
    return {
        "@type": "cv:PublicOrganisation",
        "skos:prefLabel": _as_it_is(entry.organisation),
        # Which area an organisation covers is not kept: it is told for where this service is.
        "dct:spatial": _area(entry, "atu:atu-type"),
        **number,
    }


def _area(entry: Entry, kind: str) -> dict[str, Any]:
    return {"@type": kind, "dct:identifier": entry.area, "skos:prefLabel": _as_it_is(entry.area_name)}


def _kind(entry: Entry) -> dict[str, Any]:
    if not entry.kind:
        return {}
    return {"cv:isClassifiedBy": {"@type": "skos:Concept", "skos:prefLabel": _in_languages(entry.kind)}}


def _address(entry: Entry) -> dict[str, Any]:
    if not entry.address:
        return {}
    return {"places:address": {"@type": "locn:Address", "locn:fullAddress": _as_it_is(entry.address)}}


def _places(entry: Entry) -> dict[str, Any]:
    days = {"places:confirmedOn": entry.confirmed_on, "places:expiresOn": entry.expires_on}
    known = {name: {"@type": "xsd:date", "@value": day.isoformat()} for name, day in days.items() if day}
    if entry.free is not None:
        known |= {"places:free": entry.free, "places:freeAt": _moment(entry.free_at)}
    rooms = [
        {"skos:prefLabel": _in_languages(room.kind), "places:units": room.units, "places:sleeps": room.sleeps}
        for room in entry.rooms
    ]
    return {"places:isConfirmed": entry.is_current, **known, "places:rooms": rooms}


def _in_languages(text: Text) -> list[dict[str, str]]:
    return [{"@language": "nl", "@value": text.nl}, {"@language": "en", "@value": text.en}]


def _as_it_is(name: str) -> list[dict[str, str]]:
    """A name or an address, which has no translation, in the region's first language."""
    return [{"@language": region.current().languages[0], "@value": name}]


def _moment(at: Any) -> dict[str, str]:
    return {"@type": "xsd:dateTime", "@value": at.isoformat(timespec="seconds")}


def _sentences(texts: list[str]) -> str:
    return " ".join(text if text.endswith((".", "!", "?")) else f"{text}." for text in texts if text)
