"""What somebody sends, looked at before anything is kept: size, name, type, content."""

import hashlib
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from veerkracht.register.documents import file_types
from veerkracht.register.documents.names import cleaned, extension_of
from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Checked:
    """What is known of a file that may be kept; `size` in bytes."""

    name: str
    content_type: str
    size: int
    sha256: str


def check(name: str, file: BinaryIO) -> Checked:
    """Raises `Invalid` (field "file") for a file that is empty, too large, of a type that isn't taken, not what
    its name says, or able to do something by itself.
    """
    size = file.seek(0, 2)
    if size == 0:
        raise Invalid(Text(nl="Dit bestand is leeg.", en="This file is empty."), "file")
    if size > settings.DOCUMENT_LARGEST:
        raise _too_large(size)
    name = cleaned(name)
    extension = extension_of(name)
    of_type = file_types.type_of(extension)
    if of_type is None:
        raise _not_taken(extension)
    if not of_type.holds(file):
        raise Invalid(
            Text(
                nl=f"Wat in dit bestand zit, is geen “.{extension}”. "
                "Bewaar het opnieuw in dat formaat, of geef het de juiste extensie.",
                en=f"What is in this file is no “.{extension}”. "
                "Save it again in that format, or give it the right extension.",
            ),
            "file",
        )
    file.seek(0)
    return Checked(name, of_type.content_type, size, hashlib.file_digest(file, "sha256").hexdigest())


def _too_large(size: int) -> Invalid:
    most, found = settings.DOCUMENT_LARGEST // _MEGABYTE, f"{size / _MEGABYTE:.1f}"
    return Invalid(
        Text(
            nl=f"Dit bestand is te groot: {found.replace('.', ',')} MB. Het grootste is {most} MB.",
            en=f"This file is too large: {found} MB. The largest is {most} MB.",
        ),
        "file",
    )


def _not_taken(extension: str) -> Invalid:
    taken = ", ".join(file_types.allowed())
    return Invalid(
        Text(
            nl=f"Bestanden van de soort “.{extension}” worden niet aangenomen. Verwacht: {taken}.",
            en=f"Files of the kind “.{extension}” are not taken. Expected: {taken}.",
        ),
        "file",
    )
