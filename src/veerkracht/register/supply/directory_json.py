"""The directory as plain JSON by a schema of our own, `schemas/directory.json`; a test holds the one to the other."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from veerkracht.register.supply.queries.directory import Entry, Room
from veerkracht.rulebook.types import Text

SCHEMA = Path(__file__).with_name("schemas") / "directory.json"
# A document names the version that it is written by; what changes its shape gets another.
VERSION = "urn:veerkracht:schemas:directory:1"


def document(entries: Iterable[Entry]) -> dict[str, Any]:
    """Services as the schema says. Of what nobody said there is null, not an empty text."""
    return {"schema": VERSION, "services": [_service(entry) for entry in entries]}


def _service(entry: Entry) -> dict[str, Any]:
    as_they_are = ("id", "name", "organisation", "programme", "area", "area_name", "free", "is_current")
    return {name: getattr(entry, name) for name in as_they_are} | {
        "enterprise_number": entry.enterprise_number or None,
        "programme_name": _words(entry.programme_name),
        "kind": _words(entry.kind),
        "address": entry.address or None,
        "for_whom": [_words(one) for one in entry.for_whom],
        "rooms": [_room(one) for one in entry.rooms],
        "free_at": entry.free_at.isoformat(timespec="seconds") if entry.free is not None else None,
        "confirmed_on": entry.confirmed_on.isoformat() if entry.confirmed_on else None,
        "expires_on": entry.expires_on.isoformat() if entry.expires_on else None,
    }


def _room(room: Room) -> dict[str, Any]:
    return {"kind": _words(room.kind), "units": room.units, "sleeps": room.sleeps}


def _words(text: Text) -> dict[str, str] | None:
    return {"nl": text.nl, "en": text.en} if text else None
