"""Tags of the pages about staff: `{% load staff %}`."""

from typing import Any

from django import template

from veerkracht.web import staff_tabs as pages

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_tabs(context: template.Context) -> list[pages.Tab]:
    """The tabs for who reads this page; the one they are on is known by the name of its address."""
    match = context["request"].resolver_match
    return pages.tabs(context.get("actor"), (match and match.url_name) or "")
