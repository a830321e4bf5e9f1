"""The gates to documents: what stands in a case, and the bytes of one. Each look is logged."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import BinaryIO
from uuid import UUID

from django.db.models import QuerySet

from veerkracht.register.documents import store
from veerkracht.register.documents.models import Document
from veerkracht.register.errors import Refused
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, may

_FIELDS = ("documents",)
# A case has some tens of documents; beyond this a page would be no help to anybody.
MOST = 200


@dataclass(frozen=True)
class DocumentView:
    """A document as a page shows it; `size` in bytes. `by_person`: the person it is about added it."""

    reference: UUID
    kind: str
    name: str
    size: int
    added_by: str
    by_person: bool
    added_at: datetime
    may_remove: bool


@dataclass(frozen=True)
class Opened:
    """The bytes of a document, and what to say with them. Who asked for it closes `file`."""

    name: str
    content_type: str
    size: int
    file: BinaryIO


def documents_of(actor: Actor, case: Case) -> tuple[DocumentView, ...]:
    """What stands in a case, last first, without what was removed; the look is logged.

    Nothing for who may not read documents there: nor whether there are any.
    """
    if not may("document.read", actor, case):
        return ()
    record(actor, "list", "document", person_id=case.person_id, fields=_FIELDS)
    kept = Document.objects.filter(person=case.person_id, removed_at=None, destroyed_at=None)
    shown = kept.filter(programme__in=_programmes(actor, case, kept)).order_by("-id")[:MOST]
    may_remove = may("document.remove", actor, case)
    return tuple(
        DocumentView(
            reference=one.reference,
            kind=one.kind,
            name=one.name,
            size=one.size,
            added_by=one.added_by_name,
            by_person=one.added_by_name == case.number,
            added_at=one.added_at,
            may_remove=may_remove,
        )
        for one in shown
    )


def get_document(actor: Actor, reference: UUID, verb: str = "document.read") -> Document:
    """The document with this reference, for `verb`.

    Raises `Refused`, the same whether it doesn't exist, was removed, or may not be seen.
    """
    found = (
        Document.objects.select_related("person")
        .filter(reference=reference, removed_at=None, destroyed_at=None)
        .first()
    )
    if found is None or not may("document.read", actor, found) or not may(verb, actor, found):
        record(actor, "refused", "document", detail={"asked": str(reference)})
        raise Refused()
    return found


def open_document(actor: Actor, reference: UUID) -> Opened:
    """The bytes of a document; the read is logged. Raises `Refused`, as `get_document`."""
    found = get_document(actor, reference)
    record(
        actor,
        "read",
        "document",
        person_id=found.person_id,
        detail={"document": str(found.reference), "kind": found.kind},
        fields=_FIELDS,
    )
    try:
        file = store.path_of(found.stored_name).open("rb")
    except FileNotFoundError:
        # Destroyed at this very moment. (A file that is lost is found by `checks`.)
        raise Refused() from None
    return Opened(found.name, found.content_type, found.size, file)


def _programmes(actor: Actor, case: Case, kept: QuerySet[Document]) -> list[str]:
    """A document of no programme in particular stands in every case of the person; a case of every programme
    holds those of each programme in which the actor may read them.
    """
    if case.programme:
        return ["", case.programme]
    programmes = kept.order_by().values_list("programme", flat=True).distinct()
    return [one for one in programmes if may("document.read", actor, replace(case, programme=one))]
