"""Vega-Lite → SVG inside a page: no script, style attribute or fixed colour; ids of its own; cached."""

import hashlib
import json
import re
from typing import Any
from xml.etree import ElementTree

import vl_convert
from defusedxml.ElementTree import fromstring
from django.core.cache import caches

from veerkracht.web.charts import theme

VL_VERSION = "5.20"
_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_URL_REFERENCE = re.compile(r"url\(#")
_KEEP_FOR = 24 * 3600


def svg(spec: dict[str, Any], language: str) -> str:
    """The drawing of a Vega-Lite dict, with numbers and dates in a language ("nl" or "en")."""
    asked = json.dumps(spec, sort_keys=True, default=str)
    digest = hashlib.sha256(f"{language}|{asked}".encode()).hexdigest()[:24]
    key = f"chart:{digest}"
    cache = caches["process"]
    drawn: str | None = cache.get(key)
    if drawn is None:
        drawn = _draw(json.loads(asked), language, digest[:8])
        cache.set(key, drawn, _KEEP_FOR)
    return drawn


def _draw(spec: dict[str, Any], language: str, prefix: str) -> str:
    raw = vl_convert.vegalite_to_svg(
        {**spec, "config": theme.config()},
        vl_version=VL_VERSION,
        format_locale=theme.NUMBERS[language],
        time_format_locale=theme.TIMES[language],
    )
    root = fromstring(raw)
    _tidy(root)
    _make_ids_unique(root, prefix)
    root.set("aria-hidden", "true")  # the figure says it in words of its own
    root.set("focusable", "false")
    # Here and not at import: the names are the process's, and what draws a QR code takes this one for itself.
    ElementTree.register_namespace("", _SVG)
    ElementTree.register_namespace("xlink", _XLINK)
    return ElementTree.tostring(root, encoding="unicode")


def _tidy(element: ElementTree.Element) -> None:
    """Takes out what shows nothing, and turns Vega's labels into tooltips that need no script."""
    for child in list(element):
        if _shows_nothing(child):
            element.remove(child)
        else:
            _tidy(child)
    label = element.attrib.pop("aria-label", None)
    for name in ("role", "aria-roledescription", "aria-hidden", "class"):
        element.attrib.pop(name, None)
    if label:
        title = ElementTree.Element(f"{{{_SVG}}}title")
        title.text = label
        element.insert(0, title)
    if element.tag == f"{{{_SVG}}}a":
        element.set("href", element.attrib.pop(f"{{{_XLINK}}}href", "").removeprefix(theme.HERE))
        # Every area is in the table as well; hundreds of tab stops would lock a keyboard user in the map.
        element.set("tabindex", "-1")


def _shows_nothing(element: ElementTree.Element) -> bool:
    kind = element.get("class", "")
    is_frame = kind in {"background", "foreground"} and not element.get("fill")
    return is_frame or (element.tag == f"{{{_SVG}}}text" and element.get("opacity") == "0")


def _make_ids_unique(root: ElementTree.Element, prefix: str) -> None:
    for element in root.iter():
        if "id" in element.attrib:
            element.set("id", f"{prefix}-{element.get('id')}")
        clip = element.get("clip-path")
        if clip:
            element.set("clip-path", _URL_REFERENCE.sub(f"url(#{prefix}-", clip))
