"""Text documents that are archives (Word's DOCX, OpenDocument's ODT): opened with care, and without macros."""

import zipfile
from collections.abc import Callable
from typing import BinaryIO
from xml.etree.ElementTree import Element, ParseError

from defusedxml.ElementTree import fromstring

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"

_PARTS = 2_000
_UNPACKED = 100 * 1024 * 1024
# Text packs to a tenth or a twentieth; what unpacks to hundreds of times its size is made to choke who opens it.
_RATIO = 200
_SMALL = 1024 * 1024
_XML_MOST = 20 * 1024 * 1024

_BOMB = Text(
    nl="Dit bestand pakt zich uit tot iets veel groters dan een document. Het wordt niet bewaard.",
    en="This file unpacks to something far larger than a document. It is not kept.",
)
_ACTIVE = Text(
    nl="In dit bestand zit iets dat vanzelf kan lopen: een macro, een ingesloten programma of een sjabloon van "
    "elders. Bewaar het zonder, of als pdf.",
    en="There is something in this file that can run by itself: a macro, an embedded program or a template "
    "from elsewhere. Save it without, or as PDF.",
)
_LOCKED = Text(
    nl="Dit bestand is met een wachtwoord gesloten. Stuur het zonder wachtwoord.",
    en="This file is closed with a password. Send it without a password.",
)


def is_docx(file: BinaryIO) -> bool:
    """Raises `Invalid` for a bomb, a macro, an embedded object, or a template fetched from elsewhere."""
    return _read(file, _is_docx)


def is_odt(file: BinaryIO) -> bool:
    """Raises `Invalid` for a bomb or a macro."""
    return _read(file, _is_odt)


def _read(file: BinaryIO, holds: Callable[[zipfile.ZipFile], bool]) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            _refuse_bomb(archive)
            return holds(archive)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeError, ParseError, EOFError, OSError, ValueError):
        # ValueError holds the defused refusals: entities, external references.
        return False


def _refuse_bomb(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    packed = sum(part.compress_size for part in parts) or 1
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _PARTS or unpacked > _UNPACKED or (unpacked > _SMALL and unpacked / packed > _RATIO):
        raise Invalid(_BOMB, "file")
    if any(part.flag_bits & 0x1 for part in parts):
        raise Invalid(_LOCKED, "file")


def _is_docx(archive: zipfile.ZipFile) -> bool:
    names = {name.lower() for name in archive.namelist()}
    if not {"[content_types].xml", "word/document.xml"} <= names:
        return False
    runs = ("vbaproject.bin", "vbadata.xml", "/activex/", "/embeddings/")
    if any(mark in name for name in names for mark in runs):
        raise Invalid(_ACTIVE, "file")
    types = _xml(archive, "[Content_Types].xml")
    if any("macroenabled" in value.lower() for one in types.iter() for value in one.attrib.values()):
        raise Invalid(_ACTIVE, "file")
    for name in archive.namelist():
        if name.lower().endswith(".rels"):
            _refuse_elsewhere(_xml(archive, name))
    return True


def _refuse_elsewhere(relations: Element) -> None:
    """Only a link that a reader clicks on may lead out of the document."""
    for one in relations.iter():
        leads_out = one.get("TargetMode", "").lower() == "external"
        if leads_out and not one.get("Type", "").endswith("/hyperlink"):
            raise Invalid(_ACTIVE, "file")


def _is_odt(archive: zipfile.ZipFile) -> bool:
    names = archive.namelist()
    if not names or names[0] != "mimetype" or "content.xml" not in names:
        return False
    if archive.getinfo("mimetype").file_size > len(ODT) or archive.read("mimetype") != ODT.encode():
        return False
    # A chart is a folder "Object 1/"; a file of that name is a program from elsewhere, embedded.
    embedded = any(name.startswith("Object ") and "/" not in name for name in names)
    if embedded or any(name.startswith(("Basic/", "Scripts/")) for name in names):
        raise Invalid(_ACTIVE, "file")
    content = _xml(archive, "content.xml")
    if any(one.tag.endswith(("}event-listener", "}script")) for one in content.iter()):
        raise Invalid(_ACTIVE, "file")
    return True


def _xml(archive: zipfile.ZipFile, name: str) -> Element:
    """A part of the archive as XML, without entities and external references. Raises `ValueError` for
    those."""
    part = archive.getinfo(next(one for one in archive.namelist() if one.lower() == name.lower()))
    if part.file_size > _XML_MOST:
        raise Invalid(_BOMB, "file")
    return fromstring(archive.read(part), forbid_dtd=True)
