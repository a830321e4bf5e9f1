"""Filters and tags of our pages: `{% load veerkracht %}`. How things are written is in `web/words.py`."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from veerkracht import region
from veerkracht.register.permissions import may
from veerkracht.web import hints, step_words, words
from veerkracht.web.charts import Chart

register = template.Library()

for _function in (
    words.said,
    words.number,
    words.percent,
    words.money,
    words.money_short,
    words.day,
    words.day_short,
    words.month,
    words.moment,
    words.duration,
    words.between,
    words.sooner,
):
    register.filter(_function.__name__, _function)


@register.filter
def since(later: Any, earlier: Any) -> str:
    """`{{ today|since:request_date }}`: how long ago, in years and months."""
    return words.unknown() if earlier is None else words.duration((later - earlier).days)


@register.filter
def time_tag(value: Any) -> SafeString:
    """A date that machines read too."""
    if value is None:
        return format_html("{}", words.unknown())
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words.day(value))


@register.filter
def get(mapping: Any, key: Any) -> Any:
    """`{{ names|get:code }}`: a look-up, falling back on the key itself."""
    return mapping.get(key, key)


@register.inclusion_tag("web/parts/rounded.html", takes_context=True)
def rounded(context: template.Context, programme: Any) -> dict[str, Any]:
    """Says that counts are rounded, to who may see no persons."""
    may_list = may("request.list", context["actor"], programme.id)
    return {"choice": None if may_list else region.current().disclosure}


@register.inclusion_tag("web/parts/chart.html", takes_context=True)
def chart(context: template.Context, drawing: Chart, heading: int = 2) -> dict[str, Any]:
    """Draws a chart with its caption, its words for who can't see it, its table and its download."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is not None:
        query["download"] = drawing.id
    return {"chart": drawing, "heading": heading, "download": query.urlencode() if query else ""}


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's own query string with some values changed; an empty value is taken out."""
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value not in (None, ""):
            asked[name] = value
    return f"?{asked.urlencode()}"


@register.simple_block_tag(takes_context=True)
def hint(context: template.Context, content: str, key: str, title: str) -> str:
    """A first-time explanation: open until the reader puts it away, and then one click away."""
    request = context["request"]
    inner = template.loader.render_to_string(
        "web/parts/hint.html",
        {"key": key, "title": title, "content": content, "open": not hints.is_away(request, key)},
        request=request,
    )
    return inner


@register.simple_tag(takes_context=True)
def query_without(context: template.Context, *names: str) -> str:
    """The page's own query string without some values, from its first page on."""
    asked = context["request"].GET.copy()
    for name in (*names, "after"):
        asked.pop(name, None)
    return f"?{asked.urlencode()}"


@register.inclusion_tag("web/parts/sort_head.html", takes_context=True)
def sort_head(context: template.Context, key: str, label: str, sort: str, style: str = "") -> dict[str, Any]:
    """The head of a column by which the list can be sorted: once upward, once more downward."""
    is_up, is_down = sort == key, sort == f"-{key}"
    asked = context["request"].GET.copy()
    asked.pop("after", None)
    asked["sort"] = f"-{key}" if is_up else key
    direction = "ascending" if is_up else "descending" if is_down else ""
    return {"label": label, "style": style, "direction": direction, "address": f"?{asked.urlencode()}"}


@register.filter
def turn_short(turn: Any) -> str:
    """When a turn is likely, short enough for a cell: the years of the range of 8 chances in 10."""
    return words.years(turn.p10, turn.p90)


@register.filter
def get_or_none(mapping: Any, key: Any) -> Any:
    """A look-up that gives nothing for what isn't there."""
    return mapping.get(key, "")


@register.filter
def step_facts(step: Any, programme: Any) -> list[str]:
    """What a step set, in a few words (`web/step_words.py`)."""
    return step_words.facts(step, programme)


@register.simple_tag
def idle_pots(pots: Any) -> list[str]:
    """Names of the routes and groups of a round on which nobody waits: one sentence instead of a row each."""
    return [words.said(pot.name) for pot in pots if not pot.granted and not pot.waiting]
