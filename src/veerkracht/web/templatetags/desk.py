"""Tags of the crisis desk: `{% load desk %}`."""

from django import template

from veerkracht.register.permissions import may
from veerkracht.web import desk_tabs as pages
from veerkracht.web.tabs import Tab

register = template.Library()


@register.simple_tag(takes_context=True)
def desk_tabs(context: template.Context) -> list[Tab]:
    """The tabs for who reads this page; the one they are on is known by the name of its address."""
    match = context["request"].resolver_match
    return pages.tabs(context.get("actor"), (match and match.url_name) or "")


@register.simple_tag(takes_context=True)
def may_note_offline(context: template.Context) -> bool:
    """Whether who reads this page works at a desk, so that their browser keeps what is needed without a network."""
    actor = context.get("actor")
    return bool(actor) and may("call.take", actor, actor.programme)
