"""How a page is looked at in a browser: by axe-core, and for a page that would scroll sideways."""

from itertools import product
from typing import Any

from axe_playwright_python.sync_playwright import Axe

WIDE, PHONE = 1280, 390
LOOKS = tuple(product(("light", "dark"), (WIDE, PHONE)))
SERIOUS = {"serious", "critical"}
# Every fold open; of a long table the first rows, since the others are no different.
_OPENED = """() => {
  document.querySelectorAll('main details').forEach(fold => { fold.open = true });
  document.querySelectorAll('tbody tr:nth-child(n+6), datalist option').forEach(row => row.remove());
}"""
# Drawings are hidden from screen readers; their words and tables stand beside them.
_LOOKED_AT = {"exclude": [[".drawing"]]}
_axe = Axe()


def faults(tab: Any, path: str) -> list[str]:
    """What is wrong with a page: light and dark, on a wide screen and on a phone; every fold open."""
    found: list[str] = []
    tab.goto(path)
    tab.wait_for_load_state("networkidle")
    tab.evaluate(_OPENED)
    for scheme, width in LOOKS:
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        tab.set_viewport_size({"width": width, "height": 900})
        found += [f"{path} {scheme} {width}: {fault}" for fault in (*_unfit(tab, scheme), *_sideways(tab))]
    return found


def _unfit(tab: Any, scheme: str) -> list[str]:
    # In the dark a page says the same in other colours: only those are looked at again.
    options = {"runOnly": ["color-contrast"]} if scheme == "dark" else {}
    violations = _axe.run(tab, context=_LOOKED_AT, options=options).response["violations"]
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in violations
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def _sideways(tab: Any) -> list[str]:
    over = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls {over} px sideways"] if over > 0 else []
