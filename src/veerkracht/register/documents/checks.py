"""What must hold between the rows of documents and the files in the home; `veerkracht verify` asks."""

import hashlib
from collections.abc import Callable, Iterable

from veerkracht.register.documents import store
from veerkracht.register.documents.actions import asked_for
from veerkracht.register.documents.models import Document
from veerkracht.rulebook.types import Text

Check = tuple[Text, Callable[[], Iterable[str]]]


def checks() -> dict[str, Check]:
    """Each invariant by name: what it says, and a function that gives where it is broken."""
    return {
        "document_is_the_file_that_was_added": (
            Text(
                nl="Elk document is er nog, precies zoals het werd toegevoegd.",
                en="Every document is there, exactly as it was added.",
            ),
            _changed_or_lost,
        ),
        "no_file_without_a_document": (
            Text(
                nl="Er ligt geen bestand waar geen document bij hoort.",
                en="There is no file that belongs to no document.",
            ),
            _left_behind,
        ),
    }


def _changed_or_lost() -> Iterable[str]:
    kept = Document.objects.filter(destroyed_at=None).order_by("pk")
    for reference, name, sha256 in kept.values_list("reference", "stored_name", "sha256").iterator():
        path = store.path_of(name)
        if not path.is_file():
            yield f"{reference}: lost"
            continue
        with path.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:
                yield f"{reference}: changed"


def _left_behind() -> Iterable[str]:
    return store.left_behind(asked_for())
