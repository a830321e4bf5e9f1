"""Finds the browser for the tests. None is downloaded: one that stands on the machine is used."""

import os
import shutil
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLAYWRIGHTS_OWN = "chromium-*/chrome-linux*/chrome"


def find_chromium() -> str | None:
    """The path of a Chromium: what VEERKRACHT_CHROMIUM says, else one from PATH, else Playwright's own."""
    said = os.environ.get("VEERKRACHT_CHROMIUM")
    if said:
        return said
    on_path = next((path for path in map(shutil.which, NAMES) if path), None)
    if on_path:
        return on_path
    own = sorted((Path.home() / ".cache/ms-playwright").glob(PLAYWRIGHTS_OWN))
    return str(own[-1]) if own else None
