"""The hook for a virus scanner: a command of the installation's own, such as `clamdscan --no-summary`."""

import logging
import shlex
import subprocess
from pathlib import Path

from django.conf import settings

from veerkracht.register.errors import Invalid
from veerkracht.rulebook.types import Text

_SECONDS = 60
_log = logging.getLogger(__name__)


def scan(path: Path) -> None:
    """Run the scanner of `VEERKRACHT_SCAN` on a file; nothing when there is none.

    Raises `Invalid` (field "file") when it ends with anything but zero. A scanner that is missing or takes over
    a minute refuses too: what can't be looked at isn't kept.
    """
    if not settings.DOCUMENT_SCAN:
        return
    command = [*shlex.split(settings.DOCUMENT_SCAN), str(path)]
    try:
        ended = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as fault:
        _log.error("the scanner of documents did not answer: %s", type(fault).__name__)
        raise Invalid(
            Text(
                nl="Dit bestand kon niet op virussen worden nagekeken. Probeer het straks opnieuw.",
                en="This file could not be checked for viruses. Try again in a while.",
            ),
            "file",
        ) from fault
    if ended.returncode:
        _log.warning("the scanner refused a document, with code %s", ended.returncode)
        raise Invalid(
            Text(
                nl="Dit bestand is geweigerd door de virusscanner. Het wordt niet bewaard.",
                en="The virus scanner refused this file. It is not kept.",
            ),
            "file",
        )
