"""How a tab goes on and a page is looked at: entering, settled, by axe-core, and for one that would scroll sideways."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

WIDE, PHONE = 1280, 390
_COLOURS = {"runOnly": ["color-contrast"]}
_ALL_BUT_COLOURS = {"rules": {"color-contrast": {"enabled": False}}}
# Each look and what axe is asked there; None: only whether it scrolls sideways. Colours take most of its time, so
# each theme and each width is looked at for them once.
LOOKS: tuple[tuple[str, int, dict[str, Any] | None], ...] = (
    ("light", WIDE, _ALL_BUT_COLOURS),
    ("light", PHONE, {}),
    ("dark", WIDE, _COLOURS),
    ("dark", PHONE, None),
)
# The same page in the other language has other words and no other colours.
LOOKS_IN_ENGLISH = (("light", WIDE, _ALL_BUT_COLOURS), ("light", PHONE, None))
SERIOUS = {"serious", "critical"}
# Every fold open; of a long table the first rows, since the others are no different.
_OPENED = """() => {
  document.querySelectorAll('main details').forEach(fold => { fold.open = true });
  document.querySelectorAll('tbody tr:nth-child(n+6), datalist option').forEach(row => row.remove());
}"""
# Drawings are hidden from screen readers; their words and tables stand beside them.
_LOOKED_AT = {"exclude": [[".drawing"]]}
# What is well is not described: that takes longer than finding what is wrong.
_VIOLATIONS = (
    "([where, how]) => axe.run(where, {...how, resultTypes: ['violations']}).then(all => all.violations)"
)

# Nothing that comes by itself is still to come: no part that htmx fetches at once or after a while, none being put in
# its place, and the letters are there.
_SETTLED = """() => document.readyState === "complete" && document.fonts.status === "loaded"
  && !document.querySelector(".htmx-request, .htmx-swapping, .htmx-settling, .htmx-added")
  && [...document.querySelectorAll('[hx-trigger^="load"]')].every((one) => one["htmx-internal-data"]?.loaded)"""


def sign_in(tab: Any, role: str, language: str = "en") -> None:
    """By the demo's one click; the page after it is there when this returns."""
    tab.goto(f"/{language}/sign-in/")
    tab.locator(f"form:has(input[value={role}]) button").click()
    signed_in(tab)


def signed_in(tab: Any) -> None:
    """Wait for the page that follows on signing in."""
    expect(_way_out(tab)).to_be_attached()
    tab.wait_for_load_state()


def sign_out(tab: Any) -> None:
    """By the button on every page; nobody is signed in when this returns."""
    _way_out(tab).get_by_role("button").click()
    tab.wait_for_url("**/sign-in/")


def _way_out(tab: Any) -> Any:
    return tab.locator("form[action$='/sign-out/']")


def settled(tab: Any) -> None:
    """Wait until a page and all that comes by itself are there. Not for a tab without script."""
    tab.wait_for_load_state("networkidle")
    tab.wait_for_function(_SETTLED)


def faults(tab: Any, path: str) -> list[str]:
    """What is wrong with a page: light and dark, on a wide screen and on a phone; every fold open.

    In full in the region's first language; in English as far as other words can make it worse.
    """
    found: list[str] = []
    tab.goto(path)
    settled(tab)
    tab.evaluate(_OPENED)
    tab.evaluate(Axe().axe_script)
    for scheme, width, asked in LOOKS_IN_ENGLISH if path.startswith("/en/") else LOOKS:
        tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        tab.set_viewport_size({"width": width, "height": 900})
        unfit = [] if asked is None else _unfit(tab, asked)
        found += [f"{path} {scheme} {width}: {fault}" for fault in (*unfit, *_sideways(tab))]
    return found


def _unfit(tab: Any, asked: dict[str, Any]) -> list[str]:
    return [
        f"{violation['id']} at {node['target']}: {node['failureSummary']}"
        for violation in tab.evaluate(_VIOLATIONS, [_LOOKED_AT, asked])
        if violation["impact"] in SERIOUS
        for node in violation["nodes"]
    ]


def _sideways(tab: Any) -> list[str]:
    over = tab.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"scrolls {over} px sideways"] if over > 0 else []
