"""Adding, removing and destroying documents."""

from typing import BinaryIO

from django.db import transaction

from veerkracht.register import clock
from veerkracht.register.constraints import said
from veerkracht.register.documents import store
from veerkracht.register.documents.checking import check
from veerkracht.register.documents.models import Document
from veerkracht.register.documents.scanning import scan
from veerkracht.register.errors import Invalid
from veerkracht.register.log.record import record
from veerkracht.register.people.actors import Actor
from veerkracht.register.permissions import Case, require
from veerkracht.rulebook.types import Text

_FIELDS = ("documents",)


def add_document(case: Case, *, by: Actor, kind: str, name: str, file: BinaryIO) -> Document:
    """Keep a file in a person's case; `name` is the one it came with, `kind` a `Document.Kind`.

    Raises `Invalid` for a kind that isn't known, or (field "file") for a file that may not be kept.
    """
    require("document.add", by, case)
    if kind not in Document.Kind.values:
        expected = ", ".join(Document.Kind.values)
        raise Invalid(
            Text(
                nl=f"“{kind[:20]}” is geen soort document. Verwacht: {expected}.",
                en=f"“{kind[:20]}” is no kind of document. Expected: {expected}.",
            ),
            "kind",
        )
    checked = check(name, file)
    with store.keep(file) as stored:
        scan(stored.path)
        with said(), transaction.atomic():
            document = Document.objects.create(
                person=case.person,
                programme=case.programme,
                kind=kind,
                name=checked.name,
                size=checked.size,
                sha256=checked.sha256,
                content_type=checked.content_type,
                stored_name=stored.name,
                added_by_name=_signature(by),
                added_at=clock.now(),
            )
            # The name is somebody's own words and may say anything: it stays out of the log.
            record(
                by, "create", "document", person_id=case.person_id, detail=_which(document), fields=_FIELDS
            )
    return document


def remove_document(document: Document, *, by: Actor, reason: str) -> Document:
    """Nobody reads it any more; the file itself is kept until its term of retention is over.

    Raises `Invalid` without a reason, or when it was removed already.
    """
    require("document.remove", by, document)
    if not reason.strip():
        raise Invalid(Text(nl="Zeg waarom het weg moet.", en="Say why it has to go."), "reason")
    with said(), transaction.atomic():
        # Locked, so that of two who remove it at once one is told.
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.removed_at or document.destroyed_at:
            raise Invalid(Text(nl="Dit document is al weggehaald.", en="This document was removed already."))
        document.removed_at = clock.now()
        document.removed_by_name = by.name
        document.remove_reason = reason.strip()[:300]
        document.save(update_fields=["removed_at", "removed_by_name", "remove_reason"])
        record(
            by, "delete", "document", person_id=document.person_id, detail=_which(document), fields=_FIELDS
        )
    return document


def destroy(document: Document, *, by: Actor) -> Document:
    """The bytes and the name are gone for good. For who applies the rules of retention, which asked already
    whether they may.

    The row says so first and the file goes after commit: what a crash leaves behind, `sweep` takes away.
    """
    require("retention.apply", by)
    with said(), transaction.atomic():
        # Locked, so that nobody removes or destroys it at the same moment.
        document = Document.objects.select_for_update().get(pk=document.pk)
        if document.destroyed_at is None:
            document.destroyed_at = clock.now()
            document.name = ""
            document.save(update_fields=["destroyed_at", "name"])
            record(by, "delete", "document", person_id=document.person_id, detail=_which(document))
        transaction.on_commit(lambda: store.discard(document.stored_name))
    return document


def sweep(*, by: Actor) -> int:
    """Take away the files that no row asks for (a crash left them behind); how many there were."""
    require("retention.apply", by)
    found = store.left_behind(asked_for())
    for name in found:
        store.discard(name)
    if found:
        record(by, "delete", "document", detail={"left-behind": len(found)})
    return len(found)


def asked_for() -> set[str]:
    """The names of the files that must be there."""
    return set(Document.objects.filter(destroyed_at=None).values_list("stored_name", flat=True))


def _signature(by: Actor) -> str:
    """Of who acts for themself, or for somebody they represent, the number only."""
    return by.person.number if by.person else by.name


def _which(document: Document) -> dict[str, str]:
    return {"document": str(document.reference), "kind": document.kind}
