"""Which files may be added, known by their extension and by what is in them: one alone can be a lie."""

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from django.conf import settings

from veerkracht.register.documents import office

_TEXT = "text/plain; charset=utf-8"
_BLOCK = 64 * 1024
_FIRST = 16


@dataclass(frozen=True)
class FileType:
    """`holds`: what its bytes must be."""

    extensions: tuple[str, ...]
    content_type: str
    holds: Callable[[BinaryIO], bool]


def _starts(*openings: bytes) -> Callable[[BinaryIO], bool]:
    def holds(file: BinaryIO) -> bool:
        file.seek(0)
        return file.read(_FIRST).startswith(openings)

    return holds


def _is_text(file: BinaryIO) -> bool:
    """UTF-8 without control characters but tab, new line and new page; read in blocks."""
    file.seek(0)
    reading = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := file.read(_BLOCK):
            if not _plain(reading.decode(block)):
                return False
        return _plain(reading.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


def _plain(text: str) -> bool:
    return all(sign >= " " or sign in "\t\r\n\f" for sign in text)


TYPES: tuple[FileType, ...] = (
    FileType(("pdf",), "application/pdf", _starts(b"%PDF-")),
    FileType(("png",), "image/png", _starts(b"\x89PNG\r\n\x1a\n")),
    FileType(("jpg", "jpeg"), "image/jpeg", _starts(b"\xff\xd8\xff")),
    FileType(("txt",), _TEXT, _is_text),
    FileType(("csv",), "text/csv; charset=utf-8", _is_text),
    FileType(("docx",), office.DOCX, office.is_docx),
    FileType(("odt",), office.ODT, office.is_odt),
)


def type_of(extension: str) -> FileType | None:
    """What a file with this extension must be; None for one that the installation doesn't allow."""
    if extension not in settings.DOCUMENT_EXTENSIONS:
        return None
    return next((one for one in TYPES if extension in one.extensions), None)


def allowed() -> tuple[str, ...]:
    """The extensions that may be added here, in the order of the list above."""
    return tuple(
        extension
        for one in TYPES
        for extension in one.extensions
        if extension in settings.DOCUMENT_EXTENSIONS
    )
