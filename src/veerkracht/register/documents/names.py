"""The name of a file that somebody sends: made safe to show, to keep and to give back."""

import re
import unicodedata
from pathlib import PurePosixPath

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

_LONGEST = 120
# What a file system, a shell or a header could take for something else.
_UNSAFE = re.compile(r'[<>:"/\\|?*;%\x00-\x1f\x7f]')
# A name such as "verslag.pdf.exe" or "verslag.js.pdf" wants to be taken for what it is not.
_RUN = frozenset(
    "app bat cmd com cpl dll docm dotm exe gadget hta htm html jar js jse lnk mht mhtml mjs msi msp phar php "
    "pif ps1 psm1 py rb reg scr sh shtml svg svgz swf vb vbe vbs ws wsf wsh xhtml xht xlsm xml xsl zip".split()
)


def cleaned(given: str) -> str:
    """The last part of the name, without signs that mislead; at most 120 characters, the extension kept.

    Raises `Invalid` (field "file") for a name without extension, or with one hidden behind another.
    """
    last = unicodedata.normalize("NFKC", given).replace("\\", "/").rsplit("/", 1)[-1]
    # Cf: characters that can't be seen, among them those that turn the reading direction around.
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in ("Cf", "Cc", "Cs", "Co", "Cn"))
    name = " ".join(_UNSAFE.sub(" ", seen).split()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if not dot or not stem.strip(". ") or not extension:
        raise Invalid(
            Text(
                nl="Deze bestandsnaam heeft geen extensie. Verwacht: een naam zoals verslag.pdf.",
                en="This file name has no extension. Expected: a name such as report.pdf.",
            ),
            "file",
        )
    _refuse_double(stem)
    return f"{stem[: _LONGEST - len(extension) - 1].strip('. ')}.{extension.lower()}"


def extension_of(name: str) -> str:
    """Lower case, without the dot."""
    return PurePosixPath(name).suffix.lower().removeprefix(".")


def _refuse_double(stem: str) -> None:
    hidden = [part for part in stem.lower().split(".")[1:] if part.strip() in _RUN]
    if hidden:
        found = hidden[0].strip()
        raise Invalid(
            Text(
                nl=f"In deze bestandsnaam zit een tweede extensie: “.{found}”. "
                "Geef het bestand een naam met één extensie.",
                en=f"There is a second extension in this file name: “.{found}”. "
                "Give the file a name with one extension.",
            ),
            "file",
        )
